package io.keyturn.usage;

import io.keyturn.database.JdbcBatch;
import io.keyturn.usage.ClientCounts.Count;
import io.keyturn.usage.ClientCounts.From;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Writes who called, in JDBC batches: most rows are there already. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class ClientRows {
  private static final String SEEN_AGAIN =
      """
      UPDATE caller SET accepted = accepted + ?, refused = refused + ?,
        last_accepted_at = COALESCE(%1$s, last_accepted_at),
        last_refused_at = COALESCE(%1$s, last_refused_at)
      WHERE api_key_id = ? AND number = ? AND address = ? AND user_agent = ?
      """
          .formatted(JdbcBatch.TIME);
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
          .formatted(JdbcBatch.TIME);

  @PersistenceContext private EntityManager entities;

  private record Row(CredentialNumber credential, From from, Count count) {}

  /** Writes who called. */
  void called(SortedMap<CredentialNumber, SortedMap<From, Count>> callers) {
    List<Row> rows = new ArrayList<>();
    callers.forEach(
        (credential, counts) ->
            counts.forEach((from, count) -> rows.add(new Row(credential, from, count))));
    entities.runWithConnection(
        (Connection connection) -> {
          for (Row row : JdbcBatch.untouched(again(connection, rows), rows)) {
            first(connection, row);
          }
        });
  }

  private static int[] again(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement again = connection.prepareStatement(SEEN_AGAIN)) {
      for (Row row : rows) {
        JdbcBatch.set(
            again,
            row.count().accepted(),
            row.count().refused(),
            JdbcBatch.time(row.count().acceptedAt()),
            JdbcBatch.time(row.count().refusedAt()),
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
      JdbcBatch.set(
          insert,
          row.from().address(),
          row.from().userAgent(),
          row.count().accepted(),
          row.count().refused(),
          JdbcBatch.time(row.count().firstAt()),
          JdbcBatch.time(row.count().acceptedAt()),
          JdbcBatch.time(row.count().refusedAt()),
          row.credential().keyId(),
          row.credential().number(),
          // For the others there is always room.
          ClientCounts.MOST_CALLERS + (row.from().equals(From.OTHERS) ? 1 : 0));
      return insert.executeUpdate() == 1;
    }
  }
}
