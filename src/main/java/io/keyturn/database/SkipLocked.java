package io.keyturn.database;

import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import org.hibernate.Timeouts;
import org.hibernate.jpa.SpecHints;

/** Queries that lock what they find and leave out what others have locked. */
public final class SkipLocked {
  private SkipLocked() {}

  /** Makes a query lock its rows until the transaction ends: {@code FOR UPDATE SKIP LOCKED}. */
  public static <T> TypedQuery<T> in(TypedQuery<T> query) {
    return query
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI);
  }
}
