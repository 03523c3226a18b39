package io.keyturn.config;

import io.keyturn.network.Networks;
import io.keyturn.network.TrustedProxies;
import io.keyturn.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Reads settings; a wrong setting is a {@link WrongSetting} that names it. */
public record SettingsReader(Config config) {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** The names of the environment variables of all settings that this process has read. */
  private static final Set<String> READ = ConcurrentHashMap.newKeySet();

  /** The names of the environment variables of all settings read so far. */
  static Set<String> read() {
    return Set.copyOf(READ);
  }

  /**
   * An optional setting. The environment variable is also read by its own name: MicroProfile Config
   * derives that name with the machine's locale, in which the upper case of {@code i} may not be
   * {@code I}.
   */
  public Optional<String> optional(String name) {
    String variable = WrongSetting.variable(name);
    READ.add(variable);
    return config
        .getOptionalValue(name, String.class)
        .or(() -> config.getOptionalValue(variable, String.class))
        .filter(v -> !v.isBlank());
  }

  /**
   * A text that matches a pattern; required unless it has a default.
   *
   * @param meaning what the text must be, in the words of the error message
   */
  public String text(String name, String pattern, String meaning, @Nullable String otherwise) {
    String value = optional(name).map(String::strip).orElse(otherwise);
    if (value == null) {
      throw new WrongSetting(name, "must be set");
    }
    if (!value.matches(pattern)) {
      // The message does not repeat the value, since a database address may contain a password.
      throw new WrongSetting(name, "must be " + meaning);
    }
    return value;
  }

  /** The proxies that are trusted. */
  TrustedProxies proxies(String name) {
    try {
      return optional(name)
          .map(text -> new TrustedProxies(Networks.parse(text)))
          .orElse(TrustedProxies.NONE);
    } catch (ProblemException e) {
      throw new WrongSetting(name, "must be addresses and CIDR blocks: " + e.detail());
    }
  }

  /**
   * The names of roles by group. The last equals sign separates the two, since a group's name may
   * contain others. The first of several entries counts. The setting is required.
   *
   * @param meaning what the text must be, in the words of the error message
   */
  public Map<String, String> roles(String name, String pattern, String meaning) {
    Map<String, String> roles = new LinkedHashMap<>();
    for (String pair : text(name, pattern, meaning, null).split(";", -1)) {
      if (!pair.isBlank()) {
        int equals = pair.lastIndexOf('=');
        roles.putIfAbsent(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    return roles;
  }

  /** A whole number within bounds. */
  public int number(String name, int from, int to, int otherwise) {
    String value = optional(name).map(String::strip).orElse(Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(value);
      if (number >= from && number <= to) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the message that names the bounds.
    }
    throw new WrongSetting(
        name, "must be a whole number from " + from + " to " + to + ", not \"" + value + "\"");
  }

  /** Exactly {@code true} or {@code false}. */
  public boolean flag(String name, boolean otherwise) {
    String value = optional(name).map(String::strip).orElse(Boolean.toString(otherwise));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new WrongSetting(name, "must be true or false, not \"" + value + "\"");
    };
  }

  /**
   * The single line of a file that only its owner can read. The message never repeats it.
   *
   * @param shortest the fewest characters it must have
   */
  public Optional<String> secretFile(String name, int shortest) {
    return optional(name).map(file -> secretIn(name, Path.of(file.strip()), shortest));
  }

  private static String secretIn(String name, Path file, int shortest) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new WrongSetting(name, "there is no file " + file);
      }
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
          && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw new WrongSetting(
            name, "others can read or write " + file + "; make its mode 0600 or 0400");
      }
      String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (secret.length() < shortest || secret.lines().count() > 1) {
        throw new WrongSetting(
            name, file + " must hold one line of at least " + shortest + " characters");
      }
      return secret;
    } catch (IOException e) {
      throw new WrongSetting(name, file + " cannot be read");
    }
  }
}
