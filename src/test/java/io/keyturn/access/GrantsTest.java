package io.keyturn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class GrantsTest {

  private static Set<Scope> set(Set<Scope> scopes) {
    Set<Scope> set = EnumSet.noneOf(Scope.class);
    set.addAll(scopes);
    return set;
  }

  @Property
  void whatIsGrantedIsAlwaysWithinWhatTheGranterHas(
      @ForAll Set<Scope> own, @ForAll Set<Scope> wanted) {
    if (set(own).containsAll(wanted)) {
      Grants.within(own, wanted);
    } else {
      assertThatThrownBy(() -> Grants.within(own, wanted))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.type()).isEqualTo(ProblemType.INSUFFICIENT_SCOPE);
                Scope named = Scope.of(String.valueOf(e.members().get("scope"))).orElseThrow();
                assertThat(wanted).contains(named);
                assertThat(own).doesNotContain(named);
              });
    }
  }

  @Property
  void grantsAlongAChainNeverGrow(
      @ForAll Set<Scope> first, @ForAll Set<Scope> second, @ForAll Set<Scope> third) {
    if (grants(first, second) && grants(second, third)) {
      assertThat(first).containsAll(third);
    }
  }

  private static boolean grants(Set<Scope> own, Set<Scope> wanted) {
    try {
      Grants.within(own, wanted);
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }
}
