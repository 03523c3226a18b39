package io.keyturn.access;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.Set;

/** The rule that a grant never exceeds the granter's own scopes. */
public final class Grants {
  private Grants() {}

  /**
   * Refuses to grant more scopes than the granter has.
   *
   * @throws ProblemException 403 naming the first scope that the granter lacks
   */
  public static void within(Set<Scope> own, Set<Scope> granted) {
    refuseMore(own, granted, "You can give only what you may do yourself");
  }

  /**
   * Refuses a key's secret, or what gives access to it, to a person or key with fewer scopes. The
   * secret gives all the key's scopes.
   *
   * @throws ProblemException 403 naming the first scope that is lacking
   */
  public static void secretTo(Set<Scope> own, Set<Scope> ofKey) {
    refuseMore(own, ofKey, "You cannot get the secret of a key that may do more than you");
  }

  private static void refuseMore(Set<Scope> own, Set<Scope> wanted, String rule) {
    wanted.stream()
        .filter(scope -> !own.contains(scope))
        .sorted()
        .findFirst()
        .ifPresent(
            scope -> {
              throw new ProblemException(
                      ProblemType.INSUFFICIENT_SCOPE, rule + ": the scope " + scope + ".")
                  .member("scope", scope.code());
            });
  }
}
