package io.keyturn.user.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerRegistryTest {
  @ParameterizedTest
  @ValueSource(strings = {"ada@acme.example", "o'brien+keys@acme.example", "jürgen_x@acme.example"})
  void plainAddressIsAskedFor(String email) {
    assertThat(ServerRegistry.isPlain(email)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada",
        "*@acme.example",
        "ada@*.example",
        "ada)(mail=*@acme.example",
        "ada\\2a@acme.example",
        "ada\"@acme.example",
        "uid=ada,ou=people,o=acme@acme.example",
        "ada\u0000@acme.example"
      })
  void addressThatMeansMoreThanItselfIsNot(String email) {
    assertThat(ServerRegistry.isPlain(email)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cn=admins,ou=groups,o=acme | CN=Admins, OU=Groups, O=Acme | true",
        "cn=admins,ou=groups,o=acme | cn=admins,ou=other,o=acme     | false",
        "staff                      | STAFF                         | true",
        "cn=staff,o=acme            | staff                         | false"
      })
  void groupsNameEqualsOthersThatAreWrittenDifferently(String one, String other, boolean same) {
    assertThat(ServerRegistry.comparable(one).equals(ServerRegistry.comparable(other)))
        .isEqualTo(same);
  }
}
