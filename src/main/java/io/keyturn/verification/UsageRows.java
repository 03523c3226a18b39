package io.keyturn.verification;

import io.keyturn.verification.CallerCounts.Count;
import io.keyturn.verification.CallerCounts.From;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Writes what was noted of the use of keys, in JDBC batches: most rows are there already. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class UsageRows {
  private static final String TIME = "CAST(? AS TIMESTAMP(6) WITH TIME ZONE)";
  private static final String USED_AGAIN =
      "UPDATE api_key_use SET last_used_at = %1$s WHERE api_key_id = ? AND last_used_at < %1$s"
          .formatted(TIME);
  private static final String USED_FIRST =
      """
      INSERT INTO api_key_use (api_key_id, organisation_id, last_used_at)
      SELECT k.id, k.organisation_id, %s FROM api_key k WHERE k.id = ?
        AND NOT EXISTS (SELECT 1 FROM api_key_use u WHERE u.api_key_id = k.id)
      """
          .formatted(TIME);
  private static final String SEEN_AGAIN =
      """
      UPDATE caller SET accepted = accepted + ?, refused = refused + ?,
        last_accepted_at = COALESCE(%1$s, last_accepted_at),
        last_refused_at = COALESCE(%1$s, last_refused_at)
      WHERE api_key_id = ? AND number = ? AND address = ? AND user_agent = ?
      """
          .formatted(TIME);
  private static final String SEEN_FIRST =
      """
      INSERT INTO caller (organisation_id, api_key_id, number, address, user_agent,
        accepted, refused, first_seen_at, last_accepted_at, last_refused_at)
      SELECT c.organisation_id, c.api_key_id, c.number, CAST(? AS VARCHAR(45)),
        CAST(? AS VARCHAR(200)), CAST(? AS BIGINT), CAST(? AS BIGINT), %1$s, %1$s, %1$s
      FROM credential c WHERE c.api_key_id = ? AND c.number = ?
        AND (SELECT COUNT(*) FROM caller o
          WHERE o.api_key_id = c.api_key_id AND o.number = c.number AND o.address <> '') < ?
      """
          .formatted(TIME);

  @PersistenceContext private EntityManager entities;

  /** Writes when keys were last used. */
  void used(SortedMap<UUID, Instant> uses) {
    entities
        .unwrap(Session.class)
        .doWork(
            connection -> {
              List<UUID> first = new ArrayList<>();
              try (PreparedStatement again = connection.prepareStatement(USED_AGAIN)) {
                for (Map.Entry<UUID, Instant> use : uses.entrySet()) {
                  set(again, time(use.getValue()), use.getKey(), time(use.getValue()));
                  again.addBatch();
                }
                first.addAll(untouched(again.executeBatch(), List.copyOf(uses.keySet())));
              }
              // Only where there is no row yet; a newer one, written by another node, stays.
              try (PreparedStatement insert = connection.prepareStatement(USED_FIRST)) {
                for (UUID key : first) {
                  set(insert, time(uses.get(key)), key);
                  insert.addBatch();
                }
                insert.executeBatch();
              }
            });
  }

  private record Row(CredentialNumber credential, From from, Count count) {}

  /** Writes who called. */
  void called(SortedMap<CredentialNumber, SortedMap<From, Count>> callers) {
    List<Row> rows = new ArrayList<>();
    callers.forEach(
        (credential, counts) ->
            counts.forEach((from, count) -> rows.add(new Row(credential, from, count))));
    entities
        .unwrap(Session.class)
        .doWork(
            connection -> {
              for (Row row : untouched(again(connection, rows), rows)) {
                first(connection, row);
              }
            });
  }

  private static int[] again(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement again = connection.prepareStatement(SEEN_AGAIN)) {
      for (Row row : rows) {
        set(
            again,
            row.count().accepted(),
            row.count().refused(),
            time(row.count().acceptedAt()),
            time(row.count().refusedAt()),
            row.credential().keyId(),
            row.credential().number(),
            row.from().address(),
            row.from().userAgent());
        again.addBatch();
      }
      return again.executeBatch();
    }
  }

  /** A caller that is new to the table; where the table is full, one of the others. */
  private static void first(Connection connection, Row row) throws SQLException {
    if (!insert(connection, row)) {
      Row one = new Row(row.credential(), From.OTHERS, row.count());
      if (again(connection, List.of(one))[0] == 0) {
        insert(connection, one);
      }
    }
  }

  private static boolean insert(Connection connection, Row row) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SEEN_FIRST)) {
      set(
          insert,
          row.from().address(),
          row.from().userAgent(),
          row.count().accepted(),
          row.count().refused(),
          time(row.count().firstAt()),
          time(row.count().acceptedAt()),
          time(row.count().refusedAt()),
          row.credential().keyId(),
          row.credential().number(),
          // For the others there is always room.
          CallerCounts.MOST_CALLERS + (row.from().equals(From.OTHERS) ? 1 : 0));
      return insert.executeUpdate() == 1;
    }
  }

  private static <T> List<T> untouched(int[] counts, List<T> rows) {
    List<T> untouched = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        untouched.add(rows.get(i));
      }
    }
    return untouched;
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private static void set(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
