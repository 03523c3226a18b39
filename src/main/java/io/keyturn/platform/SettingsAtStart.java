package io.keyturn.platform;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Checks the settings, and that the database lets us in, before anything else of the application
 * can stumble over a wrong one.
 */
public class SettingsAtStart implements Extension {
  private static final Logger LOG = Logger.getLogger("io.keyturn");

  void check(@Observes BeforeBeanDiscovery start) {
    require(Settings::load);
    require(OperatorSettings::load);
    require(RegistrySettings::load);
    require(DatabaseAtStart::check);
  }

  /** All features have read theirs by now. */
  void warn(@Observes AfterBeanDiscovery read) {
    UnreadVariables.warnings(System.getenv(), SettingsReader.read()).forEach(LOG::warning);
  }

  /**
   * Reads settings, for extensions of the features that have their own.
   *
   * @throws Settings.WrongSetting which is logged as the reason for not starting
   */
  public static void require(Runnable load) {
    try {
      load.run();
    } catch (Settings.WrongSetting e) {
      LOG.log(Level.SEVERE, "Keyturn does not start. {0}", e.getMessage());
      throw e;
    }
  }
}
