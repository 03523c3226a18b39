package io.keyturn.database;

import io.keyturn.config.Settings;
import io.keyturn.problem.DatabaseUnavailable;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the database accepts a write; with a full disk it does not. Clients need no key for this
 * check, so it writes at most once a second and in one request at a time. Other requests get the
 * last result.
 */
@Readiness
@ApplicationScoped
public class DatabaseHealth implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(DatabaseHealth.class.getName());
  private static final long KNOWN_FOR = Duration.ofSeconds(1).toNanos();

  /** The longest that a write takes on a busy machine. */
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

  /**
   * Characters. The creation of a key writes this much to the embedded database's file in one
   * piece; a smaller piece may still find free room in the file. PostgreSQL writes page by page.
   */
  private static final int FILLER_EMBEDDED = 32_000;

  private static final int FILLER = 100;

  @Resource(lookup = "jdbc/keyturn")
  private DataSource dataSource;

  @Inject private Settings settings;

  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean well;
  private volatile long triedAt = System.nanoTime() - KNOWN_FOR;
  private volatile boolean trying;
  private boolean odd;

  @Override
  public HealthCheckResponse call() {
    if (turn.tryLock()) {
      try {
        if (System.nanoTime() - triedAt >= KNOWN_FOR) {
          tryToWrite();
        }
      } finally {
        turn.unlock();
      }
    }
    boolean hangs = trying && System.nanoTime() - triedAt > PATIENCE;
    HealthCheckResponseBuilder response = HealthCheckResponse.named("database");
    return well && !hangs
        ? response.up().build()
        : response.withData("write", hangs ? "does not end" : "failed").down().build();
  }

  private void tryToWrite() {
    triedAt = System.nanoTime();
    trying = true;
    try {
      write();
      well = true;
    } catch (SQLException | DatabaseUnavailable e) {
      well = false;
      LOG.log(Level.WARNING, "not ready: the database takes no write: {0}", e.getMessage());
    } finally {
      trying = false;
    }
  }

  /** Writes a new value each time, because an unchanged value need not be written. */
  private void write() throws SQLException {
    if (DiskReserve.isDiskFull()) {
      throw new SQLException("the disk is full");
    }
    odd = !odd;
    String filler = (odd ? "1" : "0").repeat(settings.embedded() ? FILLER_EMBEDDED : FILLER);
    Connection connection = BulkheadConnections.BULKHEAD.enter(dataSource::getConnection);
    try (connection;
        PreparedStatement statement =
            connection.prepareStatement("UPDATE write_proof SET filler = ? WHERE id = 1")) {
      statement.setQueryTimeout((int) Duration.ofNanos(PATIENCE).toSeconds());
      statement.setString(1, filler);
      if (statement.executeUpdate() != 1) {
        throw new SQLException("the row to write is not there");
      }
    } finally {
      BulkheadConnections.BULKHEAD.leaves(connection);
    }
  }
}
