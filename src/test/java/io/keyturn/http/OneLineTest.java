package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.problem.ProblemException;
import io.keyturn.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERP",
        " ERP\t",
        "\u00a0ERP\u00a0",
        "\u202fERP\u2007",
        "\u3000ERP\u2003\u00a0 ",
        "\u3164ERP\u2800"
      })
  void spaceAroundItIsTakenAwayWhateverItsKind(String text) {
    assertThat(OneLine.of("name", text, 100)).isEqualTo("ERP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u00a0",
        "\u00a0\u00a0",
        "\u2007",
        "\u202f",
        "\u2060",
        "\u3164",
        "\u115f\u1160",
        "\u2800",
        "\ufeff",
        "\u200b",
        "\u200d",
        "a\u200db",
        "\ud83d\udc69\u200d",
        "\ud83d\udc69\u200ddev",
        "\u2028",
        "a\u202eb",
        "a\u0000b",
        "\ud800"
      })
  void nameThatCannotBeSeenIsRefused(String text) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> OneLine.of("name", text, 100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"👩\u200d💻 dev", "👩🏽\u200d💻", "❤\ufe0f\u200d🔥", "👨\u200d👩\u200d👧\u200d👦"})
  void emojiOfSeveralPicturesIsAName(String text) {
    assertThat(OneLine.of("name", text, 100)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Persian, Hindi, Sinhala and Bengali are not written right without them.
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "\u0915\u094d\u200c\u0937",
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3"
      })
  void joinerThatALanguageNeedsIsInAName(String text) {
    assertThat(OneLine.of("name", text, 100)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\u200cb", "\u0645\u200c", "\u200c\u0645", "\u0645\u200db", "\u0915\u200d\u0937"})
  void joinerThatNoLanguageNeedsIsRefused(String text) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> OneLine.of("name", text, 100));
  }

  @Test
  void spaceInsideStays() {
    assertThat(OneLine.of("name", "Müller\u00a0& Söhne", 100)).isEqualTo("Müller\u00a0& Söhne");
  }

  @Test
  void secretIsNoName() {
    for (String secret :
        new String[] {
          Secret.random("kt", "live").reveal(),
          Secret.random("acme", "test").reveal(),
          Secret.randomRenewal("kt").reveal()
        }) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> OneLine.of("name", "for " + secret, 100))
          .satisfies(e -> assertThat(e.detail()).contains("secret").doesNotContain(secret));
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> OneLine.of("name", secret.replace("_", "%5F"), 100));
    }
  }

  @Test
  void textOfOthersIsReplacedWhereItCannotBeShown() {
    assertThat(OneLine.orElse("Ada", 5, "x")).isEqualTo("Ada");
    assertThat(OneLine.orElse("A\u0000da", 5, "x")).isEqualTo("x");
    assertThat(OneLine.orElse("Ada Lovelace", 5, "x")).isEqualTo("x");
  }
}
