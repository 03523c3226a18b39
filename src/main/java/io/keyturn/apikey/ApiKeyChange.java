package io.keyturn.apikey;

import io.keyturn.access.Scope;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of a key. A null member leaves the key's value as it is.
 *
 * @param interval from one automatic refresh to the next
 * @param gracePeriod how long the previous secret stays accepted after a refresh
 */
public record ApiKeyChange(
    @Nullable String name,
    @Nullable Set<Scope> scopes,
    @Nullable Duration interval,
    @Nullable Duration gracePeriod,
    RestrictionChange restrictions) {

  /** A change of the name. */
  public static ApiKeyChange ofName(String name) {
    return new ApiKeyChange(name, null, null, null, RestrictionChange.NONE);
  }

  /** A change of the refresh policy. */
  public static ApiKeyChange ofPolicy(RefreshPolicy policy) {
    return new ApiKeyChange(
        null, null, policy.interval(), policy.gracePeriod(), RestrictionChange.NONE);
  }

  /** A change of the scopes. */
  public static ApiKeyChange ofScopes(Set<Scope> scopes) {
    return new ApiKeyChange(null, scopes, null, null, RestrictionChange.NONE);
  }

  /** A change of the restrictions and of the planned end. */
  public static ApiKeyChange ofRestrictions(RestrictionChange restrictions) {
    return new ApiKeyChange(null, null, null, null, restrictions);
  }

  /**
   * The policy after this change.
   *
   * @throws io.keyturn.problem.ProblemException 422 naming the member that is out of bounds
   */
  public RefreshPolicy policy(RefreshPolicy before) {
    return new RefreshPolicy(
        interval == null ? before.interval() : interval,
        gracePeriod == null ? before.gracePeriod() : gracePeriod);
  }
}
