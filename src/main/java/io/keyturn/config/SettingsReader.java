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

/** Reads settings; each wrong one is a {@link WrongSetting} that names it. */
public record SettingsReader(Config config) {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** The environment's names of all settings that were asked for in this process. */
  private static final Set<String> READ = ConcurrentHashMap.newKeySet();

  /** The environment's names of all settings that were asked for so far. */
  static Set<String> read() {
    return Set.copyOf(READ);
  }

  /**
   * A value that need not be given. The variable of the environment is asked for by its own name
   * too: MicroProfile Config derives that by the machine's language, in which an {@code i} may
   * become another letter than {@code I}.
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
   * A text of a form; without a default it must be given.
   *
   * @param meaning what it must be, as the message says it
   */
  public String text(String name, String pattern, String meaning, @Nullable String otherwise) {
    String value = optional(name).map(String::strip).orElse(otherwise);
    if (value == null) {
      throw new WrongSetting(name, "must be set");
    }
    if (!value.matches(pattern)) {
      // A value may hold a password, as a database address can: it is not repeated.
      throw new WrongSetting(name, "must be " + meaning);
    }
    return value;
  }

  /** The proxies that are believed. */
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
   * The names of roles by whatever stands before the last equals sign; names of groups may hold
   * more of those. Of several the first counts. It must be given.
   *
   * @param meaning what it must be, as the message says it
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

  /** {@code true} or {@code false}, and nothing that only looks like one of them. */
  public boolean flag(String name, boolean otherwise) {
    String value = optional(name).map(String::strip).orElse(Boolean.toString(otherwise));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new WrongSetting(name, "must be true or false, not \"" + value + "\"");
    };
  }

  /**
   * The one line of a file that only its owner can read. The message never repeats it.
   *
   * @param shortest how many characters it must have
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
