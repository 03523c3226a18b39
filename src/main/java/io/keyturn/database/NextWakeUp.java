package io.keyturn.database;

import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.time.Duration;

/**
 * Schedules the next run of a bean's timeout method on this node. For a repeating timer, the server
 * computes the next time from the wall clock. When that clock jumps back, the timer stops for as
 * long; when it jumps forward, the server makes up for each missed run. A single-action timer waits
 * by the monotonic clock. So the bean schedules its next run at the end of each run.
 */
public final class NextWakeUp {
  private static final long MINUTE = 60_000;
  private static final long TOO_SOON = 1_000;

  private NextWakeUp() {}

  /** Schedules one run after this time. */
  public static void in(TimerService timers, Duration wait) {
    timers.createSingleActionTimer(wait.toMillis(), new TimerConfig(null, false));
  }

  /** Schedules one run at the next full minute. */
  public static void atFullMinute(TimerService timers) {
    in(timers, toFullMinute(System.currentTimeMillis()));
  }

  /**
   * The wait until a full minute: 1 to 61 seconds, since a timer may run a moment early.
   *
   * @param now in milliseconds of the wall clock
   */
  static Duration toFullMinute(long now) {
    long wait = MINUTE - Math.floorMod(now, MINUTE);
    return Duration.ofMillis(wait < TOO_SOON ? wait + MINUTE : wait);
  }
}
