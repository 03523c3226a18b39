package io.keyturn.organisation;

import io.keyturn.config.Settings;
import io.keyturn.config.SettingsReader;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The address at which people reach the platform, for links in mails that no request causes.
 *
 * @param scheme {@code https} or {@code http}
 * @param port with its colon; empty for the usual port of the scheme
 */
public record PublicAddress(String scheme, String baseDomain, String port) {
  private static final String NAME = "keyturn.public.address";
  private static final String LOCALHOST = "localhost";

  /** The address of an organisation's pages, without a slash at the end. */
  public String origin(String domain) {
    return scheme + "://" + domain + "." + baseDomain + port;
  }

  /**
   * Reads the setting. By default pages are reached by {@code https} at the base domain, and on a
   * developer's machine at the server's own port.
   *
   * @throws WrongSetting for an address that is not the base domain's
   */
  static PublicAddress from(Config config) {
    SettingsReader in = new SettingsReader(config);
    String baseDomain = in.text("keyturn.base.domain", ".+", "a domain", LOCALHOST);
    String usual =
        baseDomain.equals(LOCALHOST)
            ? "http://" + LOCALHOST + ":" + Settings.from(config).httpPort()
            : "https://" + baseDomain;
    URI address =
        URI.create(
            in.text(
                NAME,
                "https?://[a-z0-9.-]+(:[0-9]{1,5})?",
                "an address such as https://keyturn.example.com, without a path",
                usual));
    if (!baseDomain.equals(address.getHost())) {
      throw new WrongSetting(NAME, "must be at the domain of KEYTURN_BASE_DOMAIN");
    }
    return new PublicAddress(
        address.getScheme(), baseDomain, address.getPort() < 0 ? "" : ":" + address.getPort());
  }

  /** Makes the address injectable. */
  @ApplicationScoped
  static class Producer {
    @Produces
    @Singleton
    PublicAddress address() {
      return from(ConfigProvider.getConfig());
    }
  }

  /** Reads the setting at the start, so that a wrong setting stops it. */
  public static final class Check implements StartupCheck {
    @Override
    public void check() {
      from(ConfigProvider.getConfig());
    }
  }
}
