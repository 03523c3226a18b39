package io.keyturn.user;

import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Search;
import io.keyturn.paging.Slice;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.user.invitation.Invitations;
import io.keyturn.user.invitation.IssuedLink;
import io.keyturn.user.invitation.OneTimeLinks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Manages the people of an organisation, for people with the scope {@code users:manage}. The acting
 * person can neither manage a person with more rights than their own, nor give a role with more
 * rights.
 */
@ApplicationScoped
@Transactional
public class People {
  @Inject private Clock clock;
  @Inject private AuditLog audit;
  @Inject private AdministratorRights rights;
  @Inject private OneTimeLinks links;
  @Inject private Invitations invitations;
  @Inject private SignedPeople signed;
  @PersistenceContext private EntityManager entities;

  private static final String ROW =
      """
      select u, l.expiresAt from User u join fetch u.role r
      left join OneTimeLink l on l.userId = u.id
      where u.organisationId = :organisation
      """;

  /**
   * A part of the people of an organisation, sorted by address.
   *
   * @param search in addresses, names and names of roles
   */
  public Slice<PersonRow> slice(OrganisationId organisationId, Search search, int first, int most) {
    String condition = search.and("u.email", "u.name", "r.name");
    List<PersonRow> rows =
        rows(
            search
                .bind(entities.createQuery(ROW + condition + " order by u.email", Object[].class))
                .setParameter("organisation", organisationId)
                .setFirstResult(first)
                .setMaxResults(most));
    long total =
        search
            .bind(
                entities.createQuery(
                    "select count(u) from User u join u.role r where u.organisationId ="
                        + " :organisation"
                        + condition,
                    Long.class))
            .setParameter("organisation", organisationId)
            .getSingleResult();
    return new Slice<>(rows, total);
  }

