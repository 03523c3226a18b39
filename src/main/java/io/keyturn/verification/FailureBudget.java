package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How many wrong secrets an address may send: 100 at once, refilled at 60 a minute. When they are
 * spent, secrets from that address that are not known to be right are refused unread.
 */
@ApplicationScoped
class FailureBudget {
  private static final int BURST = 100;
  private static final int PER_MINUTE = 60;

  private final LoadingCache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(100_000)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build(
              address ->
                  Bucket.builder()
                      .addLimit(
                          limit ->
                              limit.capacity(BURST).refillGreedy(PER_MINUTE, Duration.ofMinutes(1)))
                      .build());

  boolean spent(String address) {
    return buckets.get(address).getAvailableTokens() == 0;
  }

  void failed(String address) {
    buckets.get(address).tryConsume(1);
  }
}
