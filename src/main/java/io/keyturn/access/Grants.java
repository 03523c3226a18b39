package io.keyturn.access;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.Set;

/** The rule that nobody grants what they do not have. */
public final class Grants {
  private Grants() {}

  /**
   * Refuses to grant more than the granter has.
   *
   * @throws ProblemException 403 naming the first scope that is too much
   */
  public static void within(Set<Scope> own, Set<Scope> granted) {
    refuseMore(own, granted, "Nobody can give what they do not have");
  }

  /**
   * Refuses the secret of a key, or what opens it, to who has less than the key: a secret gives all
   * that its key has.
   *
   * @throws ProblemException 403 naming the first scope that is too much
   */
  public static void secretTo(Set<Scope> own, Set<Scope> ofKey) {
    refuseMore(own, ofKey, "Nobody gets the secret of a key that may do more than they");
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