  /**
   * One person.
   *
   * @throws ProblemException 404
   */
  public PersonRow get(OrganisationId organisationId, PersonId personId) {
    return rows(
            entities
                .createQuery(ROW + " and u.id = :id", Object[].class)
                .setParameter("organisation", organisationId)
                .setParameter("id", personId))
        .stream()
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("user"));
  }

  /** All active people of an organisation, sorted by address. */
  public List<PersonRow> active(OrganisationId organisationId) {
    return rows(
            entities
                .createQuery(ROW + " order by u.email", Object[].class)
                .setParameter("organisation", organisationId))
        .stream()
        .filter(PersonRow::active)
        .toList();
  }

  private List<PersonRow> rows(TypedQuery<Object[]> query) {
    return query.getResultStream().map(row -> row((User) row[0], (Instant) row[1])).toList();
  }

  private PersonRow row(User user, @Nullable Instant linkExpiresAt) {
    return PersonRow.of(user, signed.genuine(user), linkExpiresAt);
  }

  /**
   * Invites a person.
   *
   * @return the invitation with its link
   * @throws ProblemException 403; 404 for the role; 409 when the address has an account; 422
   */
  public IssuedLink invite(String email, UUID roleId, Actor actor) {
    User acting = rights.begin(actor, Scope.USERS_MANAGE);
    Role role = rights.role(acting, roleId);
    AdministratorRights.refuseBeyond(acting, role.scopes());
    User person = invitations.invite(acting.organisationId(), email, role);
    IssuedLink invited = links.issue(person);
    record(person, actor, AuditAction.USER_INVITED, Map.of("role", role.name()));
    return invited;
  }

  /**
   * Creates a new link for an invited person; the previous link stops working.
   *
   * @throws ProblemException 403; 404; 409 for a person who is not invited
   */
  public IssuedLink inviteAgain(PersonId personId, Actor actor) {
    User person = supervised(personId, User.Standing.INVITED, actor);
    record(person, actor, AuditAction.USER_INVITED_AGAIN, Map.of());
    return links.issue(person);
  }

  /**
   * Withdraws an invitation and deletes the invited person.
   *
   * @throws ProblemException 403; 404; 409 for a person who is not invited
   */
  public void withdraw(PersonId personId, Actor actor) {
    User person = supervised(personId, User.Standing.INVITED, actor);
    invitations.remove(person);
    record(person, actor, AuditAction.USER_INVITATION_WITHDRAWN, Map.of());
  }

  /**
   * Removes a person with a tampered row, so that they can be invited again. The person's real
   * rights are unknown, so the acting person needs all scopes.
   *
   * @throws ProblemException 403; 404; 409 for a row that is not tampered
   */
  public void removeTampered(PersonId personId, Actor actor) {
    User acting = rights.begin(actor, Scope.USERS_MANAGE);
    AdministratorRights.refuseBeyond(acting, BuiltInRole.ADMINISTRATOR.scopes());
    User person = rights.unverified(acting, personId);
    if (person.genuine(signed.key())) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "It is not "
              + person.email()
              + " that was changed in the database, but the role. Change that role under Roles.");
    }
    invitations.remove(person);
    record(person, actor, AuditAction.USER_REMOVED, Map.of());
  }

  /**
   * Creates a link with which a person chooses a new password. The old password works until then.
   *
   * @throws ProblemException 403; 404; 409 for the acting person, who can change their password
   *     with the old one, and for a person who is not active
   */
  public IssuedLink resetPassword(PersonId personId, Actor actor) {
    User person = supervised(personId, User.Standing.ACTIVE, actor);
    if (person.id().value().equals(actor.id())) {
      throw new ProblemException(
          ProblemType.CONFLICT, "Change your own password under Change Password.");
    }
    record(person, actor, AuditAction.PASSWORD_RESET_OFFERED, Map.of());
    return links.issue(person);
  }

  /**
   * Gives a person another role. It takes effect at the person's next request.
   *
   * @throws ProblemException 403; 404 for person or role; 409 for the last administrator
   */
  public void changeRole(PersonId personId, UUID roleId, Actor actor) {
    User acting = rights.begin(actor, Scope.USERS_MANAGE);
    User person = rights.person(acting, personId);
    Role role = rights.role(acting, roleId);
    AdministratorRights.refuseBeyond(acting, role.scopes());
    Role before = person.role();
    if (before.id().equals(role.id())) {
      return;
    }
    rights.refuseLastAdministrator(person);
    person.role(role, signed.key());
    record(
        person,
        actor,
        AuditAction.USER_ROLE_CHANGED,
        Map.of("from", before.name(), "to", role.name()));
  }

  /**
   * Waits for the lock on the people of the actor's organisation, and holds it until the
   * transaction ends.
   *
   * @throws ProblemException 403
   */
  public void begin(Actor actor) {
    rights.begin(actor, Scope.USERS_MANAGE);
  }

  /**
   * Closes a person's account and ends their sessions at once. The caller, {@code Offboarding},
   * decides what happens to the person's API keys.
   *
   * @throws ProblemException 403; 404; 409 for the last administrator and for a person who is not
   *     active
   */
  public void deactivate(PersonId personId, Actor actor) {
    User person = supervised(personId, User.Standing.ACTIVE, actor);
    rights.refuseLastAdministrator(person);
    person.deactivate(clock.instant(), signed.key());
    links.withdraw(person);
    record(person, actor, AuditAction.USER_DEACTIVATED, Map.of());
  }

  /**
   * Opens a person's account again.
   *
   * @throws ProblemException 403; 404; 409 for a person who is not deactivated
   */
  public void reactivate(PersonId personId, Actor actor) {
    User person = supervised(personId, User.Standing.DEACTIVATED, actor);
    person.reactivate(signed.key());
    record(person, actor, AuditAction.USER_REACTIVATED, Map.of());
  }

  private User supervised(PersonId personId, User.Standing standing, Actor actor) {
    User acting = rights.begin(actor, Scope.USERS_MANAGE);
    User person = rights.person(acting, personId);
    if (person.standing() != standing) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          person.email()
              + switch (person.standing()) {
                case INVITED -> " is invited, but has not joined yet.";
                case ACTIVE -> " is active already.";
                case DEACTIVATED -> " is deactivated.";
              });
    }
    return person;
  }

  private void record(User person, Actor actor, AuditAction action, Map<String, ?> details) {
    audit.append(person.organisationId(), actor, action, Users.subject(person), details);
  }
}
