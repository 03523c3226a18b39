package io.keyturn.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people may do with roles. */
class RolesTest {
  private static final PeopleDatabase DB = new PeopleDatabase();
  private static final Set<Scope> SOME = Set.of(Scope.SUPPLIERS_READ, Scope.API_KEYS_READ);

  private final String domain = "o" + UUID.randomUUID();
  private final OrganisationId organisation = DB.organisation(domain);
  private final Actor admin = DB.person(organisation, "admin@" + domain, BuiltInRole.ADMINISTRATOR);

  @AfterAll
  static void close() {
    DB.close();
  }

  private UUID create(String name, Set<Scope> scopes) {
    DB.run(() -> DB.roles.create(name, scopes, admin));
    return DB.roleId(organisation, name);
  }

  private RoleRow row(UUID id) {
    return DB.in(
        () ->
            DB.roles.list(organisation).stream()
                .filter(role -> role.id().equals(id))
                .findFirst()
                .orElseThrow());
  }

  private static void assertRefused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.type()).as(e.detail()).isEqualTo(type));
  }

  @Test
  void ownRoleIsCreatedChangedAndDeleted() {
    UUID role = create("Auditor", SOME);
    assertThat(row(role).scopes()).isEqualTo(SOME);

    DB.run(() -> DB.roles.change(role, "Reviewer", Set.of(Scope.USERS_READ), admin));
    assertThat(row(role).name()).isEqualTo("Reviewer");
    assertThat(row(role).scopes()).containsExactly(Scope.USERS_READ);

    DB.run(() -> DB.roles.delete(role, admin));
    assertThat(DB.in(() -> DB.roles.list(organisation))).noneMatch(r -> r.id().equals(role));
    assertThat(DB.events(organisation))
        .containsExactly("ROLE_CREATED", "ROLE_CHANGED", "ROLE_DELETED");
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void nobodyCreatesOrChangesARoleWithAScopeThatTheyLack(Scope lacked) {
    EnumSet<Scope> rights = EnumSet.complementOf(EnumSet.of(lacked));
    rights.add(Scope.ROLES_MANAGE);
    UUID own = DB.role(organisation, "Creator", rights.toArray(Scope[]::new));
    Actor creator = DB.person(organisation, "creator@" + domain, own);
    UUID small = create("Small", Set.of(Scope.ROLES_MANAGE));
    UUID large = create("Large", EnumSet.of(lacked, Scope.ROLES_MANAGE));
    if (lacked == Scope.ROLES_MANAGE) {
      return;
    }

    assertRefused(
        ProblemType.FORBIDDEN,
        () ->
            DB.run(() -> DB.roles.create("New", EnumSet.of(lacked, Scope.ROLES_MANAGE), creator)));
    assertRefused(
        ProblemType.FORBIDDEN,
        () ->
            DB.run(
                () ->
                    DB.roles.change(small, "Small", Set.of(lacked, Scope.ROLES_MANAGE), creator)));
    assertRefused(
        ProblemType.FORBIDDEN,
        () -> DB.run(() -> DB.roles.change(own, "Creator", EnumSet.allOf(Scope.class), creator)));
    assertRefused(
        ProblemType.FORBIDDEN,
        () -> DB.run(() -> DB.roles.change(large, "Large", Set.of(Scope.ROLES_MANAGE), creator)));
    assertRefused(ProblemType.FORBIDDEN, () -> DB.run(() -> DB.roles.delete(large, creator)));
    DB.run(() -> DB.roles.create("Allowed", rights, creator));
  }

  @Test
  void builtInRolesAreFixed() {
    for (BuiltInRole builtIn : BuiltInRole.values()) {
      UUID role = DB.roleId(organisation, builtIn.title());

      assertRefused(
          ProblemType.CONFLICT, () -> DB.run(() -> DB.roles.change(role, "Mine", SOME, admin)));
      assertRefused(ProblemType.CONFLICT, () -> DB.run(() -> DB.roles.delete(role, admin)));
    }
  }

  @Test
  void roleThatSomebodyHasIsNotDeleted() {
    UUID role = create("Auditor", SOME);
    DB.in(() -> DB.people.invite("ada@" + domain, role, admin));

    assertRefused(ProblemType.CONFLICT, () -> DB.run(() -> DB.roles.delete(role, admin)));
    assertThat(row(role).people()).isEqualTo(1);
  }

  @Test
  void nameIsTakenInWhateverCase() {
    UUID role = create("Auditor", SOME);

    assertRefused(ProblemType.CONFLICT, () -> create(" aUDITOR ", SOME));
    assertRefused(ProblemType.CONFLICT, () -> create("administrator", SOME));
    assertThatThrownBy(() -> create("Auditor", SOME))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.messageAt("name")).contains(e.detail()));
    DB.run(() -> DB.roles.change(role, "AUDITOR", SOME, admin));
  }

  @Test
  void nameAndScopesAreNeeded() {
    assertRefused(ProblemType.INVALID, () -> create(" ", SOME));
    assertRefused(ProblemType.INVALID, () -> create("x".repeat(101), SOME));
    assertRefused(ProblemType.INVALID, () -> create("a\u202eb", SOME));
    assertRefused(ProblemType.INVALID, () -> create("Nothing", Set.of()));
    assertRefused(ProblemType.INVALID, () -> create("For keys", Set.of(Scope.KEYS_VERIFY)));
  }

  @Test
  void whoLacksTheScopeDoesNothing() {
    UUID role = create("Auditor", SOME);
    Actor viewer = DB.person(organisation, "ada@" + domain, BuiltInRole.VIEWER);

    assertRefused(
        ProblemType.FORBIDDEN,
        () -> DB.run(() -> DB.roles.create("New", Set.of(Scope.SUPPLIERS_READ), viewer)));
    assertRefused(ProblemType.FORBIDDEN, () -> DB.run(() -> DB.roles.delete(role, viewer)));
  }

  @Test
  void roleOfAnotherOrganisationIsNotFound() {
    OrganisationId other = DB.organisation("p" + domain);
    UUID foreign = DB.role(other, "Foreign", Scope.SUPPLIERS_READ);

    assertRefused(
        ProblemType.NOT_FOUND, () -> DB.run(() -> DB.roles.change(foreign, "Mine", SOME, admin)));
    assertRefused(ProblemType.NOT_FOUND, () -> DB.run(() -> DB.roles.delete(foreign, admin)));
  }

  @Test
  void eachScopeIsUnderTheHeadingOfItsModule() {
    assertThat(Scope.byModule(EnumSet.allOf(Scope.class)).keySet())
        .startsWith("Suppliers", "API keys");
    assertThat(
            Scope.byModule(EnumSet.allOf(Scope.class)).values().stream()
                .flatMap(java.util.List::stream))
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(Scope.values()));
  }
}
