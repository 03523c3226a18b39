package io.keyturn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static Settings with(String... values) {
    Map<String, String> all = new HashMap<>();
    all.put("keyturn.database.url", "jdbc:h2:file:/data/keyturn");
    all.put("keyturn.data.dir", "/data");
    for (int i = 0; i < values.length; i += 2) {
      all.put(values[i], values[i + 1]);
    }
    return Settings.from(
        (Config)
            Proxy.newProxyInstance(
                SettingsTest.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, arguments) -> Optional.ofNullable(all.get((String) arguments[0]))));
  }

  @Test
  void defaultsAreThoseOfTheReadme() {
    Settings settings = with();

    assertThat(settings.baseDomain()).isEqualTo("localhost");
    assertThat(settings.httpPort()).isEqualTo(9080);
    assertThat(settings.secureCookies()).isFalse();
    assertThat(settings.organisation()).isEqualTo("demo");
    assertThat(settings.adminEmail()).isEqualTo("admin@demo.example");
    assertThat(settings.adminPassword()).isEmpty();
    assertThat(settings.demoSuppliers()).isEqualTo(500);
    assertThat(settings.secretPrefix()).isEqualTo("kt");
    assertThat(settings.rootKeyFile()).isEqualTo(Path.of("/data/root-key"));
    assertThat(settings.embedded()).isTrue();
  }

  @Test
  void postgresqlHasNoDemoSuppliersAndNeedsARootKeyFile() {
    String url = "jdbc:postgresql://db/keyturn";
    Settings settings =
        with("keyturn.database.url", url, "keyturn.root.key.file", "/run/secrets/root-key");

    assertThat(settings.embedded()).isFalse();
    assertThat(settings.demoSuppliers()).isZero();
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> with("keyturn.database.url", url))
        .withMessage("KEYTURN_ROOT_KEY_FILE: must be set");
  }

  @ParameterizedTest
  @CsvSource({
    "keyturn.http.port, 0",
    "keyturn.http.port, 65536",
    "keyturn.organisation.requests.per.minute, 0",
    "keyturn.verification.cache.size, 999",
    "keyturn.verification.cache.size, 10000001",
    "keyturn.trusted.proxies, localhost",
    "keyturn.trusted.proxies, 10.0.0.1/8",
    "keyturn.trusted.proxies, .*",
    "keyturn.http.port, -1",
    "keyturn.http.port, http",
    "keyturn.http.port, 99999999999",
    "keyturn.https.port, 0",
    "keyturn.https.port, 65536",
    "keyturn.https.port, -1",
    "keyturn.https.port, https",
    "keyturn.https.port, 9080",
    "keyturn.http.host, 'localhost, 127.0.0.1'",
    "keyturn.http.host, http://localhost",
    "keyturn.http.host, 10.0.0.0/8",
    "keyturn.secure.cookies, ture",
    "keyturn.secure.cookies, TRUE",
    "keyturn.secure.cookies, yes",
    "keyturn.secure.cookies, 1",
    "keyturn.base.domain, Example.com",
    "keyturn.base.domain, .example.com",
    "keyturn.base.domain, example..com",
    "keyturn.base.domain, example.com:80",
    "keyturn.base.domain, http://example.com",
    "keyturn.organisation, Demo",
    "keyturn.organisation, -demo",
    "keyturn.organisation, a.b",
    "keyturn.admin.email, admin",
    "keyturn.admin.email, a b@c.example",
    "keyturn.admin.password, elevenchars",
    "keyturn.database.url, jdbc:oracle:thin:@x",
    "keyturn.database.url, keyturn.db",
    "keyturn.demo.suppliers, -1",
    "keyturn.demo.suppliers, 1000001",
    "keyturn.demo.suppliers, 1.5",
    "keyturn.secret.prefix, k",
    "keyturn.secret.prefix, KT",
    "keyturn.secret.prefix, kt_live"
  })
  void wrongValueIsNamedInOneLine(String name, String value) {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> with(name, value))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .startsWith(name.toUpperCase(java.util.Locale.ROOT).replace('.', '_') + ": ")
                    .doesNotContain("\n"));
  }

  @Test
  void secureCookiesAreTrueOrFalse() {
    assertThat(with("keyturn.secure.cookies", " true ").secureCookies()).isTrue();
    assertThat(with("keyturn.secure.cookies", "false").secureCookies()).isFalse();
    assertThat(with("keyturn.secure.cookies", "").secureCookies()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "127.0.0.1", "::1", "fe80::1", "localhost", "keys.example.com"})
  void hostIsAnAddressOrAName(String host) {
    assertThatCode(() -> with("keyturn.http.host", host)).doesNotThrowAnyException();
  }

  @Test
  void wrongPasswordIsNotRepeated() {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> with("keyturn.admin.password", "hunter2"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void blankIsAsIfNotSet(String blank) {
    assertThat(with("keyturn.base.domain", blank).baseDomain()).isEqualTo("localhost");
    assertThat(with("keyturn.http.port", blank).httpPort()).isEqualTo(9080);
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> with("keyturn.data.dir", blank))
        .withMessage("KEYTURN_DATA_DIR: must be set");
  }

  @Test
  void valuesAreStripped() {
    assertThat(with("keyturn.base.domain", " keys.example.com ").baseDomain())
        .isEqualTo("keys.example.com");
    assertThat(with("keyturn.http.port", " 8080 ").httpPort()).isEqualTo(8080);
  }

  @Test
  void labelIsADnsLabel() {
    assertThat(Settings.isLabel("demo")).isTrue();
    assertThat(Settings.isLabel("a")).isTrue();
    assertThat(Settings.isLabel("a-1")).isTrue();
    assertThat(Settings.isLabel("a".repeat(63))).isTrue();
    assertThat(Settings.isLabel("a".repeat(64))).isFalse();
    for (String wrong : new String[] {"", "-a", "a-", "A", "a.b", "a_b", "ä"}) {
      assertThat(Settings.isLabel(wrong)).as(wrong).isFalse();
    }
  }

  /** As where the machine's language turns an {@code i} into another letter than {@code I}. */
  @Test
  void variableOfTheEnvironmentIsReadByItsOwnName() {
    assertThat(with("KEYTURN_ORGANISATION", "acme").organisation()).isEqualTo("acme");
    assertThat(with("KEYTURN_ALLOWED_ORIGINS", "https://app.example").allowedOrigins())
        .containsExactly("https://app.example");
    assertThat(
            with("keyturn.organisation", "first", "KEYTURN_ORGANISATION", "second").organisation())
        .isEqualTo("first");
  }

  @Test
  void otherHostsAreNames() {
    assertThat(with("keyturn.other.hosts", "keyturn.internal a.b").otherHosts())
        .containsExactlyInAnyOrder("keyturn.internal", "a.b");
    assertThat(with().otherHosts()).isEmpty();
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> with("keyturn.other.hosts", "https://keyturn.internal"))
        .withMessageStartingWith("KEYTURN_OTHER_HOSTS: ");
  }
}
