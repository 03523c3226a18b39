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
 * Lets as many transactions to the database as there are connections, lets a bounded number of
 * others wait for their turn, fewer while the database is slow to answer, and nobody while it is
 * known to hang: those who wait then leave at once. So a database that takes requests and answers
 * none cannot take all threads of the server.
 */
final class DatabaseGate {
  private static final Logger LOG = Logger.getLogger(DatabaseGate.class.getName());

  /** How often those who wait look what became of the database, in milliseconds. */
  private static final long LOOK_MILLIS = 100;

  /** What is known of the database. */
  enum State {
    /** It answers. */
    ANSWERS,
    /** It has not answered for a moment. */
    SLOW,
    /** It has not answered for so long that nobody shall wait for it. */
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
   * Opens the gate.
   *
   * @param turns how many transactions have a connection at a time
   * @param mostWaiting how many wait for that at most
   * @param mostWaitingWhileSlow the same while the database is slow to answer
   * @param longestWait in milliseconds
   */
  DatabaseGate(int turns, int mostWaiting, int mostWaitingWhileSlow, long longestWait) {
    this.turns = new Semaphore(turns, true);
    this.mostWaiting = mostWaiting;
    this.mostWaitingWhileSlow = mostWaitingWhileSlow;
    this.longestWait = longestWait;
  }

  /**
   * Waits for a turn.
   *
   * @throws DatabaseUnavailable when there is none, or the database hangs
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
        throw new DatabaseUnavailable("too many wait for the database");
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

  /** How many wait. */
  int waiting() {
    return waiting.get();
  }

  /** Gives a turn back. */
  void leave() {
    turns.release();
  }

  /** Where connections come from. */
  interface Source {
    Connection get() throws SQLException;
  }

  /**
   * Waits for a turn and takes a connection, which must be given to {@link #leaves} after its end.
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

  /** Whoever entered uses this connection. */
  void uses(Connection connection) {
    inUse.add(connection);
  }

  /** This connection is no longer used; its turn is free again. */
  void leaves(Connection connection) {
    if (inUse.remove(connection)) {
      turns.release();
    }
  }

  /** Says what is known of the database now. */
  void know(State known) {
    state = known;
  }

  /**
   * Ends what is under way: whoever waits for an answer fails now, and not when the connection's
   * own time-out is over.
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
