package io.keyturn.problem;

import jakarta.persistence.OptimisticLockException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a foreseen failure, for the API and for pages.
 *
 * @param headers further response headers
 */
public record Failure(Problem problem, Map<String, String> headers, boolean ofDatabase) {
  private static final String RETRY_AFTER = "Retry-After";
  private static final String SOON = "5";
  private static final List<String> GONE =
      List.of("08", "57P", "53", "55000", "58", "90020", "90098", "90121");

  /** The failure that a throwable is or was caused by; nothing for what was not foreseen. */
  public static Optional<Failure> of(Throwable thrown) {
    ProblemException known = find(thrown, ProblemException.class);
    if (known != null) {
      Map<String, String> headers = new LinkedHashMap<>(known.headers());
      if (known.type() == ProblemType.UNAVAILABLE) {
        headers.putIfAbsent(RETRY_AFTER, SOON);
      }
      return Optional.of(new Failure(Problem.of(known), headers, false));
    }
    if (isConflict(thrown)) {
      return Optional.of(
          new Failure(
              Problem.of(
                  ProblemType.CONFLICT,
                  "Somebody else changed this at the same time. Please retry."),
              Map.of(),
              false));
    }
    if (find(thrown, DatabaseUnavailable.class) != null) {
      return Optional.of(withoutDatabase(false));
    }
    return databaseGone(thrown) ? Optional.of(withoutDatabase(true)) : Optional.empty();
  }

  private static Failure withoutDatabase(boolean justFound) {
    return new Failure(
        Problem.of(ProblemType.UNAVAILABLE, "The database does not answer. Please retry."),
        Map.of(RETRY_AFTER, SOON),
        justFound);
  }

  /** Whether another transaction changed the same row between the read and the write. */
  private static boolean isConflict(Throwable thrown) {
    return find(thrown, OptimisticLockException.class) != null;
  }

  private static boolean databaseGone(Throwable thrown) {
    return find(thrown, SQLTransientException.class) != null
        || find(thrown, SQLRecoverableException.class) != null
        || causes(thrown)
            .anyMatch(t -> t instanceof SQLException sql && saysGone(sql.getSQLState()))
        || (find(thrown, SQLException.class) != null && causes(thrown).anyMatch(Failure::ofFile));
  }

  /**
   * Whether H2's file accepts no more writes, because the disk is full or because H2 closed the
   * file after a full disk. H2 has no SQL state for that.
   */
  private static boolean ofFile(Throwable cause) {
    return cause instanceof IOException
        || cause.getClass().getName().equals("org.h2.mvstore.MVStoreException");
  }

  /**
   * Whether an SQL state says that the database is unavailable: connection exceptions (class 08);
   * PostgreSQL stopping or starting (57P), out of connections, memory or disk space (53), not
   * accepting connections (55000), failing to read or write (58); H2 closed, closing, or being
   * opened by another thread (90…).
   */
  private static boolean saysGone(@Nullable String state) {
    return state != null && GONE.stream().anyMatch(state::startsWith);
  }

  private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
    return causes(thrown).filter(type::isInstance).map(type::cast).findFirst().orElse(null);
  }

  /** A throwable and all its causes. */
  public static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(20);
  }
}
