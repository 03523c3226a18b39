package io.keyturn.verification;

import io.keyturn.verification.HourCounts.Answers;
import io.keyturn.verification.HourCounts.KeyHour;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.hibernate.Session;

/** Writes what keys' requests were answered, in JDBC batches. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class HourRows {
  private static final String AGAIN =
      """
      UPDATE usage_hour SET status_2xx = status_2xx + ?, status_3xx = status_3xx + ?,
        status_4xx = status_4xx + ?, status_5xx = status_5xx + ?
      WHERE api_key_id = ? AND hour_at = %s
      """
          .formatted(Batches.TIME);
  private static final String FIRST =
      """
      INSERT INTO usage_hour (organisation_id, api_key_id, hour_at, status_2xx, status_3xx,
        status_4xx, status_5xx)
      SELECT k.organisation_id, k.id, %1$s, CAST(? AS BIGINT), CAST(? AS BIGINT),
        CAST(? AS BIGINT), CAST(? AS BIGINT)
      FROM api_key k WHERE k.id = ? AND NOT EXISTS
        (SELECT 1 FROM usage_hour u WHERE u.api_key_id = k.id AND u.hour_at = %1$s)
      """
          .formatted(Batches.TIME);

  @PersistenceContext private EntityManager entities;

  /** Adds these answers. */
  void write(SortedMap<KeyHour, Answers> counted) {
    List<Map.Entry<KeyHour, Answers>> all = List.copyOf(counted.entrySet());
    entities
        .unwrap(Session.class)
        .doWork(
            connection -> {
              List<Map.Entry<KeyHour, Answers>> first;
              try (PreparedStatement again = connection.prepareStatement(AGAIN)) {
                for (Map.Entry<KeyHour, Answers> one : all) {
                  Answers a = one.getValue();
                  Batches.set(
                      again,
                      a.of2xx(),
                      a.of3xx(),
                      a.of4xx(),
                      a.of5xx(),
                      one.getKey().keyId(),
                      Batches.time(one.getKey().hour()));
                  again.addBatch();
                }
                first = Batches.untouched(again.executeBatch(), all);
              }
              try (PreparedStatement insert = connection.prepareStatement(FIRST)) {
                for (Map.Entry<KeyHour, Answers> one : first) {
                  Answers a = one.getValue();
                  Batches.set(
                      insert,
                      Batches.time(one.getKey().hour()),
                      a.of2xx(),
                      a.of3xx(),
                      a.of4xx(),
                      a.of5xx(),
                      one.getKey().keyId(),
                      Batches.time(one.getKey().hour()));
                  insert.addBatch();
                }
                insert.executeBatch();
              }
            });
  }
}
