package io.keyturn.database;

import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.time.Duration;

/**
 * Sets when a bean's timeout method runs next on this node. The server computes the next time of a
 * repeating timer from the wall clock of the time before: when that jumps back, the timer stops for
 * as long, and when it jumps on, each run in between is made up for. A timer for one run waits by
 * the monotonic clock. So whoever wakes sets the next wake-up at the end of each run.
 */
public final class NextWakeUp {
  private static final long MINUTE = 60_000;
  private static final long TOO_SOON = 1_000;

  private NextWakeUp() {}

  /** Wakes once, after that time. */
  public static void in(TimerService timers, Duration wait) {
    timers.createSingleActionTimer(wait.toMillis(), new TimerConfig(null, false));
  }

  /** Wakes once, at the next full minute. */
  public static void atFullMinute(TimerService timers) {
    in(timers, toFullMinute(System.currentTimeMillis()));
  }

  /**
   * How long to wait for a full minute: 1 to 61 seconds, for a wake-up may come a moment early.
   *
   * @param now in milliseconds of the wall clock
   */
  static Duration toFullMinute(long now) {
    long wait = MINUTE - Math.floorMod(now, MINUTE);
    return Duration.ofMillis(wait < TOO_SOON ? wait + MINUTE : wait);
  }
}
