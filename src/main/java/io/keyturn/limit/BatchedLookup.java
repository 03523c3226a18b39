package io.keyturn.limit;

import io.keyturn.network.AddressBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups for senders without a budget. A right secret is still found. A flood of wrong secrets
 * costs the database one small query at a time, with a pause after each, whatever the number of
 * requests. Keys that arrive meanwhile are looked up together by the next query.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class BatchedLookup<K, V> {
  /** The most keys in one query. */
  public static final int AT_ONCE = 16;

  /** The most waiting threads of one sender and of all senders; the other threads go on working. */
  private static final int OF_ONE_SENDER = 8;

  private static final int OF_ALL = 32;
  private static final long LONGEST_WAIT_SECONDS = 2;

  /** So a flood of wrong secrets costs 50 small queries a second at most. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Function<List<K>, Map<K, V>> question;
  private final long pauseNanos;

  /** When the last query began. The thread with the turn may use it. */
  private long begunAt;

  private final ReentrantLock turn = new ReentrantLock(true);
  private final Map<String, Integer> waiting = new HashMap<>();
  private int all;
  private Batch<K, V> next = new Batch<>();

  /** Too many threads wait for a look-up. */
  public static final class TooManyWaiting extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyWaiting() {
      super(null, null, false, false);
    }
  }

  /** The keys of one query, and its answer. The thread with the turn may use them. */
  private static final class Batch<K, V> {
    private final List<K> keys = new ArrayList<>();
    private @Nullable Map<K, V> found;
    private @Nullable RuntimeException failure;
  }

  /**
   * Creates the batched look-up, with at most 50 queries a second.
   *
   * @param question finds the values of up to {@value #AT_ONCE} keys
   */
  public BatchedLookup(Function<List<K>, Map<K, V>> question) {
    this(question, PAUSE);
  }

  /**
   * Creates the batched look-up.
   *
   * @param question finds the values of up to {@value #AT_ONCE} keys
   * @param pause the shortest time from the begin of a query to the begin of the next
   */
  BatchedLookup(Function<List<K>, Map<K, V>> question, Duration pause) {
    this.question = question;
    this.pauseNanos = pause.toNanos();
    this.begunAt = System.nanoTime() - pauseNanos;
  }

  /**
   * Looks a key up, possibly together with keys of other threads.
   *
   * @param address the sender's address
   * @throws TooManyWaiting when too many threads of this sender, or of all senders, wait already,
   *     or the database is slow
   */
  public Optional<V> find(String address, K key) throws TooManyWaiting {
    String sender = AddressBlock.budgetKey(address);
    Batch<K, V> batch = enter(sender, key);
    try {
      if (!turn.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new TooManyWaiting();
      }
      try {
        return Optional.ofNullable(answered(batch).get(key));
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TooManyWaiting();
    } finally {
      leave(sender);
    }
  }

  private synchronized Batch<K, V> enter(String sender, K key) throws TooManyWaiting {
    int ofSender = waiting.getOrDefault(sender, 0);
    if (ofSender >= OF_ONE_SENDER || all >= OF_ALL) {
      throw new TooManyWaiting();
    }
    waiting.put(sender, ofSender + 1);
    all++;
    Batch<K, V> batch = next;
    batch.keys.add(key);
    if (batch.keys.size() == AT_ONCE) {
      next = new Batch<>();
    }
    return batch;
  }

  private synchronized void leave(String sender) {
    waiting.computeIfPresent(sender, (s, count) -> count == 1 ? null : count - 1);
    all--;
  }

  /** Closes a batch to further keys. */
  private synchronized void close(Batch<K, V> batch) {
    if (next == batch) {
      next = new Batch<>();
    }
  }

  /** Runs the query, unless another thread of the same batch has done so. */
  private Map<K, V> answered(Batch<K, V> batch) throws InterruptedException {
    if (batch.failure != null) {
      throw batch.failure;
    }
    Map<K, V> found = batch.found;
    if (found == null) {
      TimeUnit.NANOSECONDS.sleep(begunAt + pauseNanos - System.nanoTime());
      begunAt = System.nanoTime();
      close(batch);
      try {
        found = question.apply(List.copyOf(batch.keys));
      } catch (RuntimeException e) {
        batch.failure = e;
        throw e;
      }
      batch.found = found;
    }
    return found;
  }
}
