package io.keyturn.platform;

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

/**
 * The database's time, so that all nodes agree and a jump of a node's wall clock changes nothing.
 * Between two readings it goes on by the monotonic {@link System#nanoTime()}.
 */
@ApplicationScoped
public class DatabaseClock extends Clock {
  @Resource(lookup = "jdbc/keyturn")
  private DataSource dataSource;

  private volatile Reading reading = new Reading(Instant.EPOCH, 0);

  /** What the database said, and when by this node's monotonic clock. */
  private record Reading(Instant time, long nanos) {}

  /**
   * Reads the database's time anew. The rotation timer calls it each minute.
   *
   * @throws IllegalStateException when the database does not answer; the last reading stays
   */
  @PostConstruct
  public void synchronise() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      boolean postgres = connection.getMetaData().getDatabaseProductName().startsWith("PostgreSQL");
      // PostgreSQL's CURRENT_TIMESTAMP is the start of the transaction.
      String sql = postgres ? "SELECT clock_timestamp()" : "SELECT CURRENT_TIMESTAMP";
      long before = System.nanoTime();
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        Instant time = row.getObject(1, OffsetDateTime.class).toInstant();
        long after = System.nanoTime();
        reading = new Reading(time, before + (after - before) / 2);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database's time cannot be read", e);
    }
  }

  /** Now, in whole microseconds, which is what both databases store. */
  @Override
  public Instant instant() {
    Reading last = reading;
    return last.time().plusNanos(System.nanoTime() - last.nanos()).truncatedTo(ChronoUnit.MICROS);
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
