package io.keyturn.quota;

import org.jspecify.annotations.Nullable;

/**
 * The accepted requests of a key as all nodes have written them. It lags by the seconds between two
 * writes.
 */
public final class RecordedUse {
  private final long requests;
  private final long day;
  private final long onDay;

  /**
   * Takes what a row says; without a row there is nothing.
   *
   * @param requests how many requests ever
   * @param day in days since 1970-01-01 of UTC
   * @param onDay how many of the requests fell on that day
   */
  public RecordedUse(@Nullable Long requests, @Nullable Long day, @Nullable Long onDay) {
    this.requests = requests == null ? 0 : requests;
    this.day = day == null ? Long.MIN_VALUE : day;
    this.onDay = onDay == null ? 0 : onDay;
  }

  long ever() {
    return requests;
  }

  long on(long wanted) {
    return day == wanted ? onDay : 0;
  }
}
