package io.keyturn.database;

import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A time that was read from a clock, and goes on by the monotonic one. */
final class MonotonicTime {
  private static final Logger LOG = Logger.getLogger(MonotonicTime.class.getName());
  private static final Duration NOTABLE = Duration.ofMinutes(1);
  private static final Reading NONE = new Reading(Instant.EPOCH, 0);

  private volatile Reading reading = NONE;
  private volatile boolean warned;

  /** What the clock said, and when by the monotonic one. */
  private record Reading(Instant time, long nanos) {
    Instant at(long then) {
      return time.plusNanos(then - nanos);
    }
  }

  /**
   * Goes on from a reading: each one of another machine's clock, the first one of our own.
   *
   * @param nanos what {@link System#nanoTime()} said then
   * @param anothers whether the clock that was read is another machine's
   */
  void take(Instant time, long nanos, boolean anothers) {
    Reading last = reading;
    if (anothers || last.equals(NONE)) {
      reading = new Reading(time, nanos);
      return;
    }
    Duration apart = Duration.between(last.at(nanos), time);
    if (apart.abs().compareTo(NOTABLE) > 0 && !warned) {
      warned = true;
      LOG.log(
          Level.WARNING,
          "the machine''s clock has moved by {0}; deadlines go on by the time since the start,"
              + " until the next one",
          apart);
    }
  }

  /**
   * What the clock says now.
   *
   * @param nanos what {@link System#nanoTime()} says
   */
  Instant at(long nanos) {
    return reading.at(nanos);
  }
}
