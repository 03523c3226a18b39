package io.keyturn.apikey;

import io.keyturn.access.Scope;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to become other of a key; null where it stays as it is.
 *
 * @param interval from one automatic refresh to the next
 * @param gracePeriod how long the secret before stays accepted after one
 */
public record ApiKeyChange(
    @Nullable String name,
    @Nullable Set<Scope> scopes,
    @Nullable Duration interval,
    @Nullable Duration gracePeriod,
    RestrictionChange restrictions) {

  /** Another refresh policy. */
  public static ApiKeyChange ofPolicy(Duration interval, Duration gracePeriod) {
    return new ApiKeyChange(null, null, interval, gracePeriod, RestrictionChange.NONE);
  }

  /** Other scopes. */
  public static ApiKeyChange ofScopes(Set<Scope> scopes) {
    return new ApiKeyChange(null, scopes, null, null, RestrictionChange.NONE);
  }

  /** Other restrictions, or another planned end. */
  public static ApiKeyChange ofRestrictions(RestrictionChange restrictions) {
    return new ApiKeyChange(null, null, null, null, restrictions);
  }

  /**
   * The policy that comes of it.
   *
   * @throws io.keyturn.problem.ProblemException 422 naming the member that is out of bounds
   */
  public RefreshPolicy policy(RefreshPolicy before) {
    return new RefreshPolicy(
        interval == null ? before.interval() : interval,
        gracePeriod == null ? before.gracePeriod() : gracePeriod);
  }
}
