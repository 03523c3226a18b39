package io.keyturn.user.invitation;

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
 * What a person's link was made of: who has the token may choose that person's password, once and
 * within 72 hours. An invited person joins by it, an active one gets in again.
 */
@Entity
public class OneTimeLink {
  static final Duration VALID = Duration.ofHours(72);

  @Id private UUID userId;
  private UUID organisationId;
  private byte[] digest;
  private Instant expiresAt;
  private byte @Nullable [] rowMac;

  protected OneTimeLink() {}

  OneTimeLink(User user, LinkToken token, Instant now, Hmac key) {
    this.userId = user.id();
    this.organisationId = user.organisationId();
    renew(user, token, now, key);
  }

  /** Puts another token in the place of the one before. */
  final void renew(User user, LinkToken token, Instant now, Hmac key) {
    digest = token.digest();
    expiresAt = now.plus(VALID);
    sign(user, key);
  }

  /** Whether the row is as we wrote it, and for the person as they are now. */
  public boolean genuine(User user, Hmac key) {
    return RowMac.equal(mac(user, key), rowMac);
  }

  /** Signs the row as it is, whoever wrote it. */
  public final void sign(User user, Hmac key) {
    rowMac = mac(user, key);
  }

  /** The person's stamp is in it, so that a row which was used up cannot be put back. */
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

  /** What tells this row, as it is, from others in a list of those that were told of. */
  public UUID tellAs() {
    return UUID.nameUUIDFromBytes(digest);
  }

  boolean valid(Instant now) {
    return now.isBefore(expiresAt);
  }
}
