package io.keyturn.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.platform.DatabaseClock.Reading;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that jumps by a day, read by a node whose monotonic clock goes on. */
class DatabaseClockTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final Duration TEST = Duration.ofHours(1);

  private final DatabaseClock clock = new DatabaseClock();

  private void read(Instant time, boolean trusted) {
    clock.take(new Reading(time, System.nanoTime()), trusted);
  }

  @ParameterizedTest
  @ValueSource(ints = {25, -25})
  void machinesOwnClockIsReadOnce(int hours) {
    read(START, false);
    read(START.plus(Duration.ofHours(hours)), false);

    assertThat(clock.instant()).isBetween(START, START.plus(TEST));
  }

  @ParameterizedTest
  @ValueSource(ints = {25, -25})
  void databasesOwnClockIsFollowed(int hours) {
    Instant jumped = START.plus(Duration.ofHours(hours));
    read(START, true);
    read(jumped, true);

    assertThat(clock.instant()).isBetween(jumped, jumped.plus(TEST));
  }

  @Test
  void betweenTwoReadingsTimeGoesOn() {
    long anHourAgo = System.nanoTime() - TEST.toNanos();
    clock.take(new Reading(START, anHourAgo), false);

    assertThat(clock.instant()).isBetween(START.plus(TEST), START.plus(TEST).plus(TEST));
  }
}
