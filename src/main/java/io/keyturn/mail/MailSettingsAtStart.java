package io.keyturn.mail;

import io.keyturn.platform.SettingsAtStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/** Checks the settings of the mail server at start, not at the first mail. */
public class MailSettingsAtStart implements Extension {
  void check(@Observes BeforeBeanDiscovery start) {
    SettingsAtStart.require(MailSettings::load);
  }
}
