package io.keyturn.keyring;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A key that protects secrets, wrapped under the root key. */
@Entity
class CryptoKey {
  /** The purpose of a key. */
  enum Purpose {
    /** For digests of secrets and the MACs of their rows; one key for all organisations. */
    LOOKUP,
    /** For the MACs of the audit log; one key for all organisations. */
    AUDIT,
    /** For the sealed secrets of one organisation. */
    DATA
  }

  @Id private UUID id;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private Purpose purpose;

  private @Nullable UUID organisationId;
  private String rootId;
  private byte[] wrapped;
  private Instant createdAt;

  protected CryptoKey() {}

  CryptoKey(
      UUID id,
      Purpose purpose,
      @Nullable UUID organisationId,
      String rootId,
      byte[] wrapped,
      Instant createdAt) {
    this.id = id;
    this.purpose = purpose;
    this.organisationId = organisationId;
    this.rootId = rootId;
    this.wrapped = wrapped;
    this.createdAt = createdAt;
  }

  UUID id() {
    return id;
  }

  Purpose purpose() {
    return purpose;
  }

  String rootId() {
    return rootId;
  }

  byte[] wrapped() {
    return wrapped;
  }

  /** Replaces the wrapping of this key by another wrapping of the same key. */
  void wrapAnew(String newRootId, byte[] newWrapped) {
    rootId = newRootId;
    wrapped = newWrapped;
  }
}
