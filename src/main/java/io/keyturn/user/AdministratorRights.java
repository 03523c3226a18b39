package io.keyturn.user;

import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Checks the rights of the people who change people and roles. The administrators of an
 * organisation act one after the other, with the rights that they have at that moment. So two
 * administrators cannot remove each other at the same time, and no administrator uses rights that
 * were just taken away.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class AdministratorRights {
  @Inject private Users users;
  @Inject private SignedPeople signed;
  @PersistenceContext private EntityManager entities;

  /**
   * Waits for the organisation's lock, which is held until the transaction ends.
   *
   * @return the acting person, as they are now
   * @throws ProblemException 403 when the person lacks the scope or may no longer sign in
   */
  public User begin(Actor actor, Scope needed) {
    Optional<PersonId> id = Optional.ofNullable(actor.id()).map(PersonId::new);
    id.flatMap(this::organisationOf).ifPresent(this::begin);
    return id.flatMap(users::byId)
        .filter(User::active)
        .filter(user -> user.role().scopes().contains(needed))
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Your role does not allow this: " + needed.description() + "."));
  }

  private Optional<OrganisationId> organisationOf(PersonId personId) {
    return Optional.ofNullable(
        entities
            .createQuery(
                "select u.organisationId from User u where u.id = :id", OrganisationId.class)
            .setParameter("id", personId)
            .getSingleResultOrNull());
  }

  /**
   * Waits for the organisation's lock when the acting person does not belong to the organisation.
   */
  public void begin(OrganisationId organisationId) {
    entities
        .createQuery(
            "select r from Role r where r.builtIn and r.name = :name and r.organisationId ="
                + " :organisation",
            Role.class)
        .setParameter("name", BuiltInRole.ADMINISTRATOR.title())
        .setParameter("organisation", organisationId)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /**
   * Refuses to take away the only administrator of an organisation.
   *
   * @throws ProblemException 409
   */
  void refuseLastAdministrator(User person) {
    if (isLastAdministrator(person)) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          person.email()
              + " is the last active administrator. Make somebody else administrator first.");
    }
  }

  /** Whether an organisation would have no administrator without this person. */
  public boolean isLastAdministrator(User person) {
    return person.active() && person.role().administrator() && otherAdministrators(person) == 0;
  }

  /**
   * Invited people do not count, because they may never join. Tampered rows do not count either.
   */
  private long otherAdministrators(User person) {
    return entities
        .createQuery(
            """
            select u from User u join fetch u.role
            where u.organisationId = :organisation and u.id <> :person
            and u.role.id = :role and u.joinedAt is not null and u.deactivatedAt is null
            """,
            User.class)
        .setParameter("organisation", person.organisationId())
        .setParameter("person", person.id())
        .setParameter("role", person.role().id())
        .getResultStream()
        .filter(signed::genuine)
        .count();
  }

  /**
   * Refuses an acting person who grants or manages scopes beyond their own.
   *
   * @throws ProblemException 403
   */
  static void refuseBeyond(User acting, Set<Scope> scopes) {
    if (!acting.role().covers(scopes)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Your own role lacks some of the permissions that this change is about, so"
              + " you cannot do it.");
    }
  }

  /**
   * A person of the acting person's organisation, locked. The person has no scopes beyond those of
   * the acting person.
   *
   * @throws ProblemException 404; 409 for a tampered row; 403
   */
  User person(User acting, PersonId id) {
    User person = unverified(acting, id);
    signed.requireGenuine(person.role());
    if (!signed.genuine(person)) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          person.email()
              + " was changed in the database by somebody else, and is refused. Remove this"
              + " user, then invite this person again.");
    }
    refuseBeyond(acting, person.role().scopes());
    return person;
  }

  /**
   * A person of the acting person's organisation, locked. The row is not checked for tampering.
   *
   * @throws ProblemException 404
   */
  User unverified(User acting, PersonId id) {
    users.lock(id);
    return users
        .unverified(id)
        .filter(u -> u.organisationId().equals(acting.organisationId()))
        .orElseThrow(() -> ProblemException.notFound("user"));
  }

  /**
   * A role of the acting person's organisation, to be given to a person.
   *
   * @throws ProblemException 404; 409 for a tampered row
   */
  Role role(User acting, UUID id) {
    return signed.requireGenuine(unverifiedRole(acting, id));
  }

  /**
   * A role of the acting person's organisation. The row is not checked for tampering.
   *
   * @throws ProblemException 404
   */
  Role unverifiedRole(User acting, UUID id) {
    return Optional.ofNullable(
            entities
                .createQuery(
                    "select r from Role r where r.organisationId = :organisation and r.id = :id",
                    Role.class)
                .setParameter("organisation", acting.organisationId())
                .setParameter("id", id)
                .getSingleResultOrNull())
        .orElseThrow(() -> ProblemException.notFound("role"));
  }
}
