package io.keyturn.renewal;

import io.keyturn.platform.SettingsAtStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/** Checks the settings of renewal at start, not at the first token. */
public class RenewalSettingsAtStart implements Extension {
  void check(@Observes BeforeBeanDiscovery start) {
    SettingsAtStart.require(RenewalSettings::load);
  }
}
