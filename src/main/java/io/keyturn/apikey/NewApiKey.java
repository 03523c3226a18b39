package io.keyturn.apikey;

import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.database.StorableTime;
import io.keyturn.http.OneLine;
import io.keyturn.problem.ProblemException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key is made from.
 *
 * @param name 1 to 100 characters, without control characters
 * @param environment {@code live} or {@code test}
 * @param expiresAt its planned end, if there is to be one
 */
public record NewApiKey(
    String name,
    String environment,
    Set<Scope> scopes,
    RefreshPolicy policy,
    Restrictions restrictions,
    @Nullable Instant expiresAt) {
  private static final int LONGEST = 100;

  /**
   * @throws ProblemException 422 naming the field
   */
  public NewApiKey {
    name = name(name);
    if (!environment.equals("live") && !environment.equals("test")) {
      throw ProblemException.invalid("environment", "must be live or test");
    }
    scopes = Set.copyOf(scopes);
    expiresAt = end(expiresAt);
  }

  /** A key without restrictions and without a planned end. */
  public NewApiKey(String name, String environment, Set<Scope> scopes, RefreshPolicy policy) {
    this(name, environment, scopes, policy, Restrictions.NONE, null);
  }

  /** A key with what keys have by default. */
  public static NewApiKey named(String name) {
    return new NewApiKey(name, "live", Set.of(Scope.SUPPLIERS_READ), RefreshPolicy.DEFAULT);
  }

  /**
   * A key's name, stripped.
   *
   * @throws ProblemException 422
   */
  static String name(String text) {
    return OneLine.of("name", text, LONGEST);
  }

  /**
   * A key's planned end, in whole microseconds, which is what both databases store.
   *
   * @throws ProblemException 422 for a time that they cannot
   */
  static @Nullable Instant end(@Nullable Instant time) {
    if (time != null && time.isAfter(StorableTime.LAST)) {
      throw ProblemException.invalid("expires_at", "must be before the year 10000");
    }
    return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
  }
}
