package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.SecretTimes;
import io.keyturn.database.InList;
import io.keyturn.database.UniqueConstraint;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Locks keys before a change, until the transaction ends. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class KeyLocks {
  @PersistenceContext private EntityManager entities;

  /**
   * Locks a key.
   *
   * @throws ProblemException 404; 409 when it is revoked
   */
  public ApiKey lock(OrganisationId organisationId, ApiKeyId keyId) {
    ApiKey key = lockAny(organisationId, keyId);
    Instant revokedAt = key.revokedAt();
    if (revokedAt != null) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "This API key was revoked at " + SecretTimes.seconds(revokedAt) + ".");
    }
    return key;
  }

  /**
   * Locks a key in any state.
   *
   * @throws ProblemException 404
   */
  ApiKey lockAny(OrganisationId organisationId, ApiKeyId keyId) {
    return Optional.ofNullable(
            entities
                .createQuery(
                    "select k from ApiKey k where k.organisationId = :organisation and k.id = :id",
                    ApiKey.class)
                .setParameter("organisation", organisationId)
                .setParameter("id", keyId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResultOrNull())
        .orElseThrow(() -> ProblemException.notFound("API key"));
  }

  /** Locks these keys in the order of their ids, without keys that were revoked meanwhile. */
  public List<ApiKey> lock(OrganisationId organisationId, List<ApiKeyId> keyIds) {
    if (keyIds.isEmpty()) {
      return List.of();
    }
    TypedQuery<ApiKey> query =
        entities.createQuery(
            "select k from ApiKey k where k.organisationId = :organisation and k.id in "
                + InList.of("id", keyIds.size())
                + " and k.revokedAt is null order by k.id",
            ApiKey.class);
    return InList.set(query, "id", keyIds)
        .setParameter("organisation", organisationId)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** The ids of an organisation's keys that are not revoked. */
  List<ApiKeyId> ids(OrganisationId organisationId) {
    return entities
        .createQuery(
            "select k.id from ApiKey k where k.organisationId = :organisation and"
                + " k.revokedAt is null order by k.id",
            ApiKeyId.class)
        .setParameter("organisation", organisationId)
        .getResultList();
  }

  /**
   * Refuses a name that a key has which is not revoked.
   *
   * @throws ProblemException 409 with member {@code id}
   */
  void refuseTakenName(OrganisationId organisationId, String name) {
    List<ApiKeyId> holders =
        entities
            .createQuery(
                "select k.id from ApiKey k where k.organisationId = :organisation and"
                    + " k.reservedName = :name",
                ApiKeyId.class)
            .setParameter("organisation", organisationId)
            .setParameter("name", ApiKey.reservedName(name))
            .getResultList();
    if (!holders.isEmpty()) {
      throw taken(name).member("id", holders.get(0).value());
    }
  }

  /**
   * Writes the pending changes, among them a name.
   *
   * @throws ProblemException 409 when another key took the name meanwhile
   * @throws PersistenceException when the database fails otherwise
   */
  void flushName(String name) {
    try {
      entities.flush();
    } catch (PersistenceException e) {
      if (!UniqueConstraint.violated(e)) {
        throw e;
      }
      // Another key took the name between our check and our write.
      throw taken(name);
    }
  }

  private static ProblemException taken(String name) {
    return ProblemException.taken(
        "name", "There is already an API key with the name \"" + name + "\".");
  }
}
