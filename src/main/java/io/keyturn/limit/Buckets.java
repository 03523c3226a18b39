package io.keyturn.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Token buckets on this node, one for each address, organisation or other key. A bucket that was
 * unused for ten minutes is dropped, since it is full again by then.
 *
 * @param <K> what is limited
 */
public final class Buckets<K> {
  private static final int MAXIMUM = 100_000;

  private final LoadingCache<K, Bucket> buckets;

  /**
   * Creates full buckets.
   *
   * @param capacity how many tokens each bucket holds
   * @param perMinute how many tokens are added per minute, at a steady rate; at least a tenth of
   *     the capacity
   */
  public Buckets(int capacity, int perMinute) {
    buckets =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MAXIMUM)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build(key -> bucket(capacity, perMinute, SynchronizationStrategy.SYNCHRONIZED));
  }

  /**
   * Creates one full bucket, which one thread at a time may use. It uses the monotonic clock: with
   * the wall clock, no tokens would be added for as long as somebody set the clock back.
   *
   * @param capacity how many tokens the bucket holds
   * @param perMinute how many tokens are added per minute, at a steady rate
   */
  public static Bucket unsynchronized(int capacity, int perMinute) {
    return bucket(capacity, perMinute, SynchronizationStrategy.NONE);
  }

  /** A lock costs less than the new state that the library's default creates for each token. */
  private static Bucket bucket(int capacity, int perMinute, SynchronizationStrategy strategy) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(capacity).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .withNanosecondPrecision()
        .withSynchronizationStrategy(strategy)
        .build();
  }

  /** The seconds until there is a token, rounded up; 0 when there is one. Takes no token. */
  public long secondsToWait(K key) {
    return seconds(buckets.get(key).estimateAbilityToConsume(1).getNanosToWaitForRefill());
  }

  /**
   * Takes a token, if there is one.
   *
   * @return 0 when a token was taken, else the seconds until there is one, rounded up
   */
  public long take(K key) {
    ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? 0 : seconds(probe.getNanosToWaitForRefill());
  }

  /** Takes a token even when there is none. The next tokens that are added pay it back. */
  public void takeAnyway(K key) {
    buckets.get(key).consumeIgnoringRateLimits(1);
  }

  private static long seconds(long nanos) {
    return nanos == 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
  }
}
