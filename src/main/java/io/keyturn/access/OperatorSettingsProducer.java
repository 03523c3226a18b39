package io.keyturn.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the operator's settings injectable. */
@ApplicationScoped
public class OperatorSettingsProducer {
  @Produces
  @Singleton
  OperatorSettings operatorSettings() {
    return OperatorSettings.load();
  }
}
