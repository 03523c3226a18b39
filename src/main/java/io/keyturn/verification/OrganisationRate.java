package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.keyturn.platform.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * How many requests all keys of an organisation may make on one node, so that none takes the others
 * the node away. Each node limits by itself: what is protected is the node.
 */
@ApplicationScoped
class OrganisationRate {
  @Inject private Settings settings;

  private final LoadingCache<UUID, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(10_000)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build(id -> bucket());

  private Bucket bucket() {
    int perMinute = settings.organisationRequestsPerMinute();
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .build();
  }

  /**
   * Takes one request.
   *
   * @return 0 when it is accepted, else after how many seconds one would be
   */
  long take(UUID organisationId) {
    ConsumptionProbe probe = buckets.get(organisationId).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? 0
        : TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
  }
}
