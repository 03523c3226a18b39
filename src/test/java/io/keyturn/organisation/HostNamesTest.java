package io.keyturn.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.config.Settings;
import io.keyturn.support.TestConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
  private static final Settings SETTINGS =
      TestConfig.settings(Path.of("data"), "keyturn.base.domain", "example.com");

  private static HostNames hosts() throws ReflectiveOperationException {
    HostNames hosts = new HostNames();
    Field settings = HostNames.class.getDeclaredField("settings");
    settings.setAccessible(true);
    settings.set(hosts, SETTINGS);
    return hosts;
  }

  private static HttpServletRequest request(String host) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            HostNamesTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getHeader" -> host;
                  case "getScheme" -> "https";
                  case "getAttribute" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** Browsers alone resolve names below localhost. */
  @ParameterizedTest
  @CsvSource({
    "demo.localhost:9080, https://localhost:9080",
    "localhost:9080, https://localhost:9080",
    "demo.example.com, https://demo.example.com",
    "192.0.2.7:9080, https://192.0.2.7:9080"
  })
  void programsAreToldAnAddressThatTheyCanReach(String host, String address)
      throws ReflectiveOperationException {
    assertThat(hosts().forPrograms(request(host))).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "demo.example.com, demo",
    "demo.example.com:8443, demo",
    "DEMO.Example.COM, demo",
    "demo.example.com., demo",
    "a.b.example.com, a.b"
  })
  void whatStandsBeforeTheBaseDomainIsTheLabel(String host, String label) throws Exception {
    assertThat(hosts().label(request(host))).contains(label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "example.com:80",
        "127.0.0.1",
        "[::1]",
        "[::1]:80",
        "notexample.com",
        "demo.example.com.evil.test",
        "example.org",
        "",
        "garbled host"
      })
  void othersBindNothing(String host) throws Exception {
    assertThat(hosts().label(request(host))).isEmpty();
  }

  @Test
  void originKeepsSchemeAndPort() throws Exception {
    assertThat(hosts().origin(request("example.com:8443"), "demo"))
        .contains("https://demo.example.com:8443");
    assertThat(hosts().origin(request("other.example.com"), "demo"))
        .contains("https://demo.example.com");
    assertThat(hosts().origin(request("127.0.0.1:8443"), "demo")).isEmpty();
  }
}
