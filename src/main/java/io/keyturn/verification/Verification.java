package io.keyturn.verification;

import io.keyturn.access.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a secret that somebody sent. */
sealed interface Verification {

  /**
   * It is accepted.
   *
   * @param retiredAt when it was refreshed, if it is in its grace period
   */
  record Accepted(Caller caller, @Nullable Instant retiredAt) implements Verification {}

  /** Nothing is known of it, or it belongs to another organisation than the Host's. */
  record Unknown() implements Verification {}

  /** It was refreshed, and its grace period is over. */
  record Refreshed(Instant at) implements Verification {}

  /** It reached its end before its successor was made. */
  record Expired(Instant at) implements Verification {}

  /** Its key was revoked. */
  record Revoked(Instant at) implements Verification {}

  /** Its key has reached its planned end. */
  record KeyExpired(Instant at) implements Verification {}
}
