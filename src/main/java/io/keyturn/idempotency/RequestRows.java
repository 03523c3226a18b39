package io.keyturn.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * Creates the rows that requests lock. Each insert has its own transaction, so that other requests
 * see the row.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
class RequestRows {
  @Inject private Insert insert;

  /** Creates the row, if it is absent. */
  void ensure(IdempotentRequest.Key key, Instant now) {
    try {
      insert.unlessThere(key, now);
    } catch (PersistenceException e) {
      // Another request has just created it. If the database failed instead, the next statement
      // fails too.
    }
  }

  /** The insert in its own transaction. */
  @ApplicationScoped
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  static class Insert {
    @PersistenceContext private EntityManager entities;

    void unlessThere(IdempotentRequest.Key key, Instant now) {
      entities
          .createNativeQuery(
              """
              INSERT INTO idempotent_request
                (organisation_id, api_key_id, idempotency_key, created_at)
              SELECT k.organisation_id, k.id, CAST(:key AS VARCHAR(255)),
                CAST(:now AS TIMESTAMP(6) WITH TIME ZONE)
              FROM api_key k WHERE k.organisation_id = :organisation AND k.id = :apiKey
                AND NOT EXISTS (SELECT 1 FROM idempotent_request r
                  WHERE r.organisation_id = k.organisation_id AND r.api_key_id = k.id
                    AND r.idempotency_key = :key)
              """)
          .setParameter("key", key.idempotencyKey())
          .setParameter("now", Timestamp.from(now))
          .setParameter("organisation", key.organisationId().value())
          .setParameter("apiKey", key.apiKeyId().value())
          .executeUpdate();
    }
  }
}
