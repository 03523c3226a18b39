package io.keyturn.apikey;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Restrictions;
import io.keyturn.network.Networks;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of a key's restrictions and of its planned end. Null leaves a value as it is; empty
 * removes it.
 */
public record RestrictionChange(
    @Nullable Optional<Networks> networks,
    @Nullable Optional<Integer> requestsPerMinute,
    @Nullable Optional<Integer> burst,
    @Nullable Optional<Integer> requestsPerDay,
    @Nullable Optional<Instant> expiresAt,
    @Nullable Optional<LocationLimit> locations) {
  /** Changes nothing. */
  public static final RestrictionChange NONE =
      new RestrictionChange(null, null, null, null, null, null);

  /** Replaces all restrictions and the planned end. */
  public static RestrictionChange to(Restrictions wanted, @Nullable Instant expiresAt) {
    return new RestrictionChange(
        Optional.of(wanted.networks()),
        Optional.ofNullable(wanted.requestsPerMinute()),
        Optional.ofNullable(wanted.burst()),
        Optional.ofNullable(wanted.requestsPerDay()),
        Optional.ofNullable(expiresAt),
        Optional.of(wanted.locations()));
  }

  /**
   * The restrictions after this change.
   *
   * @throws io.keyturn.problem.ProblemException 422 naming the member that is out of bounds
   */
  Restrictions restrictions(Restrictions before) {
    return new Restrictions(
        networks == null ? before.networks() : networks.orElse(Networks.ALL),
        either(requestsPerMinute, before.requestsPerMinute()),
        either(burst, before.burst()),
        either(requestsPerDay, before.requestsPerDay()),
        locations == null ? before.locations() : locations.orElse(LocationLimit.NONE));
  }

  /** The planned end after this change. */
  @Nullable Instant end(@Nullable Instant before) {
    return either(expiresAt, before);
  }

  private static <T> @Nullable T either(@Nullable Optional<T> wanted, @Nullable T before) {
    return wanted == null ? before : wanted.orElse(null);
  }
}
