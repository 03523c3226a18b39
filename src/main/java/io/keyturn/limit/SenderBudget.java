package io.keyturn.limit;

import io.keyturn.network.AddressBlock;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;

/** How many failures a sender may have, on this node. A block of IPv6 is one sender. */
public final class SenderBudget {
  private final Buckets<String> left;

  /**
   * Begins with budgets that are full.
   *
   * @param capacity how many failures at once
   * @param perMinute how many more a minute
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

  /** The refusal of a sender whose budget is spent: 429, with the time until it has one again. */
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
