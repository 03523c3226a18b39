package io.keyturn.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {
  private static final String RANDOM = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kt_live_",
        "kt_test_",
        "kt_renew_",
        "acme_live_",
        "kt%5flive%5f",
        "kt%5Flive_",
        "kt_%6cive_",
        "kt%255flive%255f",
        "kt%25255flive_",
        "x=|&y=\u00df%zz%&z=kt%5flive_"
      })
  void secretIsFoundHoweverItIsEscaped(String head) {
    assertThat(SecretText.in("/api/v1/me?x=" + head + RANDOM + "&y=%")).isTrue();
    assertThat(SecretText.hidden("at " + head + RANDOM)).doesNotContain(RANDOM);
  }

  @Test
  void eachCharacterOfASecretMayBeEscaped() {
    StringBuilder escaped = new StringBuilder();
    ("kt_live_" + RANDOM).chars().forEach(c -> escaped.append("%%%02x".formatted(c)));

    assertThat(SecretText.in(escaped.toString())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/api/v1/suppliers?limit=25",
        "kt_live_",
        "kt_live_0123456789abcdef",
        "this_is_a_long_name_of_a_live_parameter_that_is_none_of_them",
        "%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%"
      })
  void otherTextsAreNone(String text) {
    assertThat(SecretText.in(text)).isFalse();
  }

  @Test
  void logGetsNoLineEndsOfStrangers() {
    assertThat(SecretText.hidden("a\r\n[ERROR] b\u0007")).isEqualTo("a [ERROR] b ");
  }

  @Test
  void failureIsToldWithItsPlaceAndWithoutSecrets() {
    Throwable thrown =
        new IllegalStateException("outer", new IllegalArgumentException("kt_live_" + RANDOM));

    Throwable told = RedactedFailure.of(thrown);

    assertThat(told).hasToString("java.lang.IllegalStateException: outer");
    assertThat(told.getStackTrace()).isEqualTo(thrown.getStackTrace());
    assertThat(String.valueOf(told.getCause()))
        .startsWith("java.lang.IllegalArgumentException: ")
        .doesNotContain(RANDOM);
  }
}
