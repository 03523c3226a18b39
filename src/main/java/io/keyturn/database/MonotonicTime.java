package io.keyturn.database;

import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A time that was read from a clock, and advances by the monotonic clock. */
final class MonotonicTime {
  private static final Logger LOG = Logger.getLogger(MonotonicTime.class.getName());
  private static final Duration NOTABLE = Duration.ofMinutes(1);
  private static final Reading NONE = new Reading(Instant.EPOCH, 0);

  private volatile Reading reading = NONE;
  private volatile boolean warned;

  /** A clock's time, and the monotonic time of the reading. */
  private record Reading(Instant time, long nanos) {
    Instant at(long then) {
      return time.plusNanos(then - nanos);
    }
  }

  /**
   * Takes a reading. Each reading of another machine's clock counts; for this machine's clock, only
   * the first reading counts.
   *
   * @param nanos {@link System#nanoTime()} at the reading
   * @param anothers whether the clock belongs to another machine
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
          "the machine''s clock has moved by {0}; until the next start, deadlines"
              + " follow the time since this start",
          apart);
    }
  }

  /**
   * The time at a moment of the monotonic clock.
   *
   * @param nanos a value of {@link System#nanoTime()}
   */
  Instant at(long nanos) {
    return reading.at(nanos);
  }
}
