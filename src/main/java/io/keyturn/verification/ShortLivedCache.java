package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Keeps answers for a while, counted from when they were asked for: what an answer says may have
 * changed from then on, however long the answer was on its way.
 *
 * @param <K> what is asked
 * @param <V> an answer
 */
final class ShortLivedCache<K, V> {
  private static final int MOST = 100_000;

  private final long nanos;
  private final Predicate<V> kept;
  private final Ticker ticker;
  private final Cache<K, Answer<V>> answers;

  private record Answer<V>(V value, long askedAt) {}

  /**
   * An empty cache.
   *
   * @param kept whether an answer is kept
   * @param ticker a time that runs on evenly, whatever becomes of the wall clock
   */
  ShortLivedCache(Duration time, Predicate<V> kept, Ticker ticker) {
    this.nanos = time.toNanos();
    this.kept = kept;
    this.ticker = ticker;
    this.answers =
        Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(time).ticker(ticker).build();
  }

  /**
   * Finds an answer.
   *
   * @param <X> what may keep it from being found
   */
  @FunctionalInterface
  interface Question<V, X extends Exception> {
    V ask() throws X;
  }

  /** The answer that is kept, else a new one. */
  <X extends Exception> V get(K key, Question<V, X> question) throws X {
    long now = ticker.read();
    Answer<V> before = answers.getIfPresent(key);
    if (before != null && now - before.askedAt() < nanos) {
      return before.value();
    }
    V answer = question.ask();
    if (kept.test(answer)) {
      answers.put(key, new Answer<>(answer, now));
    }
    return answer;
  }
}
