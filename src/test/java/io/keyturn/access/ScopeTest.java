package io.keyturn.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
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

  /** What opens something is read from the code, so that the list cannot promise too much. */
  @Test
  void eachScopeOpensWhatItSaysAndNoScopeOpensNothing() {
    JavaClasses house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.keyturn");
    Set<Scope> toKeys = EnumSet.noneOf(Scope.class);
    for (JavaClass type : house) {
      if (type.isAnnotatedWith(Path.class)) {
        for (Method method : type.reflect().getMethods()) {
          RequiresScope required = method.getAnnotation(RequiresScope.class);
          toKeys.addAll(required == null ? List.of() : List.of(required.value()));
        }
      }
    }
    // Pages, and the services whose first act is to ask for a person's right.
    Set<Scope> toPeople = EnumSet.noneOf(Scope.class);
    for (JavaClass type : house) {
      for (JavaFieldAccess access : type.getFieldAccessesFromSelf()) {
        if (access.getTarget().getOwner().isEquivalentTo(Scope.class) && asksPeople(type)) {
          toPeople.add(Scope.valueOf(access.getTarget().getName()));
        }
      }
    }

    for (Scope scope : Scope.values()) {
      assertThat(scope.opensToKeys())
          .as("%s opens something to keys", scope)
          .isEqualTo(toKeys.contains(scope));
      assertThat(scope.opensToPeople())
          .as("%s opens something to people", scope)
          .isEqualTo(toPeople.contains(scope));
      assertThat(scope.opensToKeys() || scope.opensToPeople()).as("%s", scope).isTrue();
    }
  }

  private static boolean asksPeople(JavaClass type) {
    return type.getPackageName().startsWith("io.keyturn.console")
        || type.getPackageName().equals("io.keyturn.user")
            && !type.isEquivalentTo(io.keyturn.user.BuiltInRole.class);
  }

  @Test
  void whatIsNotKnownGrantsNothing() {
    assertThat(Scope.parse("")).isEmpty();
    assertThat(Scope.parse("suppliers:* SUPPLIERS:READ suppliers suppliers:read,x *")).isEmpty();
    assertThat(Scope.parse("nothing:known suppliers:read")).containsExactly(Scope.SUPPLIERS_READ);
    assertThat(Scope.of("SUPPLIERS_READ")).isEmpty();
  }
}
