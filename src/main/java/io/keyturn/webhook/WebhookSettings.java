package io.keyturn.webhook;

import io.keyturn.config.SettingsReader;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import io.keyturn.network.Networks;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of webhooks.
 *
 * @param networks the networks to which webhooks may go beside the public Internet, also by http;
 *     empty for none
 */
record WebhookSettings(Networks networks) {
  private static final String NETWORKS = "keyturn.webhook.networks";

  /**
   * Reads the settings.
   *
   * @throws WrongSetting for a wrong value
   */
  static WebhookSettings load() {
    try {
      return new WebhookSettings(
          Networks.parse(
              new SettingsReader(ConfigProvider.getConfig()).optional(NETWORKS).orElse("")));
    } catch (ProblemException e) {
      throw new WrongSetting(NETWORKS, "must be addresses and CIDR blocks: " + e.detail());
    }
  }

  /** Whether the operator has listed the network of an address. */
  boolean lists(String address) {
    return !networks.list().isEmpty() && networks.admits(address);
  }

  /** Makes the settings injectable. */
  @ApplicationScoped
  static class Producer {
    @Produces
    @Singleton
    WebhookSettings settings() {
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
