package io.keyturn.config;

import java.util.Locale;

/** A setting that is missing or wrong. The message is one line that names the setting. */
public final class WrongSetting extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the setting by its environment variable.
   *
   * @param name in the form of MicroProfile Config
   * @param message how to correct it; without the value, which may be a password
   */
  public WrongSetting(String name, String message) {
    super(variable(name) + ": " + message, null, false, false);
  }

  /** The environment variable of a setting. */
  static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
