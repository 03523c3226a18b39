package io.keyturn.database;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.keyturn.problem.DatabaseUnavailable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets one transaction of the embedded database write or lock at a time. Reading does not wait.
 *
 * <p>A rollback of H2 may restore a row twice: {@code RollbackDecisionMaker} restores the row
 * before it removes the entry from its log. It repeats both when another commit has changed the
 * log's root meanwhile. A transaction that locked or changed the row between the two loses its lock
 * or change. Record 0025 has the details.
 */
final class OneWriter {
  private static final Pattern READS = Pattern.compile("\\s*(select|with)\\s.*", Pattern.DOTALL);

  /** The application has some hundreds of statements. */
  private static final int STATEMENTS = 1_000;

  private final LoadingCache<String, Boolean> writes =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumSize(STATEMENTS)
          .build(OneWriter::writes);
  private final long longestWait;
  private final Semaphore turn = new Semaphore(1, true);
  private volatile @Nullable Thread writing;

  /**
   * Creates the lock.
   *
   * @param longestWait for the lock, in milliseconds
   */
  OneWriter(long longestWait) {
    this.longestWait = longestWait;
  }

  /**
   * Wraps a connection. The connection waits for the lock before it prepares its first statement
   * that writes or locks, and releases the lock when it is closed. So close it after its
   * transaction. A nested transaction of the same thread shares the lock.
   */
  Connection guard(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            OneWriter.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new Guarded(connection));
  }

  /** Whether a statement changes or locks rows. */
  static boolean writes(String sql) {
    String lower = sql.toLowerCase(Locale.ROOT);
    return !READS.matcher(lower).matches() || lower.contains("for update");
  }

  private boolean take() {
    if (writing == Thread.currentThread()) {
      return false;
    }
    try {
      if (!turn.tryAcquire(longestWait, TimeUnit.MILLISECONDS)) {
        throw new DatabaseUnavailable("another transaction wrote for too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailable("interrupted before it was its turn to write");
    }
    writing = Thread.currentThread();
    return true;
  }

  private void giveBack() {
    writing = null;
    turn.release();
  }

  private final class Guarded implements InvocationHandler {
    private final Connection connection;
    private boolean hasTurn;

    Guarded(Connection connection) {
      this.connection = connection;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      return switch (method.getName()) {
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        case "close" -> {
          try {
            yield call(method, arguments);
          } finally {
            end();
          }
        }
        case "prepareStatement", "prepareCall" -> {
          if (arguments != null && writes.get(String.valueOf(arguments[0]))) {
            begin();
          }
          yield call(method, arguments);
        }
        case "createStatement" -> {
          // The statement is not known yet, so it counts as a write.
          begin();
          yield call(method, arguments);
        }
        default -> call(method, arguments);
      };
    }

    private synchronized void begin() {
      if (!hasTurn) {
        hasTurn = take();
      }
    }

    private synchronized void end() {
      if (hasTurn) {
        hasTurn = false;
        giveBack();
      }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
