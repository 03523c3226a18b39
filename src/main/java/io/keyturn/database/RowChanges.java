package io.keyturn.database;

import io.keyturn.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells this node which {@link Announced} rows were changed, by this node or another.
 *
 * <p>On PostgreSQL a thread listens on a connection of its own, and notifies itself on it five
 * times a second while anybody is interested. PostgreSQL delivers notifications in the order of
 * their commits. So a heartbeat that has arrived proves that this node has heard of every change
 * that was committed before the heartbeat was sent. Decision record 0040.
 */
@ApplicationScoped
public class RowChanges {
  private static final Logger LOG = Logger.getLogger(RowChanges.class.getName());
  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** How long the heart beats after somebody was interested. */
  private static final long WANTED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long RETRY_MILLIS = 1_000;
  private static final int LONGEST_WAIT_MILLIS = 100;

  @Inject private Settings settings;

  @Resource(lookup = "jdbc/keyturn-pulse")
  private DataSource dataSource;

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Consumer<Collection<UUID>> own = this::changed;

  /** No other node has this channel. */
  private final String heartbeats = "keyturn_" + UUID.randomUUID().toString().replace('-', '_');

  private volatile boolean heard;

  /** When the last heartbeat was sent that has arrived. */
  private volatile long heardAt;

  private volatile long wantedAt = System.nanoTime();
  private long sent;
  private long sentAt;
  private @Nullable Thread thread;

  /** Hears of changes. */
  public interface Listener {
    /** These rows were changed. */
    void changed(Collection<UUID> ids);

    /** Any rows may have been changed. */
    void anyChanged();
  }

  @PostConstruct
  void listenToThisNode() {
    ChangeAnnouncer.afterCommit(own);
  }

  /** Starts to listen to other nodes. The embedded database has no other nodes. */
  public synchronized void start() {
    if (settings.databaseUrl().startsWith("jdbc:postgresql:") && thread == null) {
      thread = new Thread(this::listen, "row-changes");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @PreDestroy
  synchronized void stop() {
    ChangeAnnouncer.forget(own);
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Calls the listener for each change from now on. */
  public void add(Listener listener) {
    listeners.add(listener);
  }

  /**
   * Whether this node has heard of every change that was committed before a time.
   *
   * @param nanos the time, by {@link System#nanoTime()}
   */
  public boolean allHeardBefore(long nanos) {
    if (settings.embedded()) {
      return true;
    }
    long now = System.nanoTime();
    if (now - wantedAt > BEAT_NANOS) {
      wantedAt = now;
    }
    return heard && heardAt - nanos >= 0;
  }

  /** Tells this node that any rows may have been changed, for example past the application. */
  public void anyChanged() {
    listeners.forEach(Listener::anyChanged);
  }

  /** Tells this node that these rows were changed. */
  public void changed(Collection<UUID> ids) {
    listeners.forEach(listener -> listener.changed(ids));
  }

  private void listen() {
    while (!Thread.currentThread().isInterrupted()) {
      try (Connection connection = dataSource.getConnection()) {
        listen(connection);
      } catch (SQLException | RuntimeException e) {
        LOG.log(Level.FINE, "the connection that hears of changes has ended", e);
      } finally {
        heard = false;
      }
      sleep();
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      PGConnection notified = connection.unwrap(PGConnection.class);
      // A heartbeat that a crash of the database takes back is not missed.
      statement.execute("SET synchronous_commit = off");
      statement.execute("LISTEN " + heartbeats);
      statement.execute("LISTEN " + ChangeAnnouncer.CHANNEL);
      // What was announced before is not known.
      anyChanged();
      while (!Thread.currentThread().isInterrupted()) {
        long now = System.nanoTime();
        if (now - sentAt >= BEAT_NANOS && now - wantedAt <= WANTED_NANOS) {
          sent++;
          sentAt = now;
          statement.execute("NOTIFY " + heartbeats + ", '" + sent + "'");
        }
        tell(notified.getNotifications(LONGEST_WAIT_MILLIS));
      }
      statement.execute("UNLISTEN *");
      statement.execute("RESET synchronous_commit");
    } catch (SQLException | RuntimeException e) {
      // The pool must not lend a connection that may still listen.
      connection.abort(Runnable::run);
      throw e;
    }
  }

  private void tell(PGNotification @Nullable [] notifications) {
    if (notifications == null) {
      return;
    }
    for (PGNotification notification : notifications) {
      if (!notification.getName().equals(heartbeats)) {
        tell(notification.getParameter());
      } else if (notification.getParameter().equals(Long.toString(sent))) {
        heardAt = sentAt;
        heard = true;
      }
    }
  }

  private void tell(String payload) {
    try {
      changed(List.of(payload.split(" ")).stream().map(UUID::fromString).toList());
    } catch (IllegalArgumentException e) {
      // "*", or a text that is not ours.
      anyChanged();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
