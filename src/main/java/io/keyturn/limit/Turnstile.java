package io.keyturn.limit;

import io.keyturn.network.AddressBlock;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups for senders whose budget is spent: whoever has a right secret gets in, and a flood of
 * wrong ones costs the database one small question at a time, however many come. What is asked for
 * while a question is on its way goes together into the next.
 *
 * @param <K> what is looked up
 * @param <V> what is found
 */
public final class Turnstile<K, V> {
  /** How many are looked up by one question. */
  public static final int AT_ONCE = 16;

  /**
   * A parameter of a query for each of so many: a list of its own length would be translated anew.
   */
  public static final String PARAMETERS =
      IntStream.range(0, AT_ONCE).mapToObj(i -> ":key" + i).collect(Collectors.joining(", "));

  /** How many threads of one sender wait at a time, and of all: the others go on working. */
  private static final int OF_ONE_SENDER = 8;

  private static final int OF_ALL = 32;
  private static final long PATIENCE_SECONDS = 2;

  private final Function<List<K>, Map<K, V>> question;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Map<String, Integer> waiting = new HashMap<>();
  private int all;
  private Batch<K, V> next = new Batch<>();

  /** It is too crowded to look now. */
  public static final class Crowded extends Exception {
    private static final long serialVersionUID = 1L;

    Crowded() {
      super(null, null, false, false);
    }
  }

  /** What is asked by one question; its answer belongs to whoever holds the turn. */
  private static final class Batch<K, V> {
    private final List<K> keys = new ArrayList<>();
    private @Nullable Map<K, V> found;
    private @Nullable RuntimeException failure;
  }

  /**
   * Opens it.
   *
   * @param question finds those of up to {@value #AT_ONCE} keys that there are
   */
  public Turnstile(Function<List<K>, Map<K, V>> question) {
    this.question = question;
  }

  /** Sets the {@link #PARAMETERS} of a query; where there are too few, the last is repeated. */
  public static <T> TypedQuery<T> set(TypedQuery<T> query, List<?> keys) {
    for (int i = 0; i < AT_ONCE; i++) {
      query.setParameter("key" + i, keys.get(Math.min(i, keys.size() - 1)));
    }
    return query;
  }

  /**
   * Looks a key up, or has it looked up with those of others.
   *
   * @param address the sender's
   * @throws Crowded when too many of this sender, or of all, wait already, or the database is slow
   */
  public Optional<V> find(String address, K key) throws Crowded {
    String sender = AddressBlock.budgetKey(address);
    Batch<K, V> batch = enter(sender, key);
    try {
      if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new Crowded();
      }
      try {
        return Optional.ofNullable(answered(batch).get(key));
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Crowded();
    } finally {
      leave(sender);
    }
  }

  private synchronized Batch<K, V> enter(String sender, K key) throws Crowded {
    int ofSender = waiting.getOrDefault(sender, 0);
    if (ofSender >= OF_ONE_SENDER || all >= OF_ALL) {
      throw new Crowded();
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

  /** From now on nobody adds to it. */
  private synchronized void close(Batch<K, V> batch) {
    if (next == batch) {
      next = new Batch<>();
    }
  }

  /** Asks, unless somebody of the same batch has asked. */
  private Map<K, V> answered(Batch<K, V> batch) {
    if (batch.failure != null) {
      throw batch.failure;
    }
    Map<K, V> found = batch.found;
    if (found == null) {
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
