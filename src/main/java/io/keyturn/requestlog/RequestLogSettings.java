package io.keyturn.requestlog;

import io.keyturn.config.SettingsReader;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of the request log.
 *
 * @param rows how many requests are kept of each organisation; 0 for none
 */
record RequestLogSettings(int rows) {
  private static final String ROWS = "keyturn.request.log.rows";
  private static final int MOST = 10_000_000;
  private static final int USUALLY = 100_000;

  /**
   * Reads the settings.
   *
   * @throws WrongSetting for a wrong value
   */
  static RequestLogSettings load() {
    return new RequestLogSettings(
        new SettingsReader(ConfigProvider.getConfig()).number(ROWS, 0, MOST, USUALLY));
  }

  /** Makes the settings injectable. */
  @ApplicationScoped
  static class Producer {
    @Produces
    @Singleton
    RequestLogSettings settings() {
      return load();
    }
  }

  /** Reads the settings at the start, so that a wrong setting stops it. */
  public static final class Check implements StartupCheck {
    @Override
    public void check() {
      load();
    }
  }
}
