package io.keyturn.user;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What a person's link was made of: who has the token may choose that person's password, once and
 * within 72 hours. An invited person joins by it, an active one gets in again.
 */
@Entity
class OneTimeLink {
  static final Duration VALID = Duration.ofHours(72);

  @Id private UUID userId;
  private UUID organisationId;
  private byte[] digest;
  private Instant expiresAt;

  protected OneTimeLink() {}

  OneTimeLink(User user, LinkToken token, Instant now) {
    this.userId = user.id();
    this.organisationId = user.organisationId();
    renew(token, now);
  }

  /** Puts another token in the place of the one before. */
  final void renew(LinkToken token, Instant now) {
    digest = token.digest();
    expiresAt = now.plus(VALID);
  }

  boolean valid(Instant now) {
    return now.isBefore(expiresAt);
  }
}
