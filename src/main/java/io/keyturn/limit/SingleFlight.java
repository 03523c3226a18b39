package io.keyturn.limit;

import io.keyturn.problem.DatabaseUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One query for all threads that ask for the same key at the same time. The first thread asks, and
 * the others wait for its answer or its failure. Whoever comes when too many threads wait asks
 * itself.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the answers
 */
public final class SingleFlight<K, V> {
  private final ConcurrentMap<K, Flight<V>> flights = new ConcurrentHashMap<>();
  private final Semaphore places;
  private final Duration longestWait;

  /**
   * A query.
   *
   * @param <V> the type of the answers
   */
  public interface Question<V> {
    /** Asks the database. */
    V ask();

    /** Whether the answer, which is on its way, is still good for a thread that comes now. */
    boolean goodForLater();
  }

  private record Flight<V>(Question<V> question, CompletableFuture<V> answer) {}

  /**
   * Creates it.
   *
   * @param mostWaiting how many threads may wait for the queries of others
   */
  public SingleFlight(int mostWaiting, Duration longestWait) {
    this.places = new Semaphore(mostWaiting);
    this.longestWait = longestWait;
  }

  /**
   * The answer of the query that is running for the key, if there is one that is good for this
   * thread; else the answer of this query.
   *
   * @throws DatabaseUnavailable when the answer of the other thread does not come in time
   */
  public V ask(K key, Question<V> question) {
    Flight<V> own = new Flight<>(question, new CompletableFuture<>());
    Flight<V> running = flights.putIfAbsent(key, own);
    if (running != null) {
      if (running.question.goodForLater() && places.tryAcquire()) {
        try {
          return await(running.answer);
        } finally {
          places.release();
        }
      }
      flights.put(key, own);
    }
    return fly(key, own);
  }

  private V fly(K key, Flight<V> own) {
    try {
      V answer = own.question.ask();
      own.answer.complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      own.answer.completeExceptionally(e);
      throw e;
    } finally {
      flights.remove(key, own);
    }
  }

  private V await(CompletableFuture<V> answer) {
    try {
      return answer.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new DatabaseUnavailable("the query of another request was not answered in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailable("interrupted before the database had answered");
    }
  }
}
