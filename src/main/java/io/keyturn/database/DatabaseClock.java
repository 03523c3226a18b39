package io.keyturn.database;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database's time. All nodes agree on it, and a jump of a node's wall clock changes nothing.
 * Between two readings the clock advances by the monotonic {@link System#nanoTime()}.
 *
 * <p>The embedded database uses this machine's clock, so its time is read only once, when the
 * server starts. A jump of the wall clock has no effect until the next start. The same holds for a
 * machine's sleep, which {@code nanoTime} may not count.
 */
@ApplicationScoped
public class DatabaseClock extends Clock {
  @Resource(lookup = "jdbc/keyturn")
  private DataSource dataSource;

  private final MonotonicTime time = new MonotonicTime();

  /**
   * Reads the database's time again; does nothing for the embedded database. The refresh timer
   * calls it every minute.
   *
   * @throws IllegalStateException when the database does not answer; the last reading stays
   * @throws io.keyturn.problem.DatabaseUnavailable likewise
   */
  @PostConstruct
  public void synchronise() {
    @Nullable Connection connection = null;
    try {
      connection = BulkheadConnections.BULKHEAD.enter(dataSource::getConnection);
      read(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("the database's time cannot be read", e);
    } finally {
      if (connection != null) {
        BulkheadConnections.BULKHEAD.leaves(connection);
      }
    }
  }

  /** Reads the time, and closes the connection. */
  private void read(Connection connection) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement()) {
      boolean postgres = Postgresql.is(connection);
      // PostgreSQL's CURRENT_TIMESTAMP is the start of the transaction.
      String sql = postgres ? "SELECT clock_timestamp()" : "SELECT CURRENT_TIMESTAMP";
      long before = System.nanoTime();
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        Instant read = row.getObject(1, OffsetDateTime.class).toInstant();
        long after = System.nanoTime();
        time.take(read, before + (after - before) / 2, postgres);
      }
    }
  }

  /** The time in whole microseconds, which is the precision of both databases. */
  @Override
  public Instant instant() {
    return time.at(System.nanoTime()).truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("this clock is UTC");
  }
}
