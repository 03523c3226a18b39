package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Interner;
import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Caller;
import io.keyturn.access.Scope;
import io.keyturn.apikey.KeyGrant;
import io.keyturn.apikey.SignedRow;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.quota.RecordedUse;
import io.keyturn.secret.Hmac;
import io.keyturn.secret.SecretDigest;
import io.keyturn.usage.CredentialNumber;
import java.time.Instant;
import java.util.Collections;
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
  private static final Interner<Object> SHARED = Interner.newWeakInterner();

  /** Whether the row is one that we signed, with just these facts. */
  boolean genuine(Hmac rowKey) {
    return new SignedRow(
            organisationId, keyId, number, retiredAt != null, granted, digest, acceptedUntil)
        .genuine(rowKey, rowMac);
  }

  /** What the row says. Only for a row that is genuine. */
  KnownCredential known() {
    Caller caller = caller();
    return new KnownCredential(
        new CallerCredential(
            caller, new CredentialNumber(caller.organisationId(), keyId, number), retiredAt, spent),
        new SecretDigest(digest),
        granted.expiresAt(),
        revokedAt,
        suspendedAt);
  }

  private Caller caller() {
    return new Caller(
        shared(organisationId),
        shared(organisationDomain),
        shared(organisationName),
        keyId,
        keyName,
        shared(environment),
        shared(Collections.unmodifiableSet(Scope.parse(granted.scopes()))),
        number,
        acceptedUntil,
        nextRefreshAt,
        shared(granted.restrictions()));
  }

  /** Keys of one organisation are alike in much, of which each would have a copy of its own. */
  @SuppressWarnings("unchecked") // What is equal here has the same class.
  private static <T> T shared(T value) {
    return (T) SHARED.intern(value);
  }
}
