package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshPolicyTest {
  private static final Instant MADE = Instant.parse("2026-03-01T12:00:00.123456Z");

  @Property
  void dueTimeIsTheFirstOfTheKeysOwnClockAfterThat(
      @ForAll @LongRange(min = 3_600, max = 7_776_000) long interval,
      @ForAll @LongRange(min = -1_000_000, max = 100_000_000) long passed,
      @ForAll @IntRange(max = 999_999) int micros) {
    RefreshPolicy policy = new RefreshPolicy(Duration.ofSeconds(interval), Duration.ZERO);
    Instant after = MADE.plusSeconds(passed).plusNanos(micros * 1_000L);

    Instant due = policy.dueAfter(MADE, after);

    assertThat(due).isAfter(after).isAfter(MADE);
    assertThat(Duration.between(MADE, due).toSeconds() % interval).isZero();
    assertThat(Duration.between(MADE, due).toNanosPart()).isZero();
    if (!after.isBefore(MADE)) {
      assertThat(due.minusSeconds(interval)).isBeforeOrEqualTo(after);
    }
  }

  @ParameterizedTest
  @CsvSource({"PT1H,PT0S", "PT1H,PT1H", "P90D,PT24H", "PT24H,PT24H", "PT3601S,PT1S"})
  void boundsAreWithin(Duration interval, Duration grace) {
    RefreshPolicy policy = new RefreshPolicy(interval, grace);

    assertThat(policy.interval()).isEqualTo(interval);
    assertThat(policy.gracePeriod()).isEqualTo(grace);
  }

  @ParameterizedTest
  @CsvSource({
    "PT59M59S,PT0S,refresh_interval",
    "P90DT1S,PT0S,refresh_interval",
    "-PT1H,PT0S,refresh_interval",
    "PT24H,-PT1S,grace_period",
    "PT48H,PT24H1S,grace_period",
    "PT1H,PT1H1S,grace_period",
    "PT1H0.5S,PT0S,refresh_interval",
    "PT24H,PT0.001S,grace_period"
  })
  void whatIsOutOfBoundsIsNamed(Duration interval, Duration grace, String field) {
    assertThatThrownBy(() -> new RefreshPolicy(interval, grace))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.errors()).extracting(FieldError::field).containsExactly(field));
  }
}
