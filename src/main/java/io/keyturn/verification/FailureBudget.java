package io.keyturn.verification;

import io.keyturn.platform.Buckets;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * How many wrong secrets an address may send: 100 at once, refilled at 60 a minute. When they are
 * spent, secrets from that address that are not known to be right are refused unread.
 */
@ApplicationScoped
class FailureBudget {
  private final Buckets<String> left = new Buckets<>(100, 60);

  boolean spent(String address) {
    return left.secondsToWait(address) > 0;
  }

  void failed(String address) {
    left.take(address);
  }
}
