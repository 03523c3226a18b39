package io.keyturn.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadVariablesTest {
  private static final Set<String> READ =
      Set.of("KEYTURN_TRUSTED_PROXIES", "KEYTURN_MAIL_HOST", "KEYTURN_HTTP_PORT");

  private static List<String> warnings(String... names) {
    Map<String, String> environment = new java.util.HashMap<>();
    for (String name : names) {
      environment.put(name, "a-value-that-nobody-may-see");
    }
    return UnreadVariables.warnings(environment, READ);
  }

  @Test
  void nameWithATypoIsToldWithTheNameThatWasMeant() {
    assertThat(warnings("KEYTURN_TRUSTED_PROXYS"))
        .containsExactly(
            "KEYTURN_TRUSTED_PROXYS is set, but nothing reads it; did you mean"
                + " KEYTURN_TRUSTED_PROXIES?");
  }

  @Test
  void nameLikeNoOtherIsToldToo() {
    assertThat(warnings("KEYTURN_NONSENSE_OF_OLD"))
        .containsExactly(
            "KEYTURN_NONSENSE_OF_OLD is set, but nothing reads it: it is not a setting, or belongs to"
                + " a feature that is switched off.");
  }

  @Test
  void eachIsToldOnceAndInOrder() {
    assertThat(warnings("KEYTURN_Z", "KEYTURN_A", "KEYTURN_MAIL_HOST", "PATH"))
        .hasSize(2)
        .noneMatch(line -> line.contains("nobody-may-see"))
        .isSorted();
  }

  /** Read by server.xml, proposed by src/docs/signing-in.md, or set by Kubernetes for a service. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "KEYTURN_DATABASE_USER",
        "KEYTURN_DATABASE_PASSWORD",
        "KEYTURN_LDAP_PASSWORD",
        "KEYTURN_SERVICE_HOST",
        "KEYTURN_SERVICE_PORT",
        "KEYTURN_SERVICE_PORT_HTTP",
        "KEYTURN_PORT",
        "KEYTURN_PORT_9080_TCP",
        "KEYTURN_PORT_9080_TCP_ADDR",
        "KEYTURN_API_SERVICE_HOST",
        "KEYTURN_API_PORT_9080_TCP_PROTO"
      })
  void variablesOfOthersAreLeftInPeace(String name) {
    assertThat(warnings(name)).isEmpty();
  }
}
