package io.keyturn.apikey;

import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.database.StorableTime;
import io.keyturn.http.OneLine;
import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a key to be created.
 *
 * @param name 1 to 100 characters, without control characters
 * @param environment {@code live} or {@code test}
 * @param expiresAt the planned end; null for none
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
   * @throws ProblemException 422 naming each wrong field
   */
  public NewApiKey {
    FieldErrors errors = new FieldErrors();
    String givenName = name;
    String givenEnvironment = environment;
    Instant givenEnd = expiresAt;
    name = errors.or("", () -> name(givenName));
    environment = errors.or("", () -> environment(givenEnvironment));
    expiresAt = errors.orNull(() -> end(givenEnd));
    Set<Scope> givenScopes = scopes;
    scopes = errors.all(() -> Set.copyOf(givenScopes));
  }

  /** A key without restrictions and without a planned end. */
  public NewApiKey(String name, String environment, Set<Scope> scopes, RefreshPolicy policy) {
    this(name, environment, scopes, policy, Restrictions.NONE, null);
  }

  /** A key with the default properties. */
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

  private static String environment(String text) {
    if (!text.equals("live") && !text.equals("test")) {
      throw ProblemException.invalid("environment", "must be live or test");
    }
    return text;
  }

  /**
   * Refuses a planned end that has passed.
   *
   * @param time null for none
   * @throws ProblemException 422
   */
  public static void refusePast(@Nullable Instant time, Instant now) {
    if (time != null && !time.isAfter(now)) {
      throw ProblemException.invalid("expires_at", "must be in the future");
    }
  }

  /**
   * A key's planned end, in whole microseconds, the precision of both databases.
   *
   * @throws ProblemException 422 for a time that the databases cannot store
   */
  static @Nullable Instant end(@Nullable Instant time) {
    if (time != null && time.isAfter(StorableTime.LAST)) {
      throw ProblemException.invalid("expires_at", "must be before the year 10000");
    }
    return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
  }
}
