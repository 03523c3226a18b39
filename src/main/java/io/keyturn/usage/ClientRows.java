package io.keyturn.usage;

import io.keyturn.database.JdbcBatch;
import io.keyturn.usage.ClientCounts.Count;
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

/** Writes the counts of clients in JDBC batches. Most rows exist already. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class ClientRows {
  private static final String SEEN_AGAIN =
      """
      UPDATE client_sighting SET accepted = accepted + ?, refused = refused + ?,
        last_accepted_at = COALESCE(%1$s, last_accepted_at),
        last_refused_at = COALESCE(%1$s, last_refused_at)
      WHERE api_key_id = ? AND number = ? AND address = ? AND user_agent = ?
      """
          .formatted(JdbcBatch.TIME);
  private static final String SEEN_FIRST =
      """
      INSERT INTO client_sighting (organisation_id, api_key_id, number, address, user_agent,
        accepted, refused, first_seen_at, last_accepted_at, last_refused_at)
      SELECT c.organisation_id, c.api_key_id, c.number, CAST(? AS VARCHAR(45)),
        CAST(? AS VARCHAR(200)), CAST(? AS BIGINT), CAST(? AS BIGINT), %1$s, %1$s, %1$s
      FROM credential c WHERE c.api_key_id = ? AND c.number = ?
        AND (SELECT COUNT(*) FROM client_sighting o
          WHERE o.api_key_id = c.api_key_id AND o.number = c.number AND o.address <> '') < ?
      """
          .formatted(JdbcBatch.TIME);

  @PersistenceContext private EntityManager entities;

  private record Row(CredentialNumber credential, Client client, Count count) {}

  /** Writes who called. */
  void called(SortedMap<CredentialNumber, SortedMap<Client, Count>> clients) {
    List<Row> rows = new ArrayList<>();
    clients.forEach(
        (credential, counts) ->
            counts.forEach((client, count) -> rows.add(new Row(credential, client, count))));
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
            row.credential().keyId().value(),
            row.credential().number(),
            row.client().address(),
            row.client().userAgent());
        again.addBatch();
      }
      return again.executeBatch();
    }
  }

  /**
   * Inserts a client's first row. Where the credential has its full number of clients, the count
   * goes to the row that all further clients share.
   */
  private static void first(Connection connection, Row row) throws SQLException {
    if (!insert(connection, row)) {
      Row one = new Row(row.credential(), Client.OTHERS, row.count());
      if (again(connection, List.of(one))[0] == 0) {
        insert(connection, one);
      }
    }
  }

  private static boolean insert(Connection connection, Row row) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SEEN_FIRST)) {
      JdbcBatch.set(
          insert,
          row.client().address(),
          row.client().userAgent(),
          row.count().accepted(),
          row.count().refused(),
          JdbcBatch.time(row.count().firstAt()),
          JdbcBatch.time(row.count().acceptedAt()),
          JdbcBatch.time(row.count().refusedAt()),
          row.credential().keyId().value(),
          row.credential().number(),
          // For the others there is always room.
          ClientCounts.MOST_CLIENTS + (row.client().equals(Client.OTHERS) ? 1 : 0));
      return insert.executeUpdate() == 1;
    }
  }
}
