package io.keyturn.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The lattice of scopes, by many pairs of its elements. */
class GrantsTest {
  private final Random random = new Random(7);

  private Set<Scope> some() {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    double density = random.nextDouble();
    for (Scope scope : Scope.values()) {
      if (random.nextDouble() < density) {
        scopes.add(scope);
      }
    }
    return scopes;
  }

  private static Optional<ProblemException> refusal(Set<Scope> own, Set<Scope> wanted) {
    try {
      Grants.within(own, wanted);
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e);
    }
  }

  @Test
  void whatIsGrantedIsAlwaysWithinWhatTheGranterHas() {
    for (int i = 0; i < 20_000; i++) {
      Set<Scope> own = some();
      Set<Scope> wanted = some();

      Optional<ProblemException> refusal = refusal(own, wanted);

      assertThat(refusal.isEmpty()).isEqualTo(own.containsAll(wanted));
      if (refusal.isPresent()) {
        assertThat(refusal.get().type()).isEqualTo(ProblemType.INSUFFICIENT_SCOPE);
        Scope named = Scope.of(String.valueOf(refusal.get().members().get("scope"))).orElseThrow();
        assertThat(wanted).contains(named);
        assertThat(own).doesNotContain(named);
      }
    }
  }

  @Test
  void grantsAlongAChainNeverGrow() {
    for (int i = 0; i < 20_000; i++) {
      Set<Scope> first = some();
      Set<Scope> second = some();
      Set<Scope> third = some();
      if (refusal(first, second).isEmpty() && refusal(second, third).isEmpty()) {
        assertThat(first).containsAll(third);
      }
    }
  }
}
