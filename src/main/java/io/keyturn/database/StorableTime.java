package io.keyturn.database;

import java.time.Instant;

/** Which times both databases store. PostgreSQL refuses years that Java can write. */
public final class StorableTime {
  /** The last second of the year 9999. */
  public static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private StorableTime() {}

  /** Whether a time is from 1970 to 9999. */
  public static boolean is(Instant time) {
    return !time.isBefore(Instant.EPOCH) && !time.isAfter(LAST);
  }
}
