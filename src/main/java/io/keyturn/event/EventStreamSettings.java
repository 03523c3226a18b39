package io.keyturn.event;

import io.keyturn.config.SettingsReader;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of the live streams of the feed.
 *
 * @param most so many streams a node has at most; 0 for none
 */
record EventStreamSettings(int most) {
  private static final String STREAMS = "keyturn.event.streams";
  private static final int MOST = 100_000;
  private static final int USUALLY = 1_000;

  /**
   * Reads the settings.
   *
   * @throws WrongSetting for a wrong value
   */
  static EventStreamSettings load() {
    return new EventStreamSettings(
        new SettingsReader(ConfigProvider.getConfig()).number(STREAMS, 0, MOST, USUALLY));
  }

  /** Makes the settings injectable. */
  @ApplicationScoped
  static class Producer {
    @Produces
    @Singleton
    EventStreamSettings settings() {
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
