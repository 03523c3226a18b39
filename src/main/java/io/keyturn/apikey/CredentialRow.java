package io.keyturn.apikey;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A credential of a key as lists show it.
 *
 * @param cause the name of a {@link CredentialCause}; another text where another version wrote it
 * @param issuedAt when it was created
 * @param retiredAt when its successor was issued or the key was revoked; null while it is current
 * @param acceptedUntil from here on its secret is not accepted
 * @param accepted whether its secret was accepted when the row was read
 * @param lastUsedAt when its secret was last accepted, some seconds late
 */
public record CredentialRow(
    int number,
    String cause,
    String masked,
    Instant issuedAt,
    @Nullable Instant retiredAt,
    Instant acceptedUntil,
    boolean accepted,
    @Nullable Instant lastUsedAt) {

  /** Whether it is the key's current credential. */
  public boolean current() {
    return retiredAt == null;
  }

  /** Why it was issued, as people read it. */
  public String why() {
    return switch (cause.toUpperCase(Locale.ROOT)) {
      case "CREATED" -> "with the key";
      case "AUTOMATIC" -> "by the automatic refresh";
      case "MANUAL" -> "by a refresh";
      case "LEAKED" -> "because the secret before leaked";
      case "RENEWAL" -> "by a renewal credential";
      default -> "by a refresh";
    };
  }
}
