package io.keyturn.config;

/**
 * A feature's check before the application starts: of its settings, or of a service that it needs.
 * A feature names its check in {@code META-INF/services/io.keyturn.config.StartupCheck}; the checks
 * run in the order of that file.
 */
public interface StartupCheck {
  /**
   * Checks.
   *
   * @throws WrongSetting which is logged as the reason for not starting
   */
  void check();
}
