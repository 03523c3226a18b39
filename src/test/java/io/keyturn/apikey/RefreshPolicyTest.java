package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshPolicyTest {
  private static RefreshPolicy policy(String interval, String grace) {
    return new RefreshPolicy(Duration.parse(interval), Duration.parse(grace));
  }

  @Test
  void defaultIsADayAndAnHour() {
    assertThat(RefreshPolicy.DEFAULT).isEqualTo(policy("PT24H", "PT1H"));
  }

  @ParameterizedTest
  @CsvSource({"PT1H,PT0S", "PT1H,PT1H", "P90D,PT24H", "PT24H,PT24H"})
  void boundsAreWithin(String interval, String grace) {
    assertThat(policy(interval, grace).interval()).isEqualTo(Duration.parse(interval));
  }

  @ParameterizedTest
  @CsvSource({
    "PT59M59S,PT0S,refresh_interval",
    "P90DT1S,PT0S,refresh_interval",
    "PT0S,PT0S,refresh_interval",
    "PT0S,PT1H,refresh_interval",
    "PT-24H,PT0S,refresh_interval",
    "PT24H,PT-1S,grace_period",
    "P2D,PT24H1S,grace_period",
    "PT1H,PT1H1S,grace_period",
    "PT1H0.5S,PT0S,refresh_interval",
    "PT24H,PT0.001S,grace_period",
    "PT999999999H,PT0S,refresh_interval"
  })
  void whatIsOutOfBoundsIsNamed(String interval, String grace, String field) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> policy(interval, grace))
        .satisfies(
            e -> assertThat(e.errors()).extracting(FieldError::field).containsExactly(field));
  }

  @ParameterizedTest
  @CsvSource({"PT-0.001S", "PT2H0.001S", "PT25H"})
  void refreshKeepsTheOldSecretNoLongerThanIsAllowed(String wanted) {
    RefreshPolicy policy = policy("PT2H", "PT1H");

    for (ThrowingCallable asked :
        List.<ThrowingCallable>of(
            () -> policy.requireAllowed(Duration.parse(wanted)),
            () -> policy.keep(Duration.parse(wanted)))) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(asked)
          .satisfies(e -> assertThat(e.messageAt("grace_period")).isPresent());
    }
  }

  @Test
  void refreshKeepsTheOldSecretAsLongAsIsAskedForOrElseForTheGracePeriod() {
    RefreshPolicy policy = policy("PT2H", "PT1H");

    policy.requireAllowed(null);
    assertThat(policy.keep(null)).isEqualTo(Duration.ofHours(1));
    assertThat(policy.keep(Duration.ofHours(2))).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void dueTimesAreOnTheKeysOwnClock() {
    Random random = new Random(11);
    for (int i = 0; i < 5000; i++) {
      Duration interval = Duration.ofSeconds(3600 + random.nextInt(90 * 86_400 - 3600));
      RefreshPolicy policy = new RefreshPolicy(interval, Duration.ZERO);
      Instant creation = Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE), 123_456_000);
      Instant now = creation.plusNanos(random.nextLong(Duration.ofDays(3650).toNanos()));

      Instant due = policy.dueAfter(creation, now);

      assertThat(due).isAfter(now).isBeforeOrEqualTo(now.plus(interval));
      assertThat(Duration.between(creation, due).toNanos() % interval.toNanos()).isZero();
    }
  }

  @Test
  void dueTimeItselfIsNotAfterItself() {
    Instant creation = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(RefreshPolicy.DEFAULT.dueAfter(creation, creation))
        .isEqualTo("2026-01-02T00:00:00Z");
    assertThat(RefreshPolicy.DEFAULT.dueAfter(creation, Instant.parse("2026-01-02T00:00:00Z")))
        .isEqualTo("2026-01-03T00:00:00Z");
    assertThat(RefreshPolicy.DEFAULT.dueAfter(creation, creation.minusSeconds(10)))
        .as("a clock that went back")
        .isEqualTo("2026-01-02T00:00:00Z");
  }
}
