package io.keyturn.renewal;

import io.keyturn.access.ApiKeyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key has a renewal credential.
 *
 * @param on the credential; null when renewal is switched off
 */
public record RenewalState(ApiKeyId keyId, String keyName, boolean revoked, @Nullable On on) {

  /**
   * A credential that is switched on.
   *
   * @param masked its secret, masked
   * @param networks the CIDR blocks from which it may be used, or nothing for all
   * @param lastUsedAt when it was last used, some seconds late
   */
  public record On(
      String masked,
      String networks,
      Instant createdAt,
      String createdByName,
      @Nullable Instant lastUsedAt) {

    static On of(RenewalCredential credential) {
      return new On(
          credential.masked(),
          credential.networks().toString(),
          credential.createdAt(),
          credential.createdByName(),
          credential.lastUsedAt());
    }
  }
}
