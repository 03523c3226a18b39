package io.keyturn.apikey;

import io.keyturn.access.Restrictions;
import io.keyturn.network.Networks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a key's credentials are signed for, as it is stored: nothing of it is to be trusted, nor
 * even read, before the signature is.
 *
 * @param scopes codes with spaces between
 * @param networks CIDR blocks with spaces between
 */
public record KeyGrant(
    String scopes,
    String networks,
    @Nullable Integer requestsPerMinute,
    @Nullable Integer burst,
    @Nullable Integer requestsPerDay,
    @Nullable Instant expiresAt) {

  /**
   * What was signed before restrictions were: the scopes alone. Rows of that time stay valid, but
   * only those of keys that still have no more than they could have then: a planned end.
   */
  boolean couldBeOld() {
    return expiresAt != null
        && networks.isEmpty()
        && requestsPerMinute == null
        && burst == null
        && requestsPerDay == null;
  }

  /** Whether there is nothing but scopes, which is signed as it always was. */
  boolean scopesOnly() {
    return expiresAt == null
        && networks.isEmpty()
        && requestsPerMinute == null
        && burst == null
        && requestsPerDay == null;
  }

  /** All but the scopes, in bytes that say nothing else of any other key. */
  byte[] restrictionBytes() {
    return String.join(
            "|",
            "restrictions",
            networks,
            String.valueOf(requestsPerMinute),
            String.valueOf(burst),
            String.valueOf(requestsPerDay),
            String.valueOf(expiresAt))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The restrictions, of a row whose signature was verified.
   *
   * @throws io.keyturn.problem.ProblemException where they are not as we write them
   */
  public Restrictions restrictions() {
    return Restrictions.stored(Networks.parse(networks), requestsPerMinute, burst, requestsPerDay);
  }
}
