package io.keyturn.verification;

import io.keyturn.access.Caller;
import io.keyturn.access.Scope;
import io.keyturn.apikey.Credential;
import io.keyturn.secret.Hmac;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A credential with its key and organisation, as one query reads them for verification. */
public record KnownCredential(
    byte[] digest,
    byte[] rowMac,
    int number,
    @Nullable Instant retiredAt,
    Instant acceptedUntil,
    UUID keyId,
    String keyName,
    String environment,
    String scopes,
    Instant nextRefreshAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    UUID organisationId,
    String organisationDomain,
    String organisationName,
    @Nullable Instant suspendedAt) {

  /** Whether the row is one that we signed, with just these facts. */
  boolean genuine(Hmac rowKey) {
    byte[] expected =
        Credential.mac(
            rowKey,
            organisationId,
            keyId,
            number,
            retiredAt != null,
            scopes,
            digest,
            acceptedUntil);
    return MessageDigest.isEqual(expected, rowMac);
  }

  /** What the credential is worth at that time. */
  Verification at(Instant now) {
    if (suspendedAt != null) {
      return new Verification.Unknown();
    }
    CredentialNumber credential = new CredentialNumber(organisationId, keyId, number);
    if (revokedAt != null) {
      return new Verification.Revoked(credential, revokedAt);
    }
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      return new Verification.KeyExpired(credential, expiresAt);
    }
    if (acceptedUntil.isAfter(now)) {
      return new Verification.Accepted(caller(), retiredAt);
    }
    return retiredAt == null
        ? new Verification.Expired(credential, acceptedUntil)
        : new Verification.Refreshed(credential, retiredAt);
  }

  private Caller caller() {
    return new Caller(
        organisationId,
        organisationDomain,
        organisationName,
        keyId,
        keyName,
        environment,
        Scope.parse(scopes),
        number,
        acceptedUntil,
        nextRefreshAt);
  }
}
