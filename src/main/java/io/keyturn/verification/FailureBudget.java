package io.keyturn.verification;

import io.keyturn.limit.SenderBudget;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;

/** How many wrong secrets an address may send: 100 at once, refilled at 60 a minute. */
@ApplicationScoped
class FailureBudget {
  private final SenderBudget left = new SenderBudget(100, 60);

  boolean spent(String address) {
    return left.spent(address);
  }

  /**
   * Counts a wrong secret.
   *
   * @throws ProblemException 429 when the address had none left
   */
  void failed(String address) {
    if (left.spent(address)) {
      throw refusal(address);
    }
    left.failed(address);
  }

  ProblemException refusal(String address) {
    return left.refusal(address, "Too many wrong secrets came from this address.");
  }
}
