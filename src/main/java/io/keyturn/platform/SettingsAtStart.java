package io.keyturn.platform;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Checks the settings before anything else of the application can stumble over a wrong one. */
public class SettingsAtStart implements Extension {
  private static final Logger LOG = Logger.getLogger("io.keyturn");

  void check(@Observes BeforeBeanDiscovery start) {
    try {
      Settings.load();
    } catch (Settings.WrongSetting e) {
      LOG.log(Level.SEVERE, "Keyturn does not start. {0}", e.getMessage());
      throw e;
    }
  }
}
