package io.keyturn.apikey;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a key refreshes itself.
 *
 * @param interval from one automatic refresh to the next: 1 h to 90 d
 * @param gracePeriod how long the previous secret stays accepted after a refresh: 0 to 24 h, and
 *     not longer than the interval
 */
public record RefreshPolicy(Duration interval, Duration gracePeriod) {
  /** The longest grace period. */
  public static final Duration LONGEST_GRACE = Duration.ofHours(24);

  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  /** The default policy. It stands after the bounds because its constructor reads them. */
  public static final RefreshPolicy DEFAULT =
      new RefreshPolicy(Duration.ofHours(24), Duration.ofHours(1));

  /**
   * @throws ProblemException 422 naming {@code refresh_interval} or {@code grace_period}
   */
  public RefreshPolicy {
    List<FieldError> errors = new ArrayList<>();
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      errors.add(new FieldError("refresh_interval", "must be from 1 hour to 90 days"));
    }
    if (gracePeriod.isNegative() || gracePeriod.compareTo(LONGEST_GRACE) > 0) {
      errors.add(new FieldError("grace_period", "must be from 0 to 24 hours"));
    } else if (errors.isEmpty() && gracePeriod.compareTo(interval) > 0) {
      errors.add(new FieldError("grace_period", "must not be longer than the refresh interval"));
    }
    if (interval.toNanosPart() != 0) {
      errors.add(new FieldError("refresh_interval", "must be in whole seconds"));
    }
    if (gracePeriod.toNanosPart() != 0) {
      errors.add(new FieldError("grace_period", "must be in whole seconds"));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  /**
   * How long a manual refresh keeps the old secret.
   *
   * @param wanted null for the grace period of this policy
   * @throws ProblemException 422 naming {@code grace_period}
   */
  public Duration keep(@Nullable Duration wanted) {
    if (wanted == null) {
      return gracePeriod;
    }
    requireAllowed(wanted);
    return wanted;
  }

  /**
   * Refuses a grace period that a refresh must not have.
   *
   * @param wanted null for the grace period of this policy, which is always allowed
   * @throws ProblemException 422 naming {@code grace_period}
   */
  public void requireAllowed(@Nullable Duration wanted) {
    if (wanted != null
        && (wanted.isNegative()
            || wanted.compareTo(LONGEST_GRACE) > 0
            || wanted.compareTo(interval) > 0)) {
      throw ProblemException.invalid(
          "grace_period", "must be from 0 to 24 hours, and not longer than the refresh interval");
    }
  }

  /**
   * The first due time after an instant: the creation time plus a whole number of intervals,
   * however late a batch ran.
   */
  public Instant dueAfter(Instant creation, Instant after) {
    long passed = Duration.between(creation, after).dividedBy(interval);
    return creation.plus(interval.multipliedBy(Math.max(passed, 0) + 1));
  }
}
