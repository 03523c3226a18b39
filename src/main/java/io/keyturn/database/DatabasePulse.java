package io.keyturn.database;

import io.keyturn.config.Settings;
import io.keyturn.database.DatabaseBulkhead.State;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Queries a remote database five times a second, on connections and threads of its own. It closes
 * the bulkhead while the database is silent. A database that refuses connections is not silent: its
 * users get the refusal at once.
 */
@ApplicationScoped
public class DatabasePulse {
  private static final Logger LOG = Logger.getLogger(DatabasePulse.class.getName());
  private static final long BEAT_MILLIS = 200;

  /** In beats: after 0.4 seconds fewer threads may wait. */
  private static final int SLOW = 2;

  /** In beats: after two seconds the database counts as hanging. */
  private static final int SILENCE = 10;

  /** In beats: after three seconds the running statements are aborted, too. */
  private static final int LONG_SILENCE = 15;

  /** In beats: the query is repeated every second on another connection. */
  private static final int AGAIN = 5;

  /**
   * One less than {@code maxPoolSize} in server.xml, for {@link RowChanges}; each connection is
   * given up after at most 10 seconds.
   */
  private static final int CONNECTIONS = 12;

  @Inject private Settings settings;

  @Resource(lookup = "jdbc/keyturn-pulse")
  private DataSource dataSource;

  private final Pulse pulse = new Pulse(SILENCE, AGAIN);
  private boolean hung;
  private @Nullable Thread beats;
  private @Nullable ExecutorService askers;

  /** Starts the queries. The embedded database runs in this process and needs none. */
  public synchronized void start() {
    if (settings.embedded() || beats != null) {
      return;
    }
    if (!settings.databaseUrl().contains("socketTimeout=")) {
      LOG.log(
          Level.WARNING,
          "KEYTURN_DATABASE_URL has no socketTimeout: connections whose network is gone are kept"
              + " for hours. src/docs/operating.md shows the whole address");
    }
    askers =
        new ThreadPoolExecutor(
            0,
            CONNECTIONS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> daemon(work, "database-pulse-asker"));
    // The first query takes longest, and the database has answered a moment ago.
    question(pulse.beat());
    beats = daemon(this::beat, "database-pulse");
    beats.start();
  }

  /** Threads of its own, because all server threads may be waiting for the database. */
  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @PreDestroy
  synchronized void stop() {
    if (beats != null) {
      beats.interrupt();
    }
    if (askers != null) {
      askers.shutdownNow();
    }
    BulkheadConnections.BULKHEAD.know(State.ANSWERS);
  }

  private void beat() {
    try {
      while (true) {
        if (pulse.next()) {
          long asked = pulse.beat();
          run(() -> question(asked));
        }
        judge();
        Thread.sleep(BEAT_MILLIS);
      }
    } catch (InterruptedException e) {
      // The application stops.
      Thread.currentThread().interrupt();
    }
  }

  private void question(long asked) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      pulse.answered();
    } catch (SQLException | RuntimeException e) {
      pulse.failed(asked);
    }
  }

  private void judge() {
    boolean hangs = pulse.hangs();
    if (hangs != hung) {
      hung = hangs;
      LOG.log(
          hangs ? Level.WARNING : Level.INFO,
          hangs
              ? "the database does not answer; requests that need it are refused"
              : "the database answers again");
    }
    long silent = pulse.silentFor();
    BulkheadConnections.BULKHEAD.know(
        hangs ? State.HANGS : silent >= SLOW ? State.SLOW : State.ANSWERS);
    if (hangs && silent >= LONG_SILENCE && silent % AGAIN == 0) {
      run(BulkheadConnections.BULKHEAD::abortAll);
    }
  }

  private void run(Runnable work) {
    ExecutorService threads = askers;
    if (threads == null) {
      return;
    }
    try {
      threads.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "all requests to the database wait for its answer", e);
    }
  }
}
