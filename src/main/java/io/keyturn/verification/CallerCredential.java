package io.keyturn.verification;

import io.keyturn.access.Caller;
import io.keyturn.access.SecretTimes;
import io.keyturn.quota.KeyQuota.Taken;
import io.keyturn.quota.RecordedUse;
import io.keyturn.usage.CredentialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A credential of a key that may call, with the key as {@link Caller}. Read out of a genuine row
 * once, and shared by all requests for as long as the row is kept.
 *
 * @param retiredAt when the credential was refreshed; null for a current one
 * @param recordedUse what all nodes have written of the key's requests
 */
record CallerCredential(
    Caller caller, CredentialNumber number, @Nullable Instant retiredAt, RecordedUse recordedUse) {

  /**
   * Whether the secret was refreshed, and is in the last quarter of its grace period: who uses it
   * now may have missed the refresh.
   */
  boolean late(Instant now) {
    if (retiredAt == null) {
      return false;
    }
    Instant end = caller.secretExpiresAt();
    return !now.isBefore(end.minus(Duration.between(retiredAt, end).dividedBy(4)));
  }

  /** The headers of an answer to the secret: its end, and what is left of its key's quotas. */
  Map<String, String> headers(Taken quotas) {
    Map<String, String> headers = SecretTimes.headers(caller.secretExpiresAt(), retiredAt);
    headers.putAll(RateLimitHeaders.of(quotas));
    return headers;
  }
}
