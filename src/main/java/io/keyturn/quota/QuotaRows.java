package io.keyturn.quota;

import io.keyturn.access.ApiKeyId;
import io.keyturn.database.InList;
import io.keyturn.database.JdbcBatch;
import io.keyturn.quota.KeyQuota.Unwritten;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Rows in which the nodes tell each other how often keys were used, and when last. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
public class QuotaRows {
  private static final String AGAIN =
      """
      UPDATE api_key_use SET
        last_used_at = CASE WHEN last_used_at < %1$s THEN %1$s ELSE last_used_at END,
        requests = requests + CAST(? AS BIGINT),
        day_requests = CASE WHEN used_day = CAST(? AS BIGINT) THEN day_requests + CAST(? AS BIGINT)
          WHEN used_day < CAST(? AS BIGINT) THEN CAST(? AS BIGINT) ELSE day_requests END,
        used_day = CASE WHEN used_day < CAST(? AS BIGINT) THEN CAST(? AS BIGINT) ELSE used_day END
      WHERE api_key_id = ?
      """
          .formatted(JdbcBatch.TIME);
  private static final String FIRST =
      """
      INSERT INTO api_key_use (api_key_id, organisation_id, last_used_at, requests, used_day,
        day_requests)
      SELECT k.id, k.organisation_id, %s, CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT)
      FROM api_key k WHERE k.id = ?
        AND NOT EXISTS (SELECT 1 FROM api_key_use u WHERE u.api_key_id = k.id)
      """
          .formatted(JdbcBatch.TIME);

  @PersistenceContext private EntityManager entities;

  /** Adds the requests that this node accepted. */
  public void write(SortedMap<ApiKeyId, Unwritten> unwritten) {
    List<Map.Entry<ApiKeyId, Unwritten>> all = List.copyOf(unwritten.entrySet());
    entities.runWithConnection(
        (Connection connection) ->
            JdbcBatch.write(connection, all, AGAIN, QuotaRows::again, FIRST, QuotaRows::first));
  }

  private static @Nullable Object[] again(Map.Entry<ApiKeyId, Unwritten> one) {
    Unwritten use = one.getValue();
    OffsetDateTime at = JdbcBatch.time(use.lastAt());
    long day = use.day();
    long onDay = use.onDay();
    return new @Nullable Object[] {
      at, at, use.count(), day, onDay, day, onDay, day, day, one.getKey().value()
    };
  }

  private static @Nullable Object[] first(Map.Entry<ApiKeyId, Unwritten> one) {
    Unwritten use = one.getValue();
    return new @Nullable Object[] {
      JdbcBatch.time(use.lastAt()), use.count(), use.day(), use.onDay(), one.getKey().value()
    };
  }

  /** Reads the requests that all nodes accepted. */
  public Map<ApiKeyId, RecordedUse> read(List<ApiKeyId> keys) {
    Map<ApiKeyId, RecordedUse> spent = new HashMap<>();
    TypedQuery<Object[]> query =
        entities.createQuery(
            "select u.apiKeyId, u.requests, u.usedDay, u.dayRequests from ApiKeyUse u"
                + " where u.apiKeyId in "
                + InList.of("key", keys.size()),
            Object[].class);
    InList.set(query, "key", keys)
        .getResultList()
        .forEach(
            row ->
                spent.put(
                    (ApiKeyId) row[0],
                    new RecordedUse((Long) row[1], (Long) row[2], (Long) row[3])));
    return spent;
  }
}
