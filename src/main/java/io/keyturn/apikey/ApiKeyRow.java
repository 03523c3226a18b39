package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.LocationLimit;
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
 * @param scopeText its scopes, separated by spaces
 * @param masked the current secret, masked; null when it is forgotten, 30 days after the key was
 *     revoked
 * @param acceptedUntil when the current secret stops working
 * @param refreshIntervalSeconds from one automatic refresh to the next
 * @param gracePeriodSeconds how long the previous secret stays accepted after a refresh
 * @param lastUsedAt when a secret of the key was last accepted, some seconds late
 * @param retiredAt when the previous secret was refreshed; null when it is no longer accepted
 * @param retiredUntil until when the previous secret is accepted; null when it is no longer
 *     accepted
 * @param expired whether the planned end had passed when the key was read
 * @param createdBy the person or key that created the key or took it over
 * @param locationText the locations to which the key is limited, as stored; empty for no limit
 * @param networks the CIDR blocks from which the key may be used, as stored; empty for everywhere
 */
public record ApiKeyRow(
    ApiKeyId id,
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
    @Nullable Integer requestsPerDay,
    String locationText) {

  public Set<Scope> scopes() {
    return Scope.parse(scopeText);
  }

  /** The restrictions of its use. */
  public Restrictions restrictions() {
    return Restrictions.stored(
        Networks.parse(networks), requestsPerMinute, burst, requestsPerDay, locations());
  }

  /** The locations to which it is limited. */
  public LocationLimit locations() {
    return LocationLimit.parse(locationText);
  }

  public Duration refreshInterval() {
    return Duration.ofSeconds(refreshIntervalSeconds);
  }

  public Duration gracePeriod() {
    return Duration.ofSeconds(gracePeriodSeconds);
  }

  /** Whether its next automatic refresh comes. A key that ends before needs no further secret. */
  public boolean refreshing() {
    return status() == ApiKeyStatus.ACTIVE
        && (expiresAt == null || nextRefreshAt.isBefore(expiresAt));
  }

  /** When the key was revoked or expired; null while it works. */
  public @Nullable Instant endedAt() {
    return revoked() ? revokedAt : expired ? expiresAt : null;
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
