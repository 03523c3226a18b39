package io.keyturn.verification;

import io.keyturn.access.Caller;
import io.keyturn.access.Scope;
import io.keyturn.apikey.KeyGrant;
import io.keyturn.apikey.SignedRow;
import io.keyturn.quota.RecordedUse;
import io.keyturn.secret.Hmac;
import io.keyturn.usage.CredentialNumber;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A credential with its key and organisation, as one query reads them for verification. */
public record CredentialRecord(
    byte[] digest,
    byte[] rowMac,
    int number,
    @Nullable Instant retiredAt,
    Instant acceptedUntil,
    UUID keyId,
    String keyName,
    String environment,
    Instant nextRefreshAt,
    KeyGrant granted,
    RecordedUse spent,
    @Nullable Instant revokedAt,
    UUID organisationId,
    String organisationDomain,
    String organisationName,
    @Nullable Instant suspendedAt) {

  /** Whether the row is one that we signed, with just these facts. */
  boolean genuine(Hmac rowKey) {
    return new SignedRow(
            organisationId, keyId, number, retiredAt != null, granted, digest, acceptedUntil)
        .genuine(rowKey, rowMac);
  }

  /**
   * What the credential is worth at that time.
   *
   * @param caller what {@link #caller} says
   */
  Verification at(Instant now, Caller caller) {
    if (suspendedAt != null) {
      return new Verification.Unknown();
    }
    CredentialNumber credential = new CredentialNumber(organisationId, keyId, number);
    if (revokedAt != null) {
      return new Verification.Revoked(credential, revokedAt);
    }
    Instant expiresAt = granted.expiresAt();
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      return new Verification.KeyExpired(credential, expiresAt);
    }
    if (acceptedUntil.isAfter(now)) {
      return new Verification.Accepted(caller, retiredAt, spent);
    }
    return retiredAt == null
        ? new Verification.Expired(credential, acceptedUntil)
        : new Verification.Refreshed(credential, retiredAt);
  }

  /** The key as a caller. Only for a row that is genuine. */
  Caller caller() {
    return new Caller(
        organisationId,
        organisationDomain,
        organisationName,
        keyId,
        keyName,
        environment,
        Scope.parse(granted.scopes()),
        number,
        acceptedUntil,
        nextRefreshAt,
        granted.restrictions());
  }
}
