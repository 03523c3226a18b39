package io.keyturn.sso;

import io.keyturn.platform.SettingsAtStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/** Checks the settings of single sign-on at start, not at the first sign-in. */
public class OidcSettingsAtStart implements Extension {
  void check(@Observes BeforeBeanDiscovery start) {
    SettingsAtStart.require(OidcSettings::load);
  }
}
