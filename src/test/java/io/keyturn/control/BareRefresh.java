package io.keyturn.control;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What the automatic refresh is measured against: plain JDBC that reads and writes the same rows in
 * the same batches, with random bytes where Keyturn has secrets, seals and MACs.
 */
final class BareRefresh {
  private static final int CLAIM = 200;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DataSource dataSource;
  private final UUID lookupKey;

  BareRefresh(DataSource dataSource) throws SQLException {
    this.dataSource = dataSource;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT id FROM crypto_key WHERE purpose = 'LOOKUP'");
        ResultSet row = select.executeQuery()) {
      row.next();
      lookupKey = row.getObject(1, UUID.class);
    }
  }

  private record Key(UUID id, UUID organisation, String name, int number) {}

  /** Refreshes all that is due at that time; answers how many. */
  int refreshAll(OffsetDateTime now) throws SQLException {
    int all = 0;
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      for (int some = refreshSome(connection, now); some > 0; ) {
        all += some;
        some = refreshSome(connection, now);
      }
    }
    return all;
  }

  private int refreshSome(Connection connection, OffsetDateTime now) throws SQLException {
    List<Key> due = claim(connection, now);
    if (!due.isEmpty()) {
      Map<UUID, UUID> credentials = credentials(connection, due);
      Map<UUID, Long> heads = heads(connection, due);
      insertCredentials(connection, due, now);
      insertEvents(connection, due, heads, now);
      updateCredentials(connection, credentials, now);
      updateKeys(connection, due, now);
      updateHeads(connection, heads);
    }
    connection.commit();
    return due.size();
  }

  /** H2 takes them in this order by itself; when told, it sorts all. */
  static boolean postgresql(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
  }

  private static List<Key> claim(Connection connection, OffsetDateTime now) throws SQLException {
    List<Key> due = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, organisation_id, name, current_number FROM api_key WHERE due_at <= ?"
                + (postgresql(connection) ? " ORDER BY due_at" : "")
                + " FETCH FIRST "
                + CLAIM
                + " ROWS ONLY FOR UPDATE SKIP LOCKED")) {
      select.setObject(1, now);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          due.add(
              new Key(
                  row.getObject(1, UUID.class),
                  row.getObject(2, UUID.class),
                  row.getString(3),
                  row.getInt(4)));
        }
      }
    }
    return due;
  }

  private static Map<UUID, UUID> credentials(Connection connection, List<Key> due)
      throws SQLException {
    Map<UUID, UUID> ids = new TreeMap<>();
    String marks = "?,".repeat(due.size());
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, api_key_id FROM credential WHERE retired_at IS NULL AND api_key_id IN ("
                + marks.substring(0, marks.length() - 1)
                + ")")) {
      for (int i = 0; i < due.size(); i++) {
        select.setObject(i + 1, due.get(i).id());
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
        }
      }
    }
    return ids;
  }

  private static Map<UUID, Long> heads(Connection connection, List<Key> due) throws SQLException {
    Map<UUID, Long> heads = new HashMap<>();
    List<UUID> organisations = due.stream().map(Key::organisation).distinct().sorted().toList();
    String marks = "?,".repeat(organisations.size());
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT organisation_id, sequence FROM audit_head WHERE organisation_id IN ("
                + marks.substring(0, marks.length() - 1)
                + ") ORDER BY organisation_id FOR UPDATE")) {
      for (int i = 0; i < organisations.size(); i++) {
        select.setObject(i + 1, organisations.get(i));
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          heads.put(row.getObject(1, UUID.class), row.getLong(2));
        }
      }
    }
    return heads;
  }

  private void insertCredentials(Connection connection, List<Key> due, OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO credential (id, organisation_id, api_key_id, number, digest,"
                + " lookup_key_id, sealed, data_key_id, masked, issued_at, accepted_until, row_mac)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)")) {
      for (Key key : due) {
        set(
            insert,
            UUID.randomUUID(),
            key.organisation(),
            key.id(),
            key.number() + 1,
            random(32),
            lookupKey,
            random(86),
            "kt_live_••••••••abcd",
            now,
            now.plusHours(25),
            random(32));
      }
      insert.executeBatch();
    }
  }

  private static void insertEvents(
      Connection connection, List<Key> due, Map<UUID, Long> heads, OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO audit_event (organisation_id, sequence, at, action, actor_type, actor_id,"
                + " actor_name, address, subject_type, subject_id, subject_name, details, mac)"
                + " VALUES (?, ?, ?, 'API_KEY_REFRESHED', 'SYSTEM', NULL, 'Keyturn', NULL,"
                + " 'api_key', ?, ?, ?, ?)")) {
      for (Key key : due) {
        long sequence = heads.merge(key.organisation(), 1L, Long::sum);
        String details =
            "{\"number\":\"2\",\"how\":\"automatic\",\"old_secret_accepted_until\":\""
                + now
                + "\"}";
        set(insert, key.organisation(), sequence, now, key.id(), key.name(), details, random(32));
      }
      insert.executeBatch();
    }
  }

  private static void updateCredentials(
      Connection connection, Map<UUID, UUID> credentials, OffsetDateTime now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE credential SET retired_at = ?, accepted_until = ?, sealed = NULL,"
                + " data_key_id = NULL, row_mac = ? WHERE id = ?")) {
      for (UUID id : credentials.keySet()) {
        set(update, now, now.plusHours(1), random(32), id);
      }
      update.executeBatch();
    }
  }

  private static void updateKeys(Connection connection, List<Key> due, OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE api_key SET current_number = ?, next_refresh_at = ?, due_at = ?,"
                + " version = version + 1 WHERE id = ?")) {
      for (Key key : due) {
        set(update, key.number() + 1, now.plusHours(24), now.plusHours(24), key.id());
      }
      update.executeBatch();
    }
  }

  private static void updateHeads(Connection connection, Map<UUID, Long> heads)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE audit_head SET sequence = ?, mac = ? WHERE organisation_id = ?")) {
      for (Map.Entry<UUID, Long> head : heads.entrySet()) {
        set(update, head.getValue(), random(32), head.getKey());
      }
      update.executeBatch();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.addBatch();
  }
}
