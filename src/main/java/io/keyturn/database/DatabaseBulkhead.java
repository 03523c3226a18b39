package io.keyturn.database;

import io.keyturn.problem.DatabaseUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Admits as many transactions to the database as there are connections. A bounded number of others
 * wait for a turn, fewer while the database is slow. While the database hangs, no transaction is
 * admitted, and the waiting ones fail at once. So a database that accepts requests and never
 * answers cannot block all server threads.
 */
final class DatabaseBulkhead {
  private static final Logger LOG = Logger.getLogger(DatabaseBulkhead.class.getName());

  /** How often a waiting thread checks the state of the database, in milliseconds. */
  private static final long LOOK_MILLIS = 100;

  /** The state of the database. */
  enum State {
    /** The database answers. */
    ANSWERS,
    /** The database has not answered for a moment. */
    SLOW,
    /** The database has not answered for so long that no thread may wait for it. */
    HANGS
  }

  private final Semaphore turns;
  private final int mostWaiting;
  private final int mostWaitingWhileSlow;
  private final long longestWait;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Set<Connection> inUse = ConcurrentHashMap.newKeySet();
  private volatile State state = State.ANSWERS;

  /**
   * Creates the bulkhead.
   *
   * @param turns how many transactions have a connection at the same time
   * @param mostWaiting how many threads may wait for a turn
   * @param mostWaitingWhileSlow how many may wait while the database is slow
   * @param longestWait in milliseconds
   */
  DatabaseBulkhead(int turns, int mostWaiting, int mostWaitingWhileSlow, long longestWait) {
    this.turns = new Semaphore(turns, true);
    this.mostWaiting = mostWaiting;
    this.mostWaitingWhileSlow = mostWaitingWhileSlow;
    this.longestWait = longestWait;
  }

  /**
   * Waits for a turn.
   *
   * @throws DatabaseUnavailable when there is no turn, or the database hangs
   */
  void enter() {
    if (state == State.HANGS) {
      throw hangs();
    }
    if (turns.tryAcquire()) {
      return;
    }
    int place = waiting.incrementAndGet();
    try {
      await(place);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailable("interrupted before the database was asked");
    } finally {
      waiting.decrementAndGet();
    }
  }

  private void await(int place) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(longestWait);
    do {
      State now = state;
      if (now == State.HANGS) {
        throw hangs();
      }
      if (place > (now == State.SLOW ? mostWaitingWhileSlow : mostWaiting)) {
        throw new DatabaseUnavailable("too many requests wait for the database");
      }
      if (turns.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } while (System.nanoTime() - end < 0);
    throw new DatabaseUnavailable("no connection to the database was free in time");
  }

  private static DatabaseUnavailable hangs() {
    return new DatabaseUnavailable("the database does not answer");
  }

  /** How many threads wait. */
  int waiting() {
    return waiting.get();
  }

  /** Gives a turn back. */
  void leave() {
    turns.release();
  }

  /** The source of connections. */
  interface Source {
    Connection get() throws SQLException;
  }

  /**
   * Waits for a turn and takes a connection. Pass the connection to {@link #leaves} after its end.
   *
   * @throws DatabaseUnavailable when there is no turn, or the database hangs
   */
  Connection enter(Source source) throws SQLException {
    enter();
    @Nullable Connection connection = null;
    try {
      connection = source.get();
      uses(connection);
      return connection;
    } finally {
      if (connection == null) {
        leave();
      }
    }
  }

  /** Registers the connection of a transaction that has a turn. */
  void uses(Connection connection) {
    inUse.add(connection);
  }

  /** Unregisters a connection and gives its turn back. */
  void leaves(Connection connection) {
    if (inUse.remove(connection)) {
      turns.release();
    }
  }

  /** Sets the state of the database. */
  void know(State known) {
    state = known;
  }

  /**
   * Aborts all running statements. Waiting threads then fail at once, before the connection's own
   * time-out.
   */
  void abortAll() {
    for (Connection connection : inUse) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException | RuntimeException e) {
        LOG.log(Level.FINE, "a connection could not be ended", e);
      }
    }
  }
}
