package io.keyturn.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The database's time, so that all nodes agree and a jump of a node's wall clock changes nothing.
 * Between two readings it goes on by the monotonic {@link System#nanoTime()}.
 *
 * <p>The embedded database has no other clock than this machine's. So there it is read once, when
 * the server starts: a jump of the wall clock changes nothing until the next start, nor does a
 * machine's sleep, which {@code nanoTime} may not count.
 */
@ApplicationScoped
public class DatabaseClock extends Clock {
  private static final Logger LOG = Logger.getLogger(DatabaseClock.class.getName());
  private static final Duration NOTABLE = Duration.ofMinutes(1);
  private static final Reading NONE = new Reading(Instant.EPOCH, 0);

  @Resource(lookup = "jdbc/keyturn")
  private DataSource dataSource;

  private volatile Reading reading = NONE;
  private volatile boolean warned;

  /** What the database said, and when by this node's monotonic clock. */
  record Reading(Instant time, long nanos) {
    Instant at(long then) {
      return time.plusNanos(then - nanos);
    }
  }

  /**
   * Reads the database's time anew, unless it is the embedded one's. The rotation timer calls it
   * each minute.
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
        take(new Reading(time, before + (after - before) / 2), postgres);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database's time cannot be read", e);
    }
  }

  /**
   * Goes on from a reading.
   *
   * @param trusted whether the clock that was read is not this machine's
   */
  void take(Reading read, boolean trusted) {
    Reading last = reading;
    if (trusted || last.equals(NONE)) {
      reading = read;
      return;
    }
    Duration apart = Duration.between(last.at(read.nanos()), read.time());
    if (apart.abs().compareTo(NOTABLE) > 0 && !warned) {
      warned = true;
      LOG.log(
          Level.WARNING,
          "the machine''s clock has moved by {0}; deadlines go on by the time since the start,"
              + " until the next one",
          apart);
    }
  }

  /** Now, in whole microseconds, which is what both databases store. */
  @Override
  public Instant instant() {
    return reading.at(System.nanoTime()).truncatedTo(ChronoUnit.MICROS);
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
