package io.keyturn.apikey;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/** Keys to be changed, locked until the transaction ends. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class LivingKeys {
  @PersistenceContext private EntityManager entities;

  /**
   * Locks a key.
   *
   * @throws ProblemException 404; 409 when it is revoked
   */
  ApiKey lock(UUID organisationId, UUID keyId) {
    ApiKey key = lockAny(organisationId, keyId);
    if (!key.living()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "This API key was revoked at " + key.revokedAt() + ".");
    }
    return key;
  }

  /**
   * Locks a key that may be revoked.
   *
   * @throws ProblemException 404
   */
  ApiKey lockAny(UUID organisationId, UUID keyId) {
    return entities
        .createQuery(
            "select k from ApiKey k where k.organisationId = :organisation and k.id = :id",
            ApiKey.class)
        .setParameter("organisation", organisationId)
        .setParameter("id", keyId)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("API key"));
  }

  /** Locks these keys, in the order of their ids; without those revoked meanwhile. */
  List<ApiKey> lock(UUID organisationId, List<UUID> keyIds) {
    return entities
        .createQuery(
            "select k from ApiKey k where k.organisationId = :organisation and k.id in :ids"
                + " and k.revokedAt is null order by k.id",
            ApiKey.class)
        .setParameter("organisation", organisationId)
        .setParameter("ids", keyIds)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** The ids of an organisation's living keys. */
  List<UUID> ids(UUID organisationId) {
    return entities
        .createQuery(
            "select k.id from ApiKey k where k.organisationId = :organisation and"
                + " k.revokedAt is null order by k.id",
            UUID.class)
        .setParameter("organisation", organisationId)
        .getResultList();
  }
}
