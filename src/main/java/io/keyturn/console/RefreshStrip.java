package io.keyturn.console;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The automatic refreshes of the next 24 hours.
 *
 * @param hours from now on, the next hour first
 * @param overdue how many keys should have been refreshed already
 * @param next how many keys will be refreshed
 */
public record RefreshStrip(List<Hour> hours, int overdue, int next) {
  static final RefreshStrip EMPTY = new RefreshStrip(List.of(), 0, 0);

  private static final int HOURS = 24;
  private static final int HIGHEST = 8;

  /** The refresh wakes each minute, and needs a moment. */
  private static final Duration LATE = Duration.ofMinutes(2);

  /**
   * An hour.
   *
   * @param from when it begins
   * @param keys how many keys are refreshed in it
   * @param height from 0 for no key to 8 for the hour with the most keys
   */
  public record Hour(Instant from, int keys, int height) {}

  /** Counts due times. */
  static RefreshStrip of(List<Instant> due, Instant now) {
    int[] counts = new int[HOURS];
    int overdue = 0;
    for (Instant at : due) {
      if (at.isBefore(now.minus(LATE))) {
        overdue++;
      } else {
        long hour = Math.max(0, Duration.between(now, at).toHours());
        if (hour < HOURS) {
          counts[(int) hour]++;
        }
      }
    }
    int most = 0;
    int next = 0;
    for (int count : counts) {
      most = Math.max(most, count);
      next += count;
    }
    List<Hour> hours = new ArrayList<>();
    for (int i = 0; i < HOURS; i++) {
      int height = counts[i] == 0 ? 0 : Math.max(1, counts[i] * HIGHEST / most);
      hours.add(new Hour(now.plus(i, ChronoUnit.HOURS), counts[i], height));
    }
    return new RefreshStrip(hours, overdue, next);
  }
}
