package io.keyturn.user.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.config.WrongSetting;
import io.keyturn.support.TestConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcSettingsTest {
  private static OidcSettings with(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "keyturn.oidc.issuer", "https://id.example.com/realms/acme",
                "keyturn.oidc.client.id", "keyturn",
                "keyturn.oidc.client.secret", "the-secret-of-the-client",
                "keyturn.oidc.roles", "admins = Administrator; staff=Viewer"));
    all.addAll(List.of(more));
    return OidcSettings.from(TestConfig.of(all.toArray(String[]::new)));
  }

  @Test
  void byDefaultThereIsNoSingleSignOn() {
    assertThat(OidcSettings.from(TestConfig.of()).on()).isFalse();
  }

  @Test
  void defaultsAreThoseOfTheReadme() {
    OidcSettings settings = with();

    assertThat(settings.name()).isEqualTo("id.example.com");
    assertThat(settings.scopes()).isEqualTo("openid email profile");
    assertThat(settings.rolesClaim()).isEqualTo("roles");
    assertThat(settings.organisation()).isEqualTo("demo");
    assertThat(settings.roles())
        .containsExactly(Map.entry("admins", "Administrator"), Map.entry("staff", "Viewer"));
    assertThat(settings.toString()).doesNotContain("the-secret-of-the-client");
  }

  @ParameterizedTest
  @CsvSource({
    "keyturn.oidc.issuer, http://id.example.com",
    "keyturn.oidc.issuer, id.example.com",
    "keyturn.oidc.issuer, https://id.example.com?x=y",
    "keyturn.oidc.client.id, two words",
    "keyturn.oidc.client.secret.file, /no/such/file",
    "keyturn.oidc.scopes, email profile",
    "keyturn.oidc.roles, Administrator",
    "keyturn.oidc.organisation, Not A Label"
  })
  void wrongSettingIsNamed(String name, String value) {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> with(name, value))
        .withMessageStartingWith(name.toUpperCase(Locale.ROOT).replace('.', '_') + ":");
  }

  @ParameterizedTest
  @CsvSource({
    "keyturn.oidc.client.id, KEYTURN_OIDC_CLIENT_ID",
    "keyturn.oidc.client.secret, KEYTURN_OIDC_CLIENT_SECRET_FILE",
    "keyturn.oidc.roles, KEYTURN_OIDC_ROLES"
  })
  void whatLacksIsNamed(String name, String setting) {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> with(name, ""))
        .withMessageStartingWith(setting + ": must be set");
  }

  @Test
  void claimMayBeOneTextOrSeveralAndMayLieInAnObject() {
    assertThat(SingleSignOn.values(Map.of("roles", "admins"), "roles")).containsExactly("admins");
    assertThat(SingleSignOn.values(Map.of("roles", List.of("a", "b")), "roles"))
        .containsExactlyInAnyOrder("a", "b");
    Map<String, Object> nested = Map.of("realm_access", Map.of("roles", List.of("a")));
    assertThat(SingleSignOn.values(nested, "realm_access.roles")).containsExactly("a");
    assertThat(SingleSignOn.values(Map.of("https://x.y/roles", "a"), "https://x.y/roles"))
        .containsExactly("a");
    assertThat(SingleSignOn.values(Map.of("roles", 7), "roles")).isEmpty();
    assertThat(SingleSignOn.values(Map.of(), "a.b.c")).isEmpty();
  }
}
