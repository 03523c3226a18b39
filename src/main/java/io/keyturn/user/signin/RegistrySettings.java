package io.keyturn.user.signin;

import io.keyturn.config.Settings;
import io.keyturn.config.SettingsReader;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of the sign-in by the server's user registry, such as an LDAP directory.
 *
 * @param organisation the domain of the organisation to which all people of the registry belong;
 *     empty without such a sign-in, which is the default
 * @param roles the names of roles by groups of the registry; the first match counts
 */
public record RegistrySettings(Optional<String> organisation, Map<String, String> roles) {

  /**
   * Reads and checks the settings.
   *
   * @throws WrongSetting at the first wrong setting
   */
  public static RegistrySettings load() {
    return from(ConfigProvider.getConfig());
  }

  static RegistrySettings from(Config config) {
    SettingsReader in = new SettingsReader(config);
    Optional<String> organisation = in.optional("keyturn.registry.organisation").map(String::strip);
    if (organisation.isEmpty()) {
      return new RegistrySettings(Optional.empty(), Map.of());
    }
    if (!Settings.isLabel(organisation.get())) {
      throw new WrongSetting(
          "keyturn.registry.organisation", "must be letters, digits and hyphens");
    }
    return new RegistrySettings(
        organisation,
        in.roles(
            "keyturn.registry.roles",
            "[^;]+=[^=;]+(;[^;]+=[^=;]+)*;?",
            "like: cn=admins,ou=groups,o=acme=Administrator; cn=staff,ou=groups,o=acme=Viewer"));
  }

  /** Reads the settings at the start, so that a wrong setting stops it. */
  public static final class Check implements StartupCheck {
    @Override
    public void check() {
      load();
    }
  }
}
