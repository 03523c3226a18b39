package io.keyturn.verification;

import io.keyturn.limit.SenderBudget;
import jakarta.enterprise.context.ApplicationScoped;

/** How many wrong secrets an address may send: 100 at once, refilled at 60 a minute. */
@ApplicationScoped
class WrongSecretBudget {
  private final SenderBudget left = new SenderBudget(100, 60);

  /** Whether the address has sent as many as it may. */
  boolean spent(String address) {
    return left.spent(address);
  }

  /** Counts a wrong secret: it is unknown, or one too many. */
  Verification wrong(String address) {
    if (left.spent(address)) {
      return tooMany(address);
    }
    left.failed(address);
    return new Verification.Unknown();
  }

  /** The refusal of an address that has sent as many as it may. */
  Verification tooMany(String address) {
    return new Verification.TooManyFailures(left.retryAfterSeconds(address));
  }
}
