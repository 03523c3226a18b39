package io.keyturn.user.signin;

import io.keyturn.config.Settings;
import io.keyturn.config.SettingsReader;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of the OpenID Connect provider.
 *
 * @param issuer empty without single sign-on, which is the default
 * @param secret of the client
 * @param name of the provider, on the button
 * @param scopes to ask for, separated by spaces
 * @param rolesClaim the claim whose values decide the role; dots lead into objects
 * @param roles the names of roles by values of that claim; the first match counts
 * @param organisation the domain of the organisation to which all people of the provider belong
 */
record OidcSettings(
    Optional<String> issuer,
    String clientId,
    String secret,
    String name,
    String scopes,
    String rolesClaim,
    Map<String, String> roles,
    String organisation) {
  private static final Pattern LOOPBACK =
      Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?(/.*)?");
  private static final OidcSettings NONE =
      new OidcSettings(Optional.empty(), "", "", "", "", "", Map.of(), "");

  /**
   * Reads and checks the settings.
   *
   * @throws WrongSetting at the first wrong setting
   */
  static OidcSettings load() {
    return from(ConfigProvider.getConfig());
  }

  static OidcSettings from(Config config) {
    SettingsReader in = new SettingsReader(config);
    if (in.optional("keyturn.oidc.issuer").isEmpty()) {
      return NONE;
    }
    String issuer = in.text("keyturn.oidc.issuer", "https?://[^?#\\s]+", "a URL", null);
    if (!issuer.startsWith("https://") && !LOOPBACK.matcher(issuer).matches()) {
      throw new WrongSetting(
          "keyturn.oidc.issuer", "must begin with https://, except on this machine itself");
    }
    String secret =
        in.secretFile("keyturn.oidc.client.secret.file", 1)
            .or(() -> in.optional("keyturn.oidc.client.secret"))
            .orElseThrow(
                () ->
                    new WrongSetting(
                        "keyturn.oidc.client.secret.file",
                        "must be set, or KEYTURN_OIDC_CLIENT_SECRET"));
    return new OidcSettings(
        Optional.of(issuer),
        in.text("keyturn.oidc.client.id", "\\S+", "the client's id", null),
        secret,
        in.text("keyturn.oidc.name", ".{1,40}", "1 to 40 characters", URI.create(issuer).getHost()),
        in.text(
            "keyturn.oidc.scopes",
            "(.* )?openid( .*)?",
            "scopes with spaces between, openid among them",
            "openid email profile"),
        in.text("keyturn.oidc.roles.claim", "\\S+", "a claim's name", "roles"),
        in.roles(
            "keyturn.oidc.roles",
            "[^=;]+=[^=;]+(;[^=;]+=[^=;]+)*;?",
            "like: value=Administrator; other value=Viewer"),
        organisation(in));
  }

  private static String organisation(SettingsReader in) {
    String first = in.optional("keyturn.organisation").orElse("demo");
    String domain = in.optional("keyturn.oidc.organisation").orElse(first).strip();
    if (!Settings.isLabel(domain)) {
      throw new WrongSetting("keyturn.oidc.organisation", "must be letters, digits and hyphens");
    }
    return domain;
  }

  boolean on() {
    return issuer.isPresent();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "OidcSettings[" + issuer + ", " + clientId + "]";
  }

  /** Reads the settings at the start, so that a wrong setting stops it. */
  public static final class Check implements StartupCheck {
    @Override
    public void check() {
      load();
    }
  }
}
