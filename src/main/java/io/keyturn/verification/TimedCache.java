package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers that are believed for a while, counted from when they were asked for: what an answer says
 * may have changed from then on, however long it was on its way.
 *
 * @param <K> what is asked
 * @param <V> an answer
 */
final class TimedCache<K, V> {
  private static final int MOST = 100_000;

  private final long nanos;
  private final Ticker ticker;
  private final Cache<K, Answer<V>> answers;

  private record Answer<V>(V value, long askedAt) {}

  /**
   * Believes nothing yet.
   *
   * @param ticker a time that nobody turns
   */
  TimedCache(Duration time, Ticker ticker) {
    this.nanos = time.toNanos();
    this.ticker = ticker;
    this.answers =
        Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(time).ticker(ticker).build();
  }

  /** The answer that is believed, else a new one, which is kept unless it is empty. */
  Optional<V> get(K key, Supplier<Optional<V>> ask) {
    long now = ticker.read();
    Answer<V> kept = answers.getIfPresent(key);
    if (kept != null && now - kept.askedAt() < nanos) {
      return Optional.of(kept.value());
    }
    Optional<V> answer = ask.get();
    answer.ifPresent(value -> answers.put(key, new Answer<>(value, now)));
    return answer;
  }
}
