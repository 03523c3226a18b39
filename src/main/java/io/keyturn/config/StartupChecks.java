package io.keyturn.config;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs the checks of all features before any other part of the application uses a wrong setting.
 */
public class StartupChecks implements Extension {
  private static final Logger LOG = Logger.getLogger("io.keyturn");

  void check(@Observes BeforeBeanDiscovery start) {
    try {
      ServiceLoader.load(StartupCheck.class, StartupChecks.class.getClassLoader())
          .forEach(StartupCheck::check);
    } catch (WrongSetting e) {
      LOG.log(Level.SEVERE, "Keyturn does not start. {0}", e.getMessage());
      throw e;
    }
    // All features have read their settings at this point.
    UnreadVariables.warnings(System.getenv(), SettingsReader.read()).forEach(LOG::warning);
  }
}
