package io.keyturn.renewal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How many wrong renewal credentials an address may send: 30 at once, refilled at 30 a minute. */
@ApplicationScoped
class RenewalFailures {
  private static final int PER_MINUTE = 30;

  private final LoadingCache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(100_000)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build(
              address ->
                  Bucket.builder()
                      .addLimit(
                          limit ->
                              limit
                                  .capacity(PER_MINUTE)
                                  .refillGreedy(PER_MINUTE, Duration.ofMinutes(1)))
                      .build());

  /** How many seconds an address must wait before it is listened to; 0 when it need not. */
  long secondsToWait(String address) {
    long nanos = buckets.get(address).estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return nanos == 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
  }

  void failed(String address) {
    buckets.get(address).tryConsume(1);
  }
}
