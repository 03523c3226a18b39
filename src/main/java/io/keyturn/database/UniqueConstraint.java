package io.keyturn.database;

import io.keyturn.problem.Failure;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;

/** Tells a row that was there already from all else that can fail a write. */
public final class UniqueConstraint {
  /** The SQL state of a violated unique constraint, on PostgreSQL and H2. */
  private static final String VIOLATED = "23505";

  private UniqueConstraint() {}

  /** Whether this write failed because another row has the same values. */
  public static boolean violated(PersistenceException thrown) {
    return Failure.causes(thrown)
        .anyMatch(t -> t instanceof SQLException sql && VIOLATED.equals(sql.getSQLState()));
  }
}
