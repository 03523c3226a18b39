package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** How many requests a key may make on one node: 6 000 a minute. */
@ApplicationScoped
class RequestRate {
  static final int PER_MINUTE = 6_000;

  private final LoadingCache<UUID, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(100_000)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build(
              key ->
                  Bucket.builder()
                      .addLimit(
                          limit ->
                              limit
                                  .capacity(PER_MINUTE)
                                  .refillGreedy(PER_MINUTE, Duration.ofMinutes(1)))
                      .build());

  ConsumptionProbe take(UUID keyId) {
    return buckets.get(keyId).tryConsumeAndReturnRemaining(1);
  }
}
