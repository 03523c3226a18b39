package io.keyturn.supplier;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.SecretText;
import org.jspecify.annotations.Nullable;

/** Why somebody decided something about a supplier, in their own words. */
final class Reasons {
  private static final int LONGEST = 500;

  private Reasons() {}

  /**
   * A reason that must be given.
   *
   * @throws ProblemException 422
   */
  static String required(@Nullable String text) {
    String reason = optional(text);
    if (reason == null) {
      throw ProblemException.invalid("reason", "must be given");
    }
    return reason;
  }

  /**
   * A reason that may be absent.
   *
   * @throws ProblemException 422
   */
  static @Nullable String optional(@Nullable String text) {
    TextChecks checks = new TextChecks();
    String reason = checks.lines("reason", text, LONGEST);
    if (reason != null && SecretText.in(reason)) {
      checks.wrong("reason", SecretText.REFUSAL);
    }
    checks.done();
    return reason;
  }
}
