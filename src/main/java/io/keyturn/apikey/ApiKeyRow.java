package io.keyturn.apikey;

import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.network.Networks;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as lists show it, with its current credential.
 *
 * @param scopeText its scopes, with spaces between
 * @param masked the current secret as it may be shown; null when it is forgotten, 30 days after the
 *     key was revoked
 * @param acceptedUntil when the current secret stops working
 * @param refreshIntervalSeconds from one automatic refresh to the next
 * @param gracePeriodSeconds how long the secret before stays accepted after one
 * @param lastUsedAt when a secret of it was last accepted, some seconds late
 * @param retiredAt when the secret before was refreshed, where it is still accepted
 * @param retiredUntil until when the secret before is accepted, where it still is
 * @param expired whether its planned end had come when it was read
 * @param createdBy the person or key that created it or took it over
 * @param networks from where it may be used, as it is stored; empty for everywhere
 */
public record ApiKeyRow(
    UUID id,
    String name,
    String environment,
    String scopeText,
    @Nullable String masked,
    int number,
    @Nullable Instant acceptedUntil,
    Instant createdAt,
    String createdByName,
    long refreshIntervalSeconds,
    long gracePeriodSeconds,
    Instant nextRefreshAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant retiredAt,
    @Nullable Instant retiredUntil,
    @Nullable Instant expiresAt,
    boolean expired,
    @Nullable Instant revokedAt,
    int version,
    @Nullable UUID createdBy,
    String networks,
    @Nullable Integer requestsPerMinute,
    @Nullable Integer burst,
    @Nullable Integer requestsPerDay) {

  public Set<Scope> scopes() {
    return Scope.parse(scopeText);
  }

  /** What narrows its use. */
  public Restrictions restrictions() {
    return Restrictions.stored(Networks.parse(networks), requestsPerMinute, burst, requestsPerDay);
  }

  public Duration refreshInterval() {
    return Duration.ofSeconds(refreshIntervalSeconds);
  }

  public Duration gracePeriod() {
    return Duration.ofSeconds(gracePeriodSeconds);
  }

  public boolean revoked() {
    return revokedAt != null;
  }

  /** The state of the key when it was read. */
  public ApiKeyStatus status() {
    if (revoked()) {
      return ApiKeyStatus.REVOKED;
    }
    return expired ? ApiKeyStatus.EXPIRED : ApiKeyStatus.ACTIVE;
  }
}
