package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that jumps by a day and an hour, read each minute of the monotonic one. */
class MonotonicTimeTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long BEGAN = Long.MAX_VALUE - MINUTE / 2;

  private final MonotonicTime time = new MonotonicTime();

  @ParameterizedTest
  @ValueSource(ints = {25, -25})
  void ownClockIsReadOnce(int hours) {
    time.take(START, BEGAN, false);
    time.take(START.plus(Duration.ofHours(hours)), BEGAN + MINUTE, false);

    assertThat(time.at(BEGAN)).isEqualTo(START);
    assertThat(time.at(BEGAN + 2 * MINUTE)).isEqualTo(START.plusSeconds(120));
  }

  @ParameterizedTest
  @ValueSource(ints = {25, -25})
  void anothersClockIsFollowed(int hours) {
    Instant jumped = START.plus(Duration.ofHours(hours));
    time.take(START, BEGAN, true);
    time.take(jumped, BEGAN + MINUTE, true);

    assertThat(time.at(BEGAN + 2 * MINUTE)).isEqualTo(jumped.plusSeconds(60));
  }
}
