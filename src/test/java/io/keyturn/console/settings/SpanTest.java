package io.keyturn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {

  @ParameterizedTest
  @CsvSource({
    "PT24H,24 hours",
    "PT48H,2 days",
    "PT36H,36 hours",
    "P90D,90 days",
    "PT1H,1 hour",
    "PT90M,90 minutes",
    "PT3601S,3601 seconds",
    "PT0S,0 hours"
  })
  void spanIsReadInItsLargestUnit(Duration duration, String text) {
    assertThat(new Span(duration)).hasToString(text);
  }

  @Test
  void spanIsTheDurationThatItWasMadeOf() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      Duration duration = Duration.ofSeconds(random.nextInt(7_776_001));

      assertThat(new Span(duration).duration("x")).isEqualTo(duration);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "one", "-1", "1.5", "1e3", "9999999999", "１"})
  void onlyWholeNumbersAreRead(String amount) {
    Span span = new Span(Duration.ofHours(1));
    span.setAmount(amount);

    assertThatThrownBy(() -> span.duration("grace_period"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.errors().get(0).field()).isEqualTo("grace_period"));
  }
}
