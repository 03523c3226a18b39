package io.keyturn.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeTest {
  @Test
  void codesAreAModuleAndAnAction() {
    for (Scope scope : Scope.values()) {
      assertThat(scope.code()).matches("[a-z-]+:[a-z-]+");
      assertThat(scope.toString()).isEqualTo(scope.code());
      assertThat(scope.description()).isNotBlank();
      assertThat(Scope.of(scope.code())).contains(scope);
    }
  }

  @Test
  void everySetIsWrittenInOneOrderAndReadBack() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      Set<Scope> scopes = EnumSet.noneOf(Scope.class);
      for (Scope scope : Scope.values()) {
        if (random.nextBoolean()) {
          scopes.add(scope);
        }
      }
      String text = Scope.format(scopes);
      assertThat(Scope.parse(text)).isEqualTo(scopes);
      assertThat(Scope.format(Scope.parse(text))).isEqualTo(text);
    }
  }

  @Test
  void whatIsNotKnownGrantsNothing() {
    assertThat(Scope.parse("")).isEmpty();
    assertThat(Scope.parse("suppliers:* SUPPLIERS:READ suppliers suppliers:read,x *")).isEmpty();
    assertThat(Scope.parse("nothing:known suppliers:read")).containsExactly(Scope.SUPPLIERS_READ);
    assertThat(Scope.of("SUPPLIERS_READ")).isEmpty();
  }
}
