package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.access.Scope;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewApiKeyTest {
  private static void assertInvalid(String field, Runnable creating) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(creating::run)
        .satisfies(e -> assertThat(e.errors().get(0).field()).isEqualTo(field));
  }

  @Test
  void nameAloneGetsTheDefaults() {
    NewApiKey wanted = NewApiKey.named("  ERP  ");

    assertThat(wanted.name()).isEqualTo("ERP");
    assertThat(wanted.environment()).isEqualTo("live");
    assertThat(wanted.scopes()).containsExactly(Scope.SUPPLIERS_READ);
    assertThat(wanted.policy()).isEqualTo(RefreshPolicy.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "Ärger & <b>Söhne</b>", "日本", "🔑", "' OR 1=1 --", "=1+1"})
  void nameMayBeAnythingThatCanBeRead(String name) {
    assertThat(NewApiKey.named(name).name()).isEqualTo(name);
  }

  @Test
  void lengthIsCountedInCharactersAsPeopleCount() {
    assertThat(NewApiKey.named("🔑".repeat(100)).name()).hasSize(200);
    assertInvalid("name", () -> NewApiKey.named("🔑".repeat(101)));
    assertInvalid("name", () -> NewApiKey.named("n".repeat(101)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\t", "a\tb", "a\u0000b", "a\u2028b", "a\u202eb", "a\u200bb", "a\ud800b"})
  void unfitNameIsInvalid(String name) {
    assertInvalid("name", () -> NewApiKey.named(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LIVE", "prod"})
  void environmentIsLiveOrTest(String environment) {
    assertInvalid(
        "environment", () -> new NewApiKey("x", environment, Set.of(), RefreshPolicy.DEFAULT));
  }

  @Test
  void allWrongFieldsAreNamed() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> new NewApiKey("", "prod", Set.of(), RefreshPolicy.DEFAULT))
        .satisfies(
            e ->
                assertThat(e.errors())
                    .extracting(FieldError::field)
                    .containsExactly("name", "environment"));
  }

  @Test
  void scopesCannotBeAddedLater() {
    Set<Scope> scopes = new HashSet<>(Set.of(Scope.SUPPLIERS_READ));
    NewApiKey wanted = new NewApiKey("x", "live", scopes, RefreshPolicy.DEFAULT);
    scopes.add(Scope.API_KEYS_MANAGE);

    assertThat(wanted.scopes()).containsExactly(Scope.SUPPLIERS_READ);
  }
}
