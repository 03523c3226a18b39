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
    granted.stream()
        .filter(scope -> !own.contains(scope))
        .sorted()
        .findFirst()
        .ifPresent(
            scope -> {
              throw new ProblemException(
                      ProblemType.INSUFFICIENT_SCOPE,
                      "Nobody can give what they do not have: the scope " + scope + ".")
                  .member("scope", scope.code());
            });
  }
}
