package io.keyturn.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each address, organisation or whatever else is limited, on this node. A bucket
 * that nobody asked for in ten minutes is forgotten: it is full again by then.
 *
 * @param <K> what is limited
 */
public final class Buckets<K> {
  private static final int MAXIMUM = 100_000;

  private final LoadingCache<K, Bucket> buckets;

  /**
   * Makes buckets that are full.
   *
   * @param capacity how many tokens each holds
   * @param perMinute how many flow into it, at a steady rate; at least a tenth of the capacity
   */
  public Buckets(int capacity, int perMinute) {
    buckets =
        Caffeine.newBuilder()
            .maximumSize(MAXIMUM)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build(key -> bucket(capacity, perMinute));
  }

  /**
   * Makes one bucket that is full. It goes by the time that the machine has run: by the wall clock,
   * nothing would flow in for as long as somebody turned that back.
   *
   * @param capacity how many tokens it holds
   * @param perMinute how many flow into it, at a steady rate
   */
  public static Bucket bucket(int capacity, int perMinute) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(capacity).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .withNanosecondPrecision()
        .build();
  }

  /** In how many seconds there is a token, rounded up; 0 when there is one. Takes none. */
  public long secondsToWait(K key) {
    return seconds(buckets.get(key).estimateAbilityToConsume(1).getNanosToWaitForRefill());
  }

  /**
   * Takes a token, if there is one.
   *
   * @return 0 when it is taken, else in how many seconds there is one, rounded up
   */
  public long take(K key) {
    ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? 0 : seconds(probe.getNanosToWaitForRefill());
  }

  /** Takes a token even where there is none: that is paid back by those that flow in. */
  public void takeAnyway(K key) {
    buckets.get(key).consumeIgnoringRateLimits(1);
  }

  private static long seconds(long nanos) {
    return nanos == 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
  }
}
