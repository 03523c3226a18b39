package io.keyturn.config;

/**
 * What a feature checks before the application starts: its settings, or that it reaches what it
 * needs. A feature names its check in {@code META-INF/services/io.keyturn.config.StartupCheck}; the
 * checks run in the order of that file.
 */
public interface StartupCheck {
  /**
   * Checks.
   *
   * @throws WrongSetting which is logged as the reason for not starting
   */
  void check();
}
