package io.keyturn;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess.AccessType;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.keyturn.access.Anonymous;
import io.keyturn.access.Operator;
import io.keyturn.access.RequiresScope;
import jakarta.persistence.Entity;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house. */
class ArchitectureTest {
  /** A package imports only packages before it. */
  private static final List<String> ORDER =
      List.of(
          "problem",
          "secret",
          "network",
          "limit",
          "language",
          "config",
          "database",
          "http",
          "json",
          "paging",
          "csv",
          "mail",
          "keyring",
          "organisation",
          "access",
          "audit",
          "user",
          "idempotency",
          "quota",
          "usage",
          "requestlog",
          "apikey",
          "refresh",
          "renewal",
          "verification",
          "event",
          "webhook",
          "notice",
          "supplier",
          "operator",
          "guide",
          "console",
          "document",
          "");

  private static final JavaClasses HOUSE =
      new ClassFileImporter().importPath(Paths.get("target/classes"));

  private static final java.nio.file.Path SOURCES = Paths.get("src/main/java/io/keyturn");

  /** What a JPQL query reads or writes. */
  private static final Pattern QUERIED =
      Pattern.compile("(?i:\\b(?:from|join|update)|,)\\s+([A-Z]\\w+)\\s+[a-z]");

  /** The feature that a class belongs to; empty for the root package. */
  private static String feature(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals("io.keyturn")) {
      return "";
    }
    String inner = name.substring("io.keyturn.".length());
    int dot = inner.indexOf('.');
    return dot < 0 ? inner : inner.substring(0, dot);
  }

  private static boolean ours(JavaClass type) {
    return type.getPackageName().startsWith("io.keyturn");
  }

  @Test
  void packageImportsOnlyPackagesAboveIt() {
    classes()
        .should(
            new ArchCondition<JavaClass>("import only packages above theirs") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                int own = ORDER.indexOf(feature(type));
                type.getDirectDependenciesFromSelf().stream()
                    .filter(d -> ours(d.getTargetClass().getBaseComponentType()))
                    .filter(
                        d ->
                            ORDER.indexOf(feature(d.getTargetClass().getBaseComponentType())) > own)
                    .forEach(
                        d -> events.add(SimpleConditionEvent.violated(type, d.getDescription())));
              }
            })
        .check(HOUSE);
  }

  /** A query may name the entities only that its class could import. */
  @Test
  void queryNamesOnlyEntitiesOfPackagesAboveIt() throws IOException {
    Map<String, String> entities = new TreeMap<>();
    HOUSE.stream()
        .filter(type -> type.isAnnotatedWith(Entity.class))
        .forEach(type -> entities.put(type.getSimpleName(), feature(type)));
    List<String> violations = new ArrayList<>();
    try (Stream<java.nio.file.Path> sources = Files.walk(SOURCES)) {
      for (java.nio.file.Path source : sources.filter(Files::isRegularFile).toList()) {
        String own = SOURCES.relativize(source).getName(0).toString();
        int place = own.endsWith(".java") ? ORDER.size() : ORDER.indexOf(own);
        String text = Files.readString(source).replaceAll("\"\\s*\\+\\s*\"", "");
        Matcher query = QUERIED.matcher(text);
        while (query.find()) {
          String entity = entities.get(query.group(1));
          if (entity != null && ORDER.indexOf(entity) > place) {
            violations.add(source + " queries " + query.group(1));
          }
        }
      }
    }

    assertThat(entities).containsKeys("ApiKey", "Supplier");
    assertThat(violations).isEmpty();
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> features = new TreeSet<>();
    HOUSE.forEach(type -> features.add(feature(type)));

    assertThat(ORDER).containsAll(features);
  }

  @Test
  void secretKnowsTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("io.keyturn.secret..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.keyturn.secret..", "java..", "javax.crypto..", "org.jspecify..")
        .check(HOUSE);
  }

  @Test
  void nothingImportsTheConsole() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.keyturn.console..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.keyturn.console..")
        .check(HOUSE);
  }

  @Test
  void everyResourceMethodSaysWhoMayCallIt() {
    methods()
        .that(
            describe(
                "are resource methods",
                (JavaMethod m) ->
                    m.isAnnotatedWith(Path.class)
                        || m.getAnnotations().stream()
                            .anyMatch(a -> a.getRawType().isAnnotatedWith(HttpMethod.class))))
        .should(
            new ArchCondition<JavaMethod>(
                "declare one of @RequiresScope, @Operator and @Anonymous") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                if (Stream.of(RequiresScope.class, Operator.class, Anonymous.class)
                        .filter(method::isAnnotatedWith)
                        .count()
                    != 1) {
                  events.add(SimpleConditionEvent.violated(method, method.getFullName()));
                }
              }
            })
        .check(HOUSE);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("DTO")
        .orShould()
        .haveSimpleNameEndingWith("Dto")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .check(HOUSE);
  }

  @Test
  void noResourceAnswersAnEntity() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .areAnnotatedWith(Path.class)
        .and()
        .arePublic()
        .should(
            new ArchCondition<JavaMethod>("not answer an entity") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                method.getReturnType().getAllInvolvedRawTypes().stream()
                    .filter(t -> t.isAnnotatedWith(Entity.class))
                    .forEach(
                        t ->
                            events.add(
                                SimpleConditionEvent.violated(method, method.getFullName())));
              }
            })
        .check(HOUSE);
  }

  /** Entities are left out, for columns that only queries read; the compiler looks at methods. */
  @Test
  void everyPrivateFieldIsRead() {
    fields()
        .that()
        .arePrivate()
        .and()
        .areNotStatic()
        .and()
        .areDeclaredInClassesThat()
        .areNotAnnotatedWith(Entity.class)
        .should(
            new ArchCondition<JavaField>("be read") {
              @Override
              public void check(JavaField field, ConditionEvents events) {
                if (field.getAccessesToSelf().stream()
                    .noneMatch(access -> access.getAccessType() == AccessType.GET)) {
                  events.add(SimpleConditionEvent.violated(field, field.getFullName()));
                }
              }
            })
        .check(HOUSE);
  }

  @Test
  void addressOfAClientIsAskedOfOneClassOnly() {
    noClasses()
        .that()
        .doNotHaveSimpleName("ClientAddress")
        .should()
        .callMethodWhere(
            describe("asks the connection", call -> call.getName().equals("getRemoteAddr")))
        .check(HOUSE);
  }

  /** Others would go by the wall clock, unless told not to. */
  @Test
  void bucketsAreMadeInOnePlaceOnly() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Buckets")
        .should()
        .callMethod(io.github.bucket4j.Bucket.class, "builder")
        .check(HOUSE);
  }

  @Test
  void onlyTheClocksKnowTheTime() {
    noClasses()
        .that()
        // How long a timer waits for the full minute; it decides nothing.
        .doNotHaveSimpleName("NextWakeUp")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.OffsetDateTime.class, "now")
        .orShould()
        .callMethod(java.time.LocalDate.class, "now")
        .check(HOUSE);
  }
}
