package io.keyturn.renewal;

import io.keyturn.config.SettingsReader;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of renewal.
 *
 * @param longestSeconds the highest {@code expires_in} of an answer, even where the secret is
 *     accepted for longer
 */
public record RenewalSettings(int longestSeconds) {
  private static final int HOUR = 3_600;
  private static final int DAY = 86_400;

  /**
   * Reads the settings.
   *
   * @throws WrongSetting when a setting is wrong
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
