package io.keyturn.usage;

import io.keyturn.database.JdbcBatch;
import io.keyturn.usage.HourCounts.Answers;
import io.keyturn.usage.HourCounts.KeyHour;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Writes the counts of answers in JDBC batches. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class HourRows {
  private static final String AGAIN =
      """
      UPDATE usage_hour SET status_2xx = status_2xx + ?, status_3xx = status_3xx + ?,
        status_4xx = status_4xx + ?, status_5xx = status_5xx + ?
      WHERE api_key_id = ? AND hour_at = %s
      """
          .formatted(JdbcBatch.TIME);
  private static final String FIRST =
      """
      INSERT INTO usage_hour (organisation_id, api_key_id, hour_at, status_2xx, status_3xx,
        status_4xx, status_5xx)
      SELECT k.organisation_id, k.id, %1$s, CAST(? AS BIGINT), CAST(? AS BIGINT),
        CAST(? AS BIGINT), CAST(? AS BIGINT)
      FROM api_key k WHERE k.id = ? AND NOT EXISTS
        (SELECT 1 FROM usage_hour u WHERE u.api_key_id = k.id AND u.hour_at = %1$s)
      """
          .formatted(JdbcBatch.TIME);

  @PersistenceContext private EntityManager entities;

  /** Adds these counts to the rows. */
  void write(SortedMap<KeyHour, Answers> counted) {
    List<Map.Entry<KeyHour, Answers>> all = List.copyOf(counted.entrySet());
    entities.runWithConnection(
        (Connection connection) ->
            JdbcBatch.write(connection, all, AGAIN, HourRows::again, FIRST, HourRows::first));
  }

  private static @Nullable Object[] again(Map.Entry<KeyHour, Answers> one) {
    Answers a = one.getValue();
    KeyHour hour = one.getKey();
    return new @Nullable Object[] {
      a.of2xx(), a.of3xx(), a.of4xx(), a.of5xx(), hour.keyId().value(), JdbcBatch.time(hour.hour())
    };
  }

  private static @Nullable Object[] first(Map.Entry<KeyHour, Answers> one) {
    Answers a = one.getValue();
    KeyHour hour = one.getKey();
    return new @Nullable Object[] {
      JdbcBatch.time(hour.hour()),
      a.of2xx(),
      a.of3xx(),
      a.of4xx(),
      a.of5xx(),
      hour.keyId().value(),
      JdbcBatch.time(hour.hour())
    };
  }
}
