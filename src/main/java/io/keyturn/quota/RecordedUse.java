package io.keyturn.quota;

import org.jspecify.annotations.Nullable;

/**
 * What all nodes have written of a key's accepted requests. It lags by the seconds between two
 * writes.
 *
 * @param requests ever; null where none was written
 * @param day in days since 1970-01-01 of UTC
 * @param onDay how many of them on that day
 */
public record RecordedUse(@Nullable Long requests, @Nullable Long day, @Nullable Long onDay) {

  long ever() {
    return requests == null ? 0 : requests;
  }

  long on(long wanted) {
    return onDay != null && day != null && day == wanted ? onDay : 0;
  }
}
