package io.keyturn.database;

import io.keyturn.problem.Failure;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;

/** Distinguishes a duplicate row from all other failures of a write. */
public final class UniqueConstraint {
  /** The SQL state of a violated unique constraint, on PostgreSQL and H2. */
  private static final String VIOLATED = "23505";

  private UniqueConstraint() {}

  /** Whether this write failed because another row has the same unique values. */
  public static boolean violated(PersistenceException thrown) {
    return Failure.causes(thrown)
        .anyMatch(t -> t instanceof SQLException sql && VIOLATED.equals(sql.getSQLState()));
  }
}
