package io.keyturn.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import org.junit.jupiter.api.Test;

class SenderBudgetTest {
  /** A site has 2^64 addresses. The budget grows too slowly for a slow machine to matter. */
  @Test
  void addressesOfOneBlockOfIpv6ShareTheirFailures() {
    SenderBudget budget = new SenderBudget(300, 1);
    for (int i = 0; i < 300; i++) {
      assertThat(budget.spent("2001:db8:1:2::" + Integer.toHexString(i))).isFalse();
      budget.failed("2001:db8:1:2::" + Integer.toHexString(i));
    }

    assertThat(budget.spent("2001:db8:1:2:ffff::9")).isTrue();
    assertThat(budget.spent("2001:db8:1:3::1")).as("another site").isFalse();
  }

  @Test
  void refusalSaysWhenToComeAgain() {
    SenderBudget budget = new SenderBudget(300, 300);
    for (int i = 0; i < 300; i++) {
      budget.failed("192.0.2.7");
    }

    ProblemException refusal = budget.refusal("192.0.2.7", "Too many.");

    assertThat(refusal.type()).isEqualTo(ProblemType.RATE_LIMITED);
    assertThat(refusal.headers()).containsEntry("Retry-After", "1");
  }
}
