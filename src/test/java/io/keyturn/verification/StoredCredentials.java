package io.keyturn.verification;

import io.keyturn.access.ApiKeyId;
import io.keyturn.apikey.KeyGrant;
import io.keyturn.apikey.SignedRow;
import io.keyturn.apikey.SignedRows;
import io.keyturn.keyring.Keyring.LookupKey;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.quota.RecordedUse;
import io.keyturn.secret.Secret;
import io.keyturn.secret.SecretDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows that a database would have, in memory. */
final class StoredCredentials extends CredentialRows {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final LookupKey lookupKey;
  private final Map<SecretDigest, CredentialRecord> rows = new HashMap<>();

  /** How many times the database was asked. */
  int asked;

  StoredCredentials(LookupKey lookupKey) {
    this.lookupKey = lookupKey;
  }

  /**
   * What may be wrong with a credential, and what narrows its key.
   *
   * @param forged whether somebody else wrote the row
   */
  record Wish(
      KeyGrant grant,
      Instant acceptedUntil,
      @Nullable Instant retiredAt,
      @Nullable Instant revokedAt,
      @Nullable Instant suspendedAt,
      boolean forged) {
    static final Wish ACTIVE =
        new Wish(
            new KeyGrant("suppliers:read", "", null, null, null, null, ""),
            NOW.plus(Duration.ofHours(25)),
            null,
            null,
            null,
            false);

    Wish grant(KeyGrant wanted) {
      return new Wish(wanted, acceptedUntil, retiredAt, revokedAt, suspendedAt, forged);
    }

    Wish networks(String networks) {
      return grant(new KeyGrant(grant.scopes(), networks, null, null, null, null, ""));
    }

    Wish expiresAt(Instant time) {
      return grant(new KeyGrant(grant.scopes(), "", null, null, null, time, ""));
    }

    Wish perMinute(int requests) {
      return grant(new KeyGrant(grant.scopes(), "", requests, null, null, null, ""));
    }

    Wish perDay(int requests) {
      return grant(new KeyGrant(grant.scopes(), "", null, null, requests, null, ""));
    }

    Wish acceptedUntil(Instant time) {
      return new Wish(grant, time, retiredAt, revokedAt, suspendedAt, forged);
    }

    Wish retiredAt(Instant time) {
      return new Wish(grant, acceptedUntil, time, revokedAt, suspendedAt, forged);
    }

    Wish revokedAt(Instant time) {
      return new Wish(grant, acceptedUntil, retiredAt, time, suspendedAt, forged);
    }

    Wish suspendedAt(Instant time) {
      return new Wish(grant, acceptedUntil, retiredAt, revokedAt, time, forged);
    }

    Wish forgedRow() {
      return new Wish(grant, acceptedUntil, retiredAt, revokedAt, suspendedAt, true);
    }
  }

  /** Stores a credential of a new key in the organisation {@code demo}; answers its secret. */
  String secret(UnaryOperator<Wish> wish) {
    Secret secret = Secret.random("kt", "live");
    byte[] digest = lookupKey.digest().of(secret.bytes());
    Wish wished = wish.apply(Wish.ACTIVE);
    OrganisationId organisation = new OrganisationId(new UUID(1, 1));
    ApiKeyId key = ApiKeyId.random();
    byte[] mac =
        SignedRows.mac(
            new SignedRow(
                organisation,
                key,
                7,
                wished.retiredAt() != null,
                wished.grant(),
                digest,
                wished.forged() ? wished.acceptedUntil().minusSeconds(1) : wished.acceptedUntil()),
            lookupKey.row());
    rows.put(
        new SecretDigest(digest),
        new CredentialRecord(
            digest,
            mac,
            7,
            wished.retiredAt(),
            wished.acceptedUntil(),
            key,
            "ERP",
            "live",
            NOW.plus(Duration.ofHours(24)),
            wished.grant(),
            new RecordedUse(null, null, null),
            wished.revokedAt(),
            organisation,
            "demo",
            "Demo",
            wished.suspendedAt()));
    return secret.reveal();
  }

  /** The row of a stored secret. */
  CredentialRecord row(String secret) {
    byte[] digest = lookupKey.digest().of(Secret.parse("kt", secret).orElseThrow().bytes());
    return Optional.ofNullable(rows.get(new SecretDigest(digest))).orElseThrow();
  }

  @Override
  Optional<CredentialRecord> byDigest(byte[] digest) {
    asked++;
    return Optional.ofNullable(rows.get(new SecretDigest(digest)));
  }

  @Override
  Map<SecretDigest, CredentialRecord> byDigests(List<SecretDigest> digests) {
    asked++;
    return digests.stream()
        .filter(rows::containsKey)
        .collect(
            Collectors.toMap(
                digest -> digest, digest -> Optional.ofNullable(rows.get(digest)).orElseThrow()));
  }

  @Override
  Optional<CredentialRecord> current(OrganisationId organisationId, ApiKeyId keyId) {
    asked++;
    return rows.values().stream()
        .filter(row -> row.organisationId().equals(organisationId) && row.keyId().equals(keyId))
        .findFirst();
  }
}
