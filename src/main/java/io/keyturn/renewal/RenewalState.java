package io.keyturn.renewal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key has a renewal credential.
 *
 * @param revoked whether the key is revoked, so that nothing can be changed
 * @param on the credential, if it is switched on
 */
public record RenewalState(UUID keyId, String keyName, boolean revoked, @Nullable On on) {

  /**
   * A credential that is switched on.
   *
   * @param masked its secret as it may be shown
   * @param networks the CIDR blocks from which it may be used, or nothing for all
   * @param lastUsedAt some seconds late
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
