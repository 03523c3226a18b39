package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The session's cookie, over TLS and without. */
class SecureCookieHttpIT {
  private static final KeyturnServer SERVER =
      KeyturnServer.named("secure-cookies").setting("KEYTURN_SECURE_COOKIES", "true");

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static String session(KeyturnServer server) {
    List<String> cookies = server.api().send("GET", "/login").headers().allValues("Set-Cookie");
    return cookies.stream().filter(c -> c.contains("keyturn-session")).findFirst().orElse("");
  }

  @Test
  void cookieForTlsHasTheHostPrefixAndAllThatGoesWithIt() {
    assertThat(session(SERVER))
        .startsWith("__Host-keyturn-session=")
        .contains("; Secure")
        .contains("; Path=/;")
        .contains("; HttpOnly")
        .contains("; SameSite=Lax")
        .doesNotContain("Domain");
  }

  @Test
  void cookieForPlainHttpHasNeitherPrefixNorSecure() {
    assertThat(session(KeyturnServer.shared()))
        .startsWith("keyturn-session=")
        .contains("; HttpOnly")
        .contains("; SameSite=Lax")
        .doesNotContain("Secure");
  }
}
