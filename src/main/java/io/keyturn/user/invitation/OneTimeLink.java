package io.keyturn.user.invitation;

import io.keyturn.access.PersonId;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Hmac;
import io.keyturn.user.RowMac;
import io.keyturn.user.User;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stored part of a person's one-time link. With the token, an invited person joins and an
 * active person chooses a new password, once and within 72 hours.
 */
@Entity
public class OneTimeLink {
  static final Duration VALID = Duration.ofHours(72);

  @Id private PersonId userId;
  private OrganisationId organisationId;
  private byte[] digest;
  private Instant expiresAt;
  private byte @Nullable [] rowMac;

  protected OneTimeLink() {}

  OneTimeLink(User user, LinkToken token, Instant now, Hmac key) {
    this.userId = user.id();
    this.organisationId = user.organisationId();
    renew(user, token, now, key);
  }

  /** Replaces the token with a new token. */
  final void renew(User user, LinkToken token, Instant now, Hmac key) {
    digest = token.digest();
    expiresAt = now.plus(VALID);
    sign(user, key);
  }

  /** Whether this application wrote the row for the person in their present state. */
  public boolean genuine(User user, Hmac key) {
    return RowMac.equal(mac(user, key), rowMac);
  }

  /** Signs the row with its present content, without checking it. */
  public final void sign(User user, Hmac key) {
    rowMac = mac(user, key);
  }

  /** The MAC includes the person's session stamp, so that a used row cannot be put back. */
  private byte[] mac(User user, Hmac key) {
    return RowMac.of(
        key,
        "one_time_link",
        userId,
        organisationId,
        HexFormat.of().formatHex(digest),
        expiresAt,
        user.sessionStamp());
  }

  /** Identifies this version of the row in the list of reported rows. */
  public UUID tellAs() {
    return UUID.nameUUIDFromBytes(digest);
  }

  boolean valid(Instant now) {
    return now.isBefore(expiresAt);
  }
}
