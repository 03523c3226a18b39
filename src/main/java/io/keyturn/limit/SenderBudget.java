package io.keyturn.limit;

import io.keyturn.network.AddressBlock;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;

/** The failures that a sender may make on this node. A block of IPv6 addresses is one sender. */
public final class SenderBudget {
  private final Buckets<String> left;

  /**
   * Creates full budgets.
   *
   * @param capacity how many failures at once
   * @param perMinute how many more failures a minute
   */
  public SenderBudget(int capacity, int perMinute) {
    left = new Buckets<>(capacity, perMinute);
  }

  /** Whether the sender at this address has no failure left. */
  public boolean spent(String address) {
    return secondsToWait(address) > 0;
  }

  /** Counts a failure. */
  public void failed(String address) {
    left.take(AddressBlock.budgetKey(address));
  }

  /**
   * The refusal of a sender without a budget: 429, with the time until the sender has a budget
   * again.
   */
  public ProblemException refusal(String address, String detail) {
    return new ProblemException(ProblemType.RATE_LIMITED, detail)
        .header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfterSeconds(address)));
  }

  /** After how many seconds a sender whose budget is spent has a failure again; at least 1. */
  public long retryAfterSeconds(String address) {
    return Math.max(secondsToWait(address), 1);
  }

  private long secondsToWait(String address) {
    return left.secondsToWait(AddressBlock.budgetKey(address));
  }
}
