package io.keyturn.user.signin;

import io.keyturn.config.Settings;
import io.keyturn.config.WrongSetting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The generated first password. A file holds it until its owner changes it. */
@ApplicationScoped
public class InitialPassword {
  private static final Logger LOG = Logger.getLogger(InitialPassword.class.getName());
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 5;
  private static final int GROUP = 4;

  @Inject private Settings settings;

  /** The file. */
  public Path file() {
    return settings.dataDir().resolve("initial-admin-password");
  }

  /**
   * Generates a password of 100 random bits in groups that are easy to type, and writes it to the
   * file.
   */
  public String generate() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP; i++) {
      password.append(i > 0 && i % GROUP == 0 ? "-" : "");
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    try {
      Files.createDirectories(settings.dataDir());
      Files.deleteIfExists(file());
      Files.createFile(file(), ownerOnly());
      Files.writeString(file(), password + "\n");
    } catch (IOException e) {
      throw new WrongSetting("keyturn.data.dir", "cannot be written: " + e.getMessage());
    }
    return password.toString();
  }

  /**
   * Deletes the file after its owner has changed the password.
   *
   * @param email the address of the person who changed their password
   */
  public void forget(String email) {
    if (email.equalsIgnoreCase(settings.adminEmail())) {
      try {
        Files.deleteIfExists(file());
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot delete {0}; the password in it is no longer valid", file());
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
