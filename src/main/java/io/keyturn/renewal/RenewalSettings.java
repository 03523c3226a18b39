package io.keyturn.renewal;

import io.keyturn.config.SettingsReader;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * How renewal works here.
 *
 * @param longestSeconds the most that {@code expires_in} says, be the secret accepted for longer
 */
public record RenewalSettings(int longestSeconds) {
  private static final int HOUR = 3_600;
  private static final int DAY = 86_400;

  /**
   * Reads them.
   *
   * @throws WrongSetting when they are wrong
   */
  public static RenewalSettings load() {
    return from(ConfigProvider.getConfig());
  }

  static RenewalSettings from(Config config) {
    return new RenewalSettings(
        new SettingsReader(config).number("keyturn.renewal.expires.in", 60, DAY, HOUR));
  }

  /** Reads the settings at the start, so that a wrong setting stops it. */
  public static final class Check implements StartupCheck {
    @Override
    public void check() {
      load();
    }
  }
}
