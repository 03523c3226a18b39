package io.keyturn.verification;

import io.keyturn.access.Caller;
import io.keyturn.quota.RecordedUse;
import io.keyturn.usage.CredentialNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a secret that somebody sent. */
sealed interface Verification {

  /**
   * It is accepted.
   *
   * @param retiredAt when it was refreshed, if it is in its grace period
   * @param spent what was written of the key's requests
   */
  record Accepted(Caller caller, @Nullable Instant retiredAt, RecordedUse spent)
      implements Verification {
    CredentialNumber credential() {
      return new CredentialNumber(caller.organisationId(), caller.keyId(), caller.secretNumber());
    }
  }

  /** Nothing is known of it, or it belongs to another organisation than the Host's. */
  record Unknown() implements Verification {}

  /** It once was accepted. */
  sealed interface Ended extends Verification {
    CredentialNumber credential();
  }

  /** It was refreshed, and its grace period is over. */
  record Refreshed(CredentialNumber credential, Instant at) implements Ended {}

  /** It reached its end before its successor was made. */
  record Expired(CredentialNumber credential, Instant at) implements Ended {}

  /** Its key was revoked. */
  record Revoked(CredentialNumber credential, Instant at) implements Ended {}

  /** Its key has reached its planned end. */
  record KeyExpired(CredentialNumber credential, Instant at) implements Ended {}
}
