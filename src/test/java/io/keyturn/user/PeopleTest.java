package io.keyturn.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.user.invitation.LinkToken;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people may do with people. */
class PeopleTest {
  private static final PeopleDatabase DB = new PeopleDatabase();

  private final String domain = "o" + UUID.randomUUID();
  private final OrganisationId organisation = DB.organisation(domain);
  private final Actor admin = DB.person(organisation, mail("admin"), BuiltInRole.ADMINISTRATOR);

  @AfterAll
  static void close() {
    DB.close();
  }

  private String mail(String name) {
    return name + "@" + domain;
  }

  private UUID role(BuiltInRole role) {
    return DB.roleId(organisation, role.title());
  }

  private LinkToken invite(String name, BuiltInRole role) {
    return DB.in(() -> DB.people.invite(mail(name), role(role), admin)).token();
  }

  private PersonId id(String name) {
    return DB.row(organisation, mail(name)).orElseThrow().id();
  }

  private static PersonId id(Actor person) {
    return new PersonId(Objects.requireNonNull(person.id()));
  }

  private Optional<User> follow(LinkToken token) {
    return DB.in(() -> DB.links.follow(token, null, "Ada", "hash", "192.0.2.9"));
  }

  private static void assertRefused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.type()).as(e.detail()).isEqualTo(type));
  }

  @Test
  void invitedPersonJoinsOnceByTheLink() {
    LinkToken token = invite("ada", BuiltInRole.VIEWER);
    assertThat(DB.row(organisation, mail("ada")).orElseThrow().standing())
        .isEqualTo(User.Standing.INVITED);

    assertThat(follow(token)).isPresent();

    PersonRow ada = DB.row(organisation, mail("ada")).orElseThrow();
    assertThat(ada.standing()).isEqualTo(User.Standing.ACTIVE);
    assertThat(ada.name()).isEqualTo("Ada");
    assertThat(ada.linkExpiresAt()).isNull();
    assertThat(follow(token)).isEmpty();
    assertThat(DB.events(organisation)).containsExactly("USER_INVITED", "USER_JOINED");
  }

  @Test
  void ofTwoWhoFollowTheSameLinkOneGetsIn() throws Exception {
    for (int i = 0; i < 20; i++) {
      LinkToken token = invite("twin" + i, BuiltInRole.VIEWER);

      List<Boolean> in = atOnce(() -> follow(token).isPresent(), () -> follow(token).isPresent());

      assertThat(in).containsExactlyInAnyOrder(true, false);
    }
  }

  @Test
  void linkWorksFor72Hours() {
    LinkToken token = invite("ada", BuiltInRole.VIEWER);
    DB.turnClock(Duration.ofHours(72).minusSeconds(1));
    assertThat(DB.in(() -> DB.links.holder(token, null))).isPresent();
    DB.turnClock(Duration.ofSeconds(1));

    assertThat(DB.in(() -> DB.links.holder(token, null))).isEmpty();
    assertThat(follow(token)).isEmpty();
  }

  @Test
  void newLinkReplacesTheOneBefore() {
    LinkToken first = invite("ada", BuiltInRole.VIEWER);
    LinkToken second = DB.in(() -> DB.people.inviteAgain(id("ada"), admin)).token();

    assertThat(follow(first)).isEmpty();
    assertThat(follow(second)).isPresent();
  }

  @Test
  void withdrawnInvitationIsAsIfItHadNotBeen() {
    LinkToken token = invite("ada", BuiltInRole.VIEWER);
    DB.run(() -> DB.people.withdraw(id("ada"), admin));

    assertThat(follow(token)).isEmpty();
    assertThat(DB.row(organisation, mail("ada"))).isEmpty();
    assertThat(follow(invite("ada", BuiltInRole.VIEWER))).isPresent();
  }

  @Test
  void joinedPersonCannotBeWithdrawn() {
    follow(invite("ada", BuiltInRole.VIEWER));

    assertRefused(ProblemType.CONFLICT, () -> DB.run(() -> DB.people.withdraw(id("ada"), admin)));
  }

  @Test
  void linkWorksAtTheOwnOrganisationsHostOnly() {
    LinkToken token = invite("ada", BuiltInRole.VIEWER);

    assertThat(DB.in(() -> DB.links.follow(token, "another", "Ada", "hash", "a"))).isEmpty();
    assertThat(DB.in(() -> DB.links.follow(token, domain, "Ada", "hash", "a"))).isPresent();
  }

  @Test
  void linkOfASuspendedOrganisationDoesNotWork() {
    LinkToken token = invite("ada", BuiltInRole.VIEWER);
    DB.suspend(organisation);

    assertThat(follow(token)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "ada", "@b", "a@", "a@b@c", "a b@c.example", "a@c.\u0000", "a\u202e@c"})
  void whatIsNoAddressIsInvalid(String address) {
    assertRefused(
        ProblemType.INVALID,
        () -> DB.in(() -> DB.people.invite(address, role(BuiltInRole.VIEWER), admin)));
  }

  @Test
  void invitationTellsNothingOfAnAccountElsewhereAndOnlyItsOwnerIsToldAtJoining() {
    OrganisationId elsewhere = DB.organisation("p" + domain);
    DB.person(elsewhere, mail("ada"), BuiltInRole.VIEWER);

    LinkToken token = invite("ada", BuiltInRole.VIEWER);
    assertThat(DB.row(organisation, mail("ada")).orElseThrow().standing())
        .isEqualTo(User.Standing.INVITED);
    assertRefused(ProblemType.CONFLICT, () -> follow(token));

    assertThat(DB.row(organisation, mail("ada")).orElseThrow().standing())
        .isEqualTo(User.Standing.INVITED);
    assertThat(DB.in(() -> DB.users.byEmail(mail("ada"))).orElseThrow().organisationId())
        .isEqualTo(elsewhere);
  }

  @Test
  void addressThatTwoOrganisationsInviteJoinsOneOfThem() {
    LinkToken first = invite("ada", BuiltInRole.VIEWER);
    String other = "q" + domain;
    OrganisationId elsewhere = DB.organisation(other);
    Actor foreign = DB.person(elsewhere, "q" + mail("admin"), BuiltInRole.ADMINISTRATOR);
    UUID viewer = DB.roleId(elsewhere, BuiltInRole.VIEWER.title());
    LinkToken second = DB.in(() -> DB.people.invite(mail("ada"), viewer, foreign)).token();

    assertThat(DB.in(() -> DB.users.byEmail(mail("ada")))).as("nobody has joined").isEmpty();
    assertThat(follow(second)).isPresent();
    assertRefused(ProblemType.CONFLICT, () -> follow(first));
  }

  @Test
  void addressInUseConflictsInWhateverCase() {
    assertRefused(
        ProblemType.CONFLICT,
        () ->
            DB.in(
                () ->
                    DB.people.invite(
                        " " + mail("admin").toUpperCase(java.util.Locale.ROOT),
                        role(BuiltInRole.VIEWER),
                        admin)));
    assertThatThrownBy(
            () -> DB.in(() -> DB.people.invite(mail("admin"), role(BuiltInRole.VIEWER), admin)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.messageAt("email")).contains(e.detail()));
  }

  @Test
  void lastAdministratorCanBeNeitherDeactivatedNorDemoted() {
    assertRefused(ProblemType.CONFLICT, () -> DB.run(() -> DB.people.deactivate(id(admin), admin)));
    assertRefused(
        ProblemType.CONFLICT,
        () -> DB.run(() -> DB.people.changeRole(id(admin), role(BuiltInRole.VIEWER), admin)));
  }

  @Test
  void neitherInvitedNorDeactivatedAdministratorsCount() {
    invite("ada", BuiltInRole.ADMINISTRATOR);
    Actor other = DB.person(organisation, mail("bob"), BuiltInRole.ADMINISTRATOR);
    DB.run(() -> DB.people.deactivate(id(other), admin));

    assertRefused(ProblemType.CONFLICT, () -> DB.run(() -> DB.people.deactivate(id(admin), admin)));
  }

  @Test
  void administratorsOfOtherOrganisationsDoNotCount() {
    OrganisationId other = DB.organisation("p" + domain);
    DB.person(other, "p" + mail("admin"), BuiltInRole.ADMINISTRATOR);

    assertRefused(ProblemType.CONFLICT, () -> DB.run(() -> DB.people.deactivate(id(admin), admin)));
  }

  @Test
  void oneOfTwoAdministratorsMayGo() {
    Actor other = DB.person(organisation, mail("bob"), BuiltInRole.ADMINISTRATOR);

    DB.run(() -> DB.people.deactivate(id(admin), other));

    assertThat(DB.row(organisation, mail("admin")).orElseThrow().standing())
        .isEqualTo(User.Standing.DEACTIVATED);
  }

  @Test
  void ofTwoAdministratorsWhoRemoveEachOtherAtOnceOneStays() throws Exception {
    for (int i = 0; i < 20; i++) {
      OrganisationId place = DB.organisation("r" + i + domain);
      Actor a = DB.person(place, "a" + i + mail("r"), BuiltInRole.ADMINISTRATOR);
      Actor b = DB.person(place, "b" + i + mail("r"), BuiltInRole.ADMINISTRATOR);
      UUID viewer = DB.roleId(place, BuiltInRole.VIEWER.title());

      List<Boolean> done =
          atOnce(
              () -> succeeds(() -> DB.people.deactivate(id(a), b)),
              () -> succeeds(() -> DB.people.changeRole(id(b), viewer, a)));

      assertThat(done).containsExactlyInAnyOrder(true, false);
    }
  }

  private static boolean succeeds(Runnable change) {
    try {
      DB.run(change);
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  private static List<Boolean> atOnce(Callable<Boolean> one, Callable<Boolean> two)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Boolean> first =
          threads.submit(
              () -> {
                start.await();
                return one.call();
              });
      Future<Boolean> second =
          threads.submit(
              () -> {
                start.await();
                return two.call();
              });
      return List.of(first.get(), second.get());
    } finally {
      threads.shutdownNow();
    }
  }

  private Actor userManager() {
    UUID role = DB.role(organisation, "User manager", Scope.USERS_MANAGE, Scope.SUPPLIERS_READ);
    return DB.person(organisation, mail("manager"), role);
  }

  @Test
  void nobodyGivesARoleThatAllowsMoreThanTheirOwn() {
    Actor manager = userManager();
    DB.person(organisation, mail("ada"), BuiltInRole.VIEWER);

    assertRefused(
        ProblemType.FORBIDDEN,
        () -> DB.in(() -> DB.people.invite(mail("x"), role(BuiltInRole.KEY_MANAGER), manager)));
    assertRefused(
        ProblemType.FORBIDDEN,
        () ->
            DB.run(
                () -> DB.people.changeRole(id("ada"), role(BuiltInRole.ADMINISTRATOR), manager)));
    assertRefused(
        ProblemType.FORBIDDEN,
        () ->
            DB.run(
                () -> DB.people.changeRole(id(manager), role(BuiltInRole.ADMINISTRATOR), manager)));
    assertThat(DB.in(() -> DB.people.invite(mail("y"), role(BuiltInRole.VIEWER), manager)))
        .isNotNull();
  }

  @Test
  void nobodyRulesOverWhoMayMore() {
    Actor manager = userManager();
    Actor other = DB.person(organisation, mail("bob"), BuiltInRole.ADMINISTRATOR);
    invite("ada", BuiltInRole.ADMINISTRATOR);
    UUID viewer = role(BuiltInRole.VIEWER);

    assertRefused(
        ProblemType.FORBIDDEN, () -> DB.run(() -> DB.people.deactivate(id(other), manager)));
    assertRefused(
        ProblemType.FORBIDDEN, () -> DB.in(() -> DB.people.resetPassword(id(other), manager)));
    assertRefused(
        ProblemType.FORBIDDEN,
        () -> DB.run(() -> DB.people.changeRole(id(other), viewer, manager)));
    assertRefused(
        ProblemType.FORBIDDEN, () -> DB.in(() -> DB.people.inviteAgain(id("ada"), manager)));
    assertRefused(
        ProblemType.FORBIDDEN, () -> DB.run(() -> DB.people.withdraw(id("ada"), manager)));
    DB.run(() -> DB.people.deactivate(id(other), admin));
    assertRefused(
        ProblemType.FORBIDDEN, () -> DB.run(() -> DB.people.reactivate(id(other), manager)));
  }

  @Test
  void whoLacksTheScopeOrTheAccountDoesNothing() {
    Actor viewer = DB.person(organisation, mail("ada"), BuiltInRole.VIEWER);
    Actor gone = DB.person(organisation, mail("bob"), BuiltInRole.ADMINISTRATOR);
    DB.run(() -> DB.people.deactivate(id(gone), admin));

    for (Actor actor : List.of(viewer, gone, Actor.SYSTEM)) {
      assertRefused(
          ProblemType.FORBIDDEN,
          () -> DB.in(() -> DB.people.invite(mail("x"), role(BuiltInRole.VIEWER), actor)));
      assertRefused(
          ProblemType.FORBIDDEN, () -> DB.run(() -> DB.people.deactivate(id(viewer), actor)));
    }
  }

  @Test
  void personAndRoleOfAnotherOrganisationAreNotFound() {
    OrganisationId other = DB.organisation("p" + domain);
    Actor foreign = DB.person(other, "p" + mail("ada"), BuiltInRole.VIEWER);
    UUID foreignRole = DB.roleId(other, BuiltInRole.VIEWER.title());
    UUID viewer = role(BuiltInRole.VIEWER);

    assertRefused(
        ProblemType.NOT_FOUND, () -> DB.run(() -> DB.people.deactivate(id(foreign), admin)));
    assertRefused(
        ProblemType.NOT_FOUND, () -> DB.in(() -> DB.people.resetPassword(id(foreign), admin)));
    assertRefused(
        ProblemType.NOT_FOUND,
        () -> DB.run(() -> DB.people.changeRole(id(foreign), viewer, admin)));
    assertRefused(
        ProblemType.NOT_FOUND, () -> DB.in(() -> DB.people.invite(mail("x"), foreignRole, admin)));
    assertThat(DB.row(other, "p" + mail("ada")).orElseThrow().active()).isTrue();
  }

  @Test
  void deactivationAndResetTakeTheSessionsStampAndReactivationDoesNotBringItBack() {
    Actor ada = DB.person(organisation, mail("ada"), BuiltInRole.VIEWER);
    UUID before = stamp(ada);

    DB.run(() -> DB.people.deactivate(id(ada), admin));
    DB.run(() -> DB.people.reactivate(id(ada), admin));
    UUID afterwards = stamp(ada);
    LinkToken token = DB.in(() -> DB.people.resetPassword(id(ada), admin)).token();
    UUID offered = stamp(ada);
    follow(token);

    assertThat(afterwards).isNotEqualTo(before);
    assertThat(offered).isEqualTo(afterwards);
    assertThat(stamp(ada)).isNotEqualTo(afterwards);
    assertThat(DB.events(organisation))
        .containsExactly(
            "USER_DEACTIVATED", "USER_REACTIVATED", "PASSWORD_RESET_OFFERED", "PASSWORD_RESET");
  }

  private static UUID stamp(Actor person) {
    return DB.in(() -> DB.users.byId(id(person)).orElseThrow().sessionStamp());
  }

  @Test
  void deactivationTakesTheLinkAway() {
    Actor ada = DB.person(organisation, mail("ada"), BuiltInRole.VIEWER);
    LinkToken token = DB.in(() -> DB.people.resetPassword(id(ada), admin)).token();

    DB.run(() -> DB.people.deactivate(id(ada), admin));
    assertThat(follow(token)).isEmpty();
    DB.run(() -> DB.people.reactivate(id(ada), admin));
    assertThat(follow(token)).isEmpty();
  }

  @Test
  void nobodyResetsTheirOwnPassword() {
    assertRefused(
        ProblemType.CONFLICT, () -> DB.in(() -> DB.people.resetPassword(id(admin), admin)));
  }

  @Test
  void tokenIsStoredAsDigestAndNotPrinted() {
    LinkToken token = invite("ada", BuiltInRole.VIEWER);

    assertThat(token.reveal()).matches("[A-Za-z0-9_-]{43}");
    assertThat(token.toString()).doesNotContain(token.reveal());
    assertThat(LinkToken.parse(token.reveal()).orElseThrow().digest()).isEqualTo(token.digest());
    assertThat(LinkToken.parse(token.reveal() + "x")).isEmpty();
    assertThat(LinkToken.parse("")).isEmpty();
  }
}
