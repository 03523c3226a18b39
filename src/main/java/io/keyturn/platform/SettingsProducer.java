package io.keyturn.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the settings injectable. */
@ApplicationScoped
public class SettingsProducer {
  @Produces
  @Singleton
  Settings settings() {
    return Settings.load();
  }

  @Produces
  @Singleton
  OperatorSettings operatorSettings() {
    return OperatorSettings.load();
  }
}
