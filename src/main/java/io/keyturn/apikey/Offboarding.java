package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.user.People;
import io.keyturn.user.User;
import io.keyturn.user.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settles the API keys of a person who leaves. Keys belong to the organisation: each is handed over
 * to another person or, by an administrator's choice, revoked.
 */
@ApplicationScoped
@Transactional
public class Offboarding {
  /** How many of a person's keys the list to choose from shows. */
  private static final int SHOWN = 100;

  @Inject private AuditLog audit;
  @Inject private People people;
  @Inject private Users users;
  @Inject private ApiKeys keys;
  @PersistenceContext private EntityManager entities;

  /** A key of a person that is not revoked. */
  public record CreatedKey(ApiKeyId id, String name) implements Serializable {}

  /**
   * The keys that a person created or took over and that are not revoked: the first {@value #SHOWN}
   * by name.
   */
  public List<CreatedKey> createdBy(OrganisationId organisationId, PersonId personId) {
    return entities
        .createQuery(
            """
            select new io.keyturn.apikey.Offboarding$CreatedKey(k.id, k.name) from ApiKey k
            where k.organisationId = :organisation and k.creator.createdBy = :person
            and k.revokedAt is null order by k.reservedName
            """,
            CreatedKey.class)
        .setParameter("organisation", organisationId)
        .setParameter("person", personId.value())
        .setMaxResults(SHOWN)
        .getResultList();
  }

  /** How many keys a person created or took over that are not revoked. */
  public long countCreatedBy(OrganisationId organisationId, PersonId personId) {
    return entities
        .createQuery(
            "select count(k) from ApiKey k where k.organisationId = :organisation and"
                + " k.creator.createdBy = :person and k.revokedAt is null",
            Long.class)
        .setParameter("organisation", organisationId)
        .setParameter("person", personId.value())
        .getSingleResult();
  }

  /**
   * Deactivates a person and settles their keys that are not revoked, all or nothing.
   *
   * @param revoked the keys to revoke; all others are handed over
   * @param heirId the person who takes over the other keys; not needed where there are none
   * @throws ProblemException as for {@link People#deactivate}; 403 for revoking without the scope;
   *     422 for {@code heir}
   */
  public void deactivate(
      OrganisationId organisationId,
      PersonId personId,
      Set<ApiKeyId> revoked,
      @Nullable PersonId heirId,
      Actor actor) {
    // People first, then keys, then the audit chain: the order in which all code takes these locks.
    people.begin(actor);
    List<ApiKey> created = lockCreatedBy(organisationId, personId);
    people.deactivate(personId, actor);
    if (created.stream().anyMatch(k -> revoked.contains(k.id()))) {
      requireKeyManager(actor);
    }
    for (ApiKey key : created) {
      if (revoked.contains(key.id())) {
        keys.revoke(organisationId, key.id(), "Its creator was deactivated.", actor);
      } else {
        handOver(key, heir(organisationId, personId, heirId), actor);
      }
    }
  }

  private List<ApiKey> lockCreatedBy(OrganisationId organisationId, PersonId personId) {
    return entities
        .createQuery(
            "select k from ApiKey k where k.organisationId = :organisation and"
                + " k.creator.createdBy = :person and k.revokedAt is null order by k.id",
            ApiKey.class)
        .setParameter("organisation", organisationId)
        .setParameter("person", personId.value())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  private void requireKeyManager(Actor actor) {
    Optional<User> acting = Optional.ofNullable(actor.id()).map(PersonId::new).flatMap(users::byId);
    if (acting.filter(u -> u.role().scopes().contains(Scope.API_KEYS_MANAGE)).isEmpty()) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Your role does not allow this: " + Scope.API_KEYS_MANAGE.description() + ".");
    }
  }

  private User heir(OrganisationId organisationId, PersonId personId, @Nullable PersonId heirId) {
    return Optional.ofNullable(heirId)
        .filter(id -> !id.equals(personId))
        .flatMap(users::byId)
        .filter(u -> u.active() && u.organisationId().equals(organisationId))
        .orElseThrow(
            () -> ProblemException.invalid("heir", "must be an active user who takes the keys"));
  }

  private void handOver(ApiKey key, User heir, Actor actor) {
    String before = key.createdByName();
    key.handOver(heir.id().value(), heir.email());
    audit.append(
        key.organisationId(),
        actor,
        AuditAction.API_KEY_HANDED_OVER,
        key.subject(),
        Map.of("from", before, "to", heir.email()));
  }
}
