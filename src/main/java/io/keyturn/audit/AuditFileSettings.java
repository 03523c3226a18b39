package io.keyturn.audit;

import io.keyturn.config.SettingsReader;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of the audit file.
 *
 * @param file to which this node writes; nothing where it writes none
 */
record AuditFileSettings(Optional<Path> file) {
  private static final String FILE = "keyturn.audit.file";

  /**
   * Reads the settings.
   *
   * @throws WrongSetting for a wrong value
   */
  static AuditFileSettings load() {
    return new AuditFileSettings(
        new SettingsReader(ConfigProvider.getConfig())
            .optional(FILE)
            .map(text -> path(text.strip())));
  }

  private static Path path(String text) {
    try {
      Path file = Path.of(text);
      if (file.isAbsolute()) {
        return file;
      }
    } catch (InvalidPathException e) {
      // Falls through to the message.
    }
    throw new WrongSetting(FILE, "must be the absolute path of a file");
  }

  /** Makes the settings injectable. */
  @ApplicationScoped
  static class Producer {
    @Produces
    @Singleton
    AuditFileSettings settings() {
      return load();
    }
  }

  /** Reads the settings at the start, and opens the file, so that a wrong setting stops it. */
  public static final class Check implements StartupCheck {
    @Override
    public void check() {
      Optional<Path> file = load().file();
      if (file.isPresent()) {
        if (Files.exists(file.get()) && !Files.isRegularFile(file.get())) {
          throw new WrongSetting(FILE, file.get() + " is no regular file");
        }
        try {
          new LineFile(file.get()).append("");
        } catch (IOException e) {
          throw new WrongSetting(FILE, file.get() + " cannot be written");
        }
      }
    }
  }
}
