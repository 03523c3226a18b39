package io.keyturn.verification;

import io.keyturn.secret.SecretDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a genuine row says of a credential; its deadlines are compared with the clock at each use.
 *
 * @param digest the digest of its secret
 * @param expiresAt the planned end of the key, if there is one
 * @param revokedAt when the key was revoked, if it was
 * @param suspendedAt when the organisation was suspended, if it is
 */
record KnownCredential(
    CallerCredential credential,
    SecretDigest digest,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant suspendedAt)
    implements CredentialCache.OfKey {

  /** Whether the key belongs to an organisation, where one is named. */
  boolean belongsTo(Optional<String> organisation) {
    return organisation.isEmpty()
        || organisation.get().equals(credential.caller().organisationDomain());
  }

  /** Why the secret is not accepted at that time; nothing while it is. */
  Optional<Verification.Refused> refusal(Instant now) {
    if (suspendedAt != null) {
      return Optional.of(new Verification.Unknown());
    }
    if (revokedAt != null) {
      return Optional.of(new Verification.Revoked(credential.number(), revokedAt));
    }
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      return Optional.of(new Verification.KeyExpired(credential.number(), expiresAt));
    }
    Instant acceptedUntil = credential.caller().secretExpiresAt();
    if (acceptedUntil.isAfter(now)) {
      return Optional.empty();
    }
    Instant retiredAt = credential.retiredAt();
    return Optional.of(
        retiredAt == null
            ? new Verification.Expired(credential.number(), acceptedUntil)
            : new Verification.Refreshed(credential.number(), retiredAt));
  }

  @Override
  public UUID announcedKey() {
    return credential.caller().keyId().value();
  }

  @Override
  public UUID announcedOrganisation() {
    return credential.caller().organisationId().value();
  }
}
