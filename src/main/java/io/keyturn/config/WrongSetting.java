package io.keyturn.config;

import java.util.Locale;

/** A setting that is missing or wrong. The message is one line that names the setting. */
public final class WrongSetting extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the setting by its variable.
   *
   * @param name as MicroProfile Config has it
   * @param message how to put it right; without the value, which may be a password
   */
  public WrongSetting(String name, String message) {
    super(variable(name) + ": " + message, null, false, false);
  }

  /** The variable of the environment for a setting. */
  static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
