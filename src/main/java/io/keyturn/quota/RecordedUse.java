package io.keyturn.quota;

import org.jspecify.annotations.Nullable;

/**
 * The accepted requests of a key as all nodes have written them. It lags by the seconds between two
 * writes.
 *
 * @param requests how many requests ever; null where no request was written
 * @param day in days since 1970-01-01 of UTC
 * @param onDay how many of the requests fell on that day
 */
public record RecordedUse(@Nullable Long requests, @Nullable Long day, @Nullable Long onDay) {

  long ever() {
    return requests == null ? 0 : requests;
  }

  long on(long wanted) {
    return onDay != null && day != null && day == wanted ? onDay : 0;
  }
}
