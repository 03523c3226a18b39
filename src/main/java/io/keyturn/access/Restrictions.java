package io.keyturn.access;

import io.keyturn.network.Networks;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits on the use of a key, beside its scopes and its expiry.
 *
 * @param networks the networks from which the key may be used
 * @param requestsPerMinute the average number of requests allowed per minute; null for {@value
 *     #DEFAULT_PER_MINUTE}
 * @param burst how many requests are allowed at once; null for the number per minute. At most the
 *     number per hour, because a node remembers the tokens taken for one hour
 * @param requestsPerDay how many requests are allowed per day (UTC); null for any number
 * @param locations the locations whose suppliers alone the key sees and changes
 */
public record Restrictions(
    Networks networks,
    @Nullable Integer requestsPerMinute,
    @Nullable Integer burst,
    @Nullable Integer requestsPerDay,
    LocationLimit locations) {
  /** The requests per minute of a key without a limit of its own. */
  public static final int DEFAULT_PER_MINUTE = 6_000;

  private static final int MOST_PER_MINUTE = 60_000;
  private static final int MOST_PER_DAY = 100_000_000;
  private static final int MINUTES_AT_ONCE = 60;

  /** No restrictions beyond the platform's defaults. */
  public static final Restrictions NONE =
      new Restrictions(Networks.ALL, null, null, null, LocationLimit.NONE);

  /**
   * @throws ProblemException 422 naming {@code requests_per_minute}, {@code burst} or {@code
   *     requests_per_day}
   */
  public Restrictions {
    List<FieldError> errors = new ArrayList<>();
    check(errors, "requests_per_minute", requestsPerMinute, MOST_PER_MINUTE);
    check(errors, "burst", burst, MOST_PER_MINUTE);
    check(errors, "requests_per_day", requestsPerDay, MOST_PER_DAY);
    if (burst != null && requestsPerMinute == null) {
      errors.add(new FieldError("burst", "needs a limit of requests per minute"));
    }
    if (burst != null && requestsPerMinute != null && beyondAnHour(burst, requestsPerMinute)) {
      errors.add(
          new FieldError(
              "burst",
              "must be at most the requests of an hour, " + requestsPerMinute * MINUTES_AT_ONCE));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  /**
   * The restrictions in a stored row. The row may be older than the limit of the burst, so a larger
   * burst is reduced.
   *
   * @throws ProblemException 422 when the stored values are not valid
   */
  public static Restrictions stored(
      Networks networks,
      @Nullable Integer requestsPerMinute,
      @Nullable Integer burst,
      @Nullable Integer requestsPerDay,
      LocationLimit locations) {
    Integer kept = burst;
    if (burst != null && requestsPerMinute != null && beyondAnHour(burst, requestsPerMinute)) {
      kept = requestsPerMinute * MINUTES_AT_ONCE;
    }
    return new Restrictions(networks, requestsPerMinute, kept, requestsPerDay, locations);
  }

  private static boolean beyondAnHour(int burst, int perMinute) {
    return perMinute >= 1 && burst > (long) perMinute * MINUTES_AT_ONCE;
  }

  private static void check(
      List<FieldError> errors, String field, @Nullable Integer value, int most) {
    if (value != null && (value < 1 || value > most)) {
      errors.add(new FieldError(field, "must be from 1 to " + most));
    }
  }

  /** The first member that allows more than the other restrictions do; empty when there is none. */
  public Optional<String> widerThan(Restrictions others) {
    if (!networks.within(others.networks)) {
      return Optional.of("networks");
    }
    if (!locations.within(others.locations)) {
      return Optional.of("restrict.locations");
    }
    if (others.requestsPerMinute != null && perMinute() > others.perMinute()) {
      return Optional.of("requests_per_minute");
    }
    if (others.requestsPerMinute != null && capacity() > others.capacity()) {
      return Optional.of("burst");
    }
    Integer most = others.requestsPerDay;
    return most != null && (requestsPerDay == null || requestsPerDay > most)
        ? Optional.of("requests_per_day")
        : Optional.empty();
  }

  /** Tokens that a minute adds to the key's bucket. */
  public int perMinute() {
    return requestsPerMinute == null ? DEFAULT_PER_MINUTE : requestsPerMinute;
  }

  /** Tokens that the key's bucket holds. */
  public int capacity() {
    return burst == null ? perMinute() : burst;
  }
}
