package io.keyturn.renewal;

import io.keyturn.access.ApiKeyId;
import io.keyturn.apikey.ApiKey;
import io.keyturn.audit.Actor;
import io.keyturn.database.Announced;
import io.keyturn.keyring.Keyring.LookupKey;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Hmac;
import io.keyturn.secret.Secret;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * A credential that fetches a key's current secret over OAuth 2.0. Only a digest of its secret is
 * kept. The row's MAC covers everything that a renewal trusts. An attacker who can write the
 * database but lacks the lookup key can neither forge nor widen nor revive a renewal credential.
 */
@Entity
@DynamicUpdate
public class RenewalCredential implements Announced {
  @Id private UUID id;
  private OrganisationId organisationId;
  private ApiKeyId apiKeyId;
  private @Nullable ApiKeyId activeApiKeyId;
  private byte[] digest;
  private UUID lookupKeyId;
  private String masked;
  private String networks;
  private Instant createdAt;
  private @Nullable UUID createdBy;
  private String createdByName;
  private @Nullable Instant lastUsedAt;
  private @Nullable Instant endedAt;
  private byte[] rowMac;

  protected RenewalCredential() {}

  RenewalCredential(
      ApiKey key,
      Secret secret,
      Networks networks,
      LookupKey lookupKey,
      Actor creator,
      Instant now) {
    this.id = UUID.randomUUID();
    this.organisationId = key.organisationId();
    this.apiKeyId = key.id();
    this.activeApiKeyId = key.id();
    this.digest = lookupKey.digest().of(secret.bytes());
    this.lookupKeyId = lookupKey.id();
    this.masked = secret.masked();
    this.networks = networks.toString();
    this.createdAt = now;
    this.createdBy = creator.id();
    this.createdByName = creator.name();
    this.rowMac = mac(lookupKey.row());
  }

  UUID id() {
    return id;
  }

  /** A change of a renewal credential is a change of its key. */
  @Override
  public UUID announcedAs() {
    return apiKeyId.value();
  }

  /** The masked secret, for everybody who may see the key. */
  String masked() {
    return masked;
  }

  /** The networks from which it may be used. */
  Networks networks() {
    return Networks.parse(networks);
  }

  Instant createdAt() {
    return createdAt;
  }

  String createdByName() {
    return createdByName;
  }

  /** When it was last used, some seconds late. */
  @Nullable Instant lastUsedAt() {
    return lastUsedAt;
  }

  /** Whether we signed this row with exactly these facts. */
  boolean genuine(LookupKey lookupKey) {
    return MessageDigest.isEqual(mac(lookupKey.row()), rowMac);
  }

  /** Whether this is the credential's secret; compared in constant time. */
  boolean matches(Secret secret, LookupKey lookupKey) {
    return MessageDigest.isEqual(lookupKey.digest().of(secret.bytes()), digest);
  }

  /** Ends this credential for good. */
  void end(Instant now, LookupKey lookupKey) {
    endedAt = now;
    activeApiKeyId = null;
    rowMac = mac(lookupKey.row());
  }

  /** Replaces the networks from which it may be used. */
  void limitTo(Networks wanted, LookupKey lookupKey) {
    networks = wanted.toString();
    rowMac = mac(lookupKey.row());
  }

  private byte[] mac(Hmac hmac) {
    byte[] facts =
        String.join(
                "|",
                "renewal",
                id.toString(),
                organisationId.toString(),
                apiKeyId.toString(),
                // Existing rows are signed with this word. Another word would invalidate them.
                endedAt == null ? "living" : "ended",
                networks)
            .getBytes(StandardCharsets.US_ASCII);
    return hmac.ofParts(facts, digest);
  }
}
