package io.keyturn.verification;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Caller;
import io.keyturn.access.Scope;
import io.keyturn.apikey.KeyGrant;
import io.keyturn.apikey.SignedRow;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.quota.RecordedUse;
import io.keyturn.secret.Hmac;
import io.keyturn.usage.CredentialNumber;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A credential with its key and organisation, as one query reads them for verification. */
public record CredentialRecord(
    byte[] digest,
    byte[] rowMac,
    int number,
    @Nullable Instant retiredAt,
    Instant acceptedUntil,
    ApiKeyId keyId,
    String keyName,
    String environment,
    Instant nextRefreshAt,
    KeyGrant granted,
    RecordedUse spent,
    @Nullable Instant revokedAt,
    OrganisationId organisationId,
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
   * Why the credential is not accepted at that time; nothing while it is.
   *
   * @param number which credential it is
   */
  Optional<Verification.Refused> refusal(CredentialNumber number, Instant now) {
    if (suspendedAt != null) {
      return Optional.of(new Verification.Unknown());
    }
    if (revokedAt != null) {
      return Optional.of(new Verification.Revoked(number, revokedAt));
    }
    Instant expiresAt = granted.expiresAt();
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      return Optional.of(new Verification.KeyExpired(number, expiresAt));
    }
    if (acceptedUntil.isAfter(now)) {
      return Optional.empty();
    }
    return Optional.of(
        retiredAt == null
            ? new Verification.Expired(number, acceptedUntil)
            : new Verification.Refreshed(number, retiredAt));
  }

  /** The credential of the key as a caller. Only for a row that is genuine. */
  CallerCredential credential() {
    return new CallerCredential(
        caller(), new CredentialNumber(organisationId, keyId, number), retiredAt, spent);
  }

  private Caller caller() {
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
