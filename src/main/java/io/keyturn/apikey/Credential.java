package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.database.Announced;
import io.keyturn.database.BulkTable;
import io.keyturn.keyring.Keyring.DataKey;
import io.keyturn.keyring.Keyring.LookupKey;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Seal;
import io.keyturn.secret.Secret;
import io.keyturn.usage.CredentialNumber;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An issued secret of a key, numbered 1, 2, 3 …: its digest for verification and, while it is
 * current, the sealed secret. The row's MAC covers everything that a verification trusts. An
 * attacker who can write the database but lacks the lookup key can neither forge nor widen nor
 * revive a credential.
 */
@Entity
public class Credential implements Announced {
  /** The columns of a new credential. */
  static final BulkTable<Credential> ISSUED =
      BulkTable.<Credential>named("credential")
          .uuid("id", c -> c.id)
          .uuid("organisation_id", c -> c.organisationId.value())
          .uuid("api_key_id", c -> c.apiKeyId.value())
          .integer("number", c -> c.number)
          .bytes("digest", c -> c.digest)
          .uuid("lookup_key_id", c -> c.lookupKeyId)
          .bytes("sealed", c -> c.sealed)
          .uuid("data_key_id", c -> c.dataKeyId)
          .text("masked", c -> c.masked)
          .time("issued_at", c -> c.issuedAt)
          .time("accepted_until", c -> c.acceptedUntil)
          .bytes("row_mac", c -> c.rowMac)
          .text("cause", c -> c.cause);

  /** The columns that change when a credential is retired, and the key. */
  static final BulkTable<Credential> RETIRED =
      BulkTable.<Credential>named("credential")
          .time("retired_at", c -> c.retiredAt)
          .time("accepted_until", c -> c.acceptedUntil)
          .bytes("sealed", c -> c.sealed)
          .uuid("data_key_id", c -> c.dataKeyId)
          .bytes("row_mac", c -> c.rowMac)
          .uuid("id", c -> c.id);

  /** The column that says that others were told of the use of a retired secret, and the key. */
  static final BulkTable<Credential> TOLD =
      BulkTable.<Credential>named("credential")
          .time("late_use_told_at", c -> c.lateUseToldAt)
          .uuid("id", c -> c.id);

  @Id private UUID id;
  private OrganisationId organisationId;
  private ApiKeyId apiKeyId;
  private int number;
  private byte[] digest;
  private UUID lookupKeyId;
  private byte @Nullable [] sealed;
  private @Nullable UUID dataKeyId;
  private String masked;
  private Instant issuedAt;
  private @Nullable Instant retiredAt;
  private Instant acceptedUntil;
  private byte[] rowMac;

  // Text, so that a cause of a later version can be read.
  private String cause;

  // Written in bulk only, so that no change of the rest of the row takes it back.
  @Column(insertable = false, updatable = false)
  private @Nullable Instant lateUseToldAt;

  protected Credential() {}

  /** Issues a key's current credential. The seal is absent in a strict organisation. */
  Credential(
      ApiKey key,
      CredentialCause cause,
      Secret secret,
      LookupKey lookupKey,
      @Nullable DataKey dataKey,
      Instant now) {
    this.id = UUID.randomUUID();
    this.organisationId = key.organisationId();
    this.apiKeyId = key.id();
    this.number = key.currentNumber();
    this.cause = cause.name();
    this.digest = lookupKey.digest().of(secret.bytes());
    this.lookupKeyId = lookupKey.id();
    this.masked = secret.masked();
    this.issuedAt = now;
    this.acceptedUntil = key.currentAcceptedUntil();
    if (dataKey != null) {
      this.dataKeyId = dataKey.id();
      this.sealed = dataKey.seal().close(secret.bytes(), place(dataKey.id()));
    }
    this.rowMac = mac(key.granted(), lookupKey);
  }

  ApiKeyId apiKeyId() {
    return apiKeyId;
  }

  /** A change of a credential is a change of its key. */
  @Override
  public UUID announcedAs() {
    return apiKeyId.value();
  }

  public int number() {
    return number;
  }

  /** This credential as its use names it. */
  CredentialNumber named() {
    return new CredentialNumber(organisationId, apiKeyId, number);
  }

  /**
   * Whether the automatic refresh issued it. A row that does not say its cause, for an earlier
   * version wrote it, counts as issued to somebody who has the secret.
   */
  boolean automatic() {
    return cause.equals(CredentialCause.AUTOMATIC.name());
  }

  /** The secret as it may be shown to anyone who sees the key. */
  public String masked() {
    return masked;
  }

  public Instant issuedAt() {
    return issuedAt;
  }

  public Optional<Instant> retiredAt() {
    return Optional.ofNullable(retiredAt);
  }

  /** From here on this secret is not accepted. */
  public Instant acceptedUntil() {
    return acceptedUntil;
  }

  /**
   * Whether the secret is accepted at that time. A credential that was ended at once is not
   * accepted, even where the clock of the node that ended it is some milliseconds ahead of ours.
   */
  public boolean accepted(Instant now) {
    return acceptedUntil.isAfter(now) && (retiredAt == null || acceptedUntil.isAfter(retiredAt));
  }

  public Optional<UUID> dataKeyId() {
    return Optional.ofNullable(dataKeyId);
  }

  /**
   * The secret of a current credential.
   *
   * @return nothing where it was never sealed
   * @throws Seal.BrokenSeal when the row was tampered with
   */
  public Optional<Secret> open(Seal seal, String prefix) {
    if (sealed == null || dataKeyId == null) {
      return Optional.empty();
    }
    byte[] text = seal.open(sealed, place(dataKeyId));
    return Secret.parse(prefix, new String(text, StandardCharsets.US_ASCII));
  }

  /**
   * Whether we signed this row, for a key with this grant. A row that we did not sign must not be
   * signed again and must have no successor: that would make somebody else's change ours.
   */
  boolean genuine(KeyGrant granted, LookupKey lookupKey) {
    return signed(granted).genuine(lookupKey.row(), rowMac);
  }

  /** Retires this credential: destroys the sealed secret, and ends acceptance at {@code until}. */
  void retire(ApiKey key, Instant now, Instant until, LookupKey lookupKey) {
    boolean genuine = genuine(key.granted(), lookupKey);
    if (retiredAt == null) {
      retiredAt = now;
    }
    acceptedUntil = until;
    sealed = null;
    dataKeyId = null;
    if (genuine) {
      rowMac = mac(key.granted(), lookupKey);
    }
  }

  /**
   * Signs the row for the key as it is now. The acceptance of a current credential follows the
   * key's policy.
   *
   * @param before the grant of the key before the change
   */
  void signAnew(ApiKey key, KeyGrant before, LookupKey lookupKey) {
    if (!genuine(before, lookupKey)) {
      return;
    }
    if (retiredAt == null) {
      acceptedUntil = key.currentAcceptedUntil();
    }
    rowMac = mac(key.granted(), lookupKey);
  }

  /** Notes that others were told that it is used shortly before its end. */
  void toldOfLateUse(Instant now) {
    lateUseToldAt = now;
  }

  private byte[] mac(KeyGrant granted, LookupKey lookupKey) {
    return signed(granted).mac(lookupKey.row());
  }

  private SignedRow signed(KeyGrant granted) {
    return new SignedRow(
        organisationId, apiKeyId, number, retiredAt != null, granted, digest, acceptedUntil);
  }

  private byte[][] place(UUID dataKey) {
    return Stream.of("secret", organisationId, apiKeyId, number, dataKey)
        .map(part -> part.toString().getBytes(StandardCharsets.US_ASCII))
        .toArray(byte[][]::new);
  }
}
