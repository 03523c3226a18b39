package io.keyturn.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.sql.Timestamp;
import java.time.Instant;

/** Creates the rows that requests lock, each in a transaction of its own so that others see it. */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
class RequestRows {
  @Inject private Insert insert;

  /** Creates the row, unless there is one. */
  void ensure(IdempotentRequest.Key key, Instant now) {
    try {
      insert.unlessThere(key, now);
    } catch (PersistenceException e) {
      // Another request has just created it; if the database is gone instead, the next step says
      // so.
    }
  }

  /** The one statement. */
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
          .setParameter("organisation", key.organisationId())
          .setParameter("apiKey", key.apiKeyId())
          .executeUpdate();
    }
  }
}
