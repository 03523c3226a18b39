package io.keyturn.apikey;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.network.Networks;
import jakarta.persistence.Embeddable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The grant that the MACs of a key's credentials cover, as it is stored. Nothing of it may be
 * trusted or even parsed before the MAC is verified.
 *
 * @param scopes codes separated by spaces
 * @param networks CIDR blocks separated by spaces
 * @param locations ids separated by spaces; empty for all locations
 */
@Embeddable
public record KeyGrant(
    String scopes,
    String networks,
    @Nullable Integer requestsPerMinute,
    @Nullable Integer burst,
    @Nullable Integer requestsPerDay,
    @Nullable Instant expiresAt,
    String locations) {

  /** The grant of a new key. */
  static KeyGrant of(Set<Scope> scopes, Restrictions restrictions, @Nullable Instant expiresAt) {
    return new KeyGrant(Scope.format(scopes), "", null, null, null, expiresAt, "")
        .with(restrictions);
  }

  KeyGrant with(Set<Scope> wanted) {
    return new KeyGrant(
        Scope.format(wanted),
        networks,
        requestsPerMinute,
        burst,
        requestsPerDay,
        expiresAt,
        locations);
  }

  KeyGrant with(Restrictions wanted) {
    return new KeyGrant(
        scopes,
        wanted.networks().toString(),
        wanted.requestsPerMinute(),
        wanted.burst(),
        wanted.requestsPerDay(),
        expiresAt,
        wanted.locations().toString());
  }

  /** The same grant with another planned end, or with none. */
  KeyGrant until(@Nullable Instant end) {
    return new KeyGrant(scopes, networks, requestsPerMinute, burst, requestsPerDay, end, locations);
  }

  /**
   * Whether the row may have been signed before restrictions existed, over the scopes alone. Such a
   * row is valid only while its key has no more than was possible then: scopes and a planned end.
   */
  boolean couldBeOld() {
    return expiresAt != null && unrestricted();
  }

  /** Whether the grant has only scopes. Its MAC is the same as before restrictions existed. */
  boolean scopesOnly() {
    return expiresAt == null && unrestricted();
  }

  private boolean unrestricted() {
    return networks.isEmpty()
        && requestsPerMinute == null
        && burst == null
        && requestsPerDay == null
        && locations.isEmpty();
  }

  /**
   * Everything but the scopes, as bytes that no other grant has. Without locations they are as
   * before keys could be limited to locations.
   */
  byte[] restrictionBytes() {
    String others =
        String.join(
            "|",
            "restrictions",
            networks,
            String.valueOf(requestsPerMinute),
            String.valueOf(burst),
            String.valueOf(requestsPerDay),
            String.valueOf(expiresAt));
    return (locations.isEmpty() ? others : others + "|" + locations)
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The restrictions of a row whose MAC was verified.
   *
   * @throws io.keyturn.problem.ProblemException where the stored text is not in the form that we
   *     write
   */
  public Restrictions restrictions() {
    return Restrictions.stored(
        Networks.parse(networks),
        requestsPerMinute,
        burst,
        requestsPerDay,
        LocationLimit.parse(locations));
  }
}
