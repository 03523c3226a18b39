package io.keyturn.user.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.config.WrongSetting;
import io.keyturn.support.TestConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {
  private static RegistrySettings with(String organisation, String roles) {
    return RegistrySettings.from(
        TestConfig.of(
            "keyturn.registry.organisation", organisation, "keyturn.registry.roles", roles));
  }

  @Test
  void byDefaultNobodyComesByTheRegistry() {
    assertThat(RegistrySettings.from(TestConfig.of()).organisation()).isEmpty();
  }

  @Test
  void roleStandsBehindTheLastEqualsSign() {
    RegistrySettings settings =
        with("demo", "cn=admins,ou=groups,o=acme = Administrator; staff=Viewer;");

    assertThat(settings.organisation()).contains("demo");
    assertThat(settings.roles())
        .containsExactly(
            Map.entry("cn=admins,ou=groups,o=acme", "Administrator"), Map.entry("staff", "Viewer"));
  }

  @ParameterizedTest
  @CsvSource({
    "Not A Label, staff=Viewer, KEYTURN_REGISTRY_ORGANISATION: must be letters",
    "demo, Viewer, KEYTURN_REGISTRY_ROLES: must be like",
    "demo, staff=, KEYTURN_REGISTRY_ROLES: must be like",
    "demo, '', KEYTURN_REGISTRY_ROLES: must be set"
  })
  void wrongSettingIsNamed(String organisation, String roles, String message) {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> with(organisation, roles))
        .withMessageStartingWith(message);
  }
}
