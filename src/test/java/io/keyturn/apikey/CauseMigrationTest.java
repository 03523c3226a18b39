package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.database.SchemaIntegrator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which causes the migration finds for rows of earlier versions. */
class CauseMigrationTest {
  private static final UUID ORGANISATION = UUID.randomUUID();
  private static final byte[] SEALED = {1};

  private long sequence;

  private static void run(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private void credential(
      Connection connection, UUID key, int number, byte @Nullable [] sealed, boolean retired)
      throws SQLException {
    run(
        connection,
        "INSERT INTO credential (id, organisation_id, api_key_id, number, digest, lookup_key_id,"
            + " sealed, masked, issued_at, retired_at, accepted_until, row_mac) VALUES (?, ?, ?, ?,"
            + " ?, ?, ?, 'x', CURRENT_TIMESTAMP, "
            + (retired ? "CURRENT_TIMESTAMP" : "NULL")
            + ", CURRENT_TIMESTAMP, ?)",
        UUID.randomUUID(),
        ORGANISATION,
        key,
        number,
        UUID.randomUUID().toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        UUID.randomUUID(),
        sealed,
        SEALED);
  }

  private void refreshed(Connection connection, UUID key, String actorType) throws SQLException {
    run(
        connection,
        "INSERT INTO audit_event (organisation_id, sequence, at, action, actor_type, actor_name,"
            + " subject_type, subject_id, subject_name, details, mac) VALUES (?, ?,"
            + " CURRENT_TIMESTAMP, 'API_KEY_REFRESHED', ?, 'x', 'api_key', ?, 'x', '{}', ?)",
        ORGANISATION,
        ++sequence,
        actorType,
        key,
        SEALED);
  }

  private static String cause(Connection connection, UUID key, int number) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT cause FROM credential WHERE api_key_id = ? AND number = ?")) {
      select.setObject(1, key);
      select.setInt(2, number);
      try (ResultSet row = select.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }

  @Test
  void automaticOnesAreFoundWhereSecretsAreNotKept() throws SQLException {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    FluentConfiguration flyway =
        Flyway.configure().dataSource(url, "sa", "").javaMigrations(SchemaIntegrator.migrations());
    flyway.target("14").load().migrate();
    UUID automatic = UUID.randomUUID();
    UUID manual = UUID.randomUUID();
    UUID kept = UUID.randomUUID();
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      run(connection, "SET REFERENTIAL_INTEGRITY FALSE");
      credential(connection, automatic, 1, null, true);
      credential(connection, automatic, 2, null, false);
      refreshed(connection, automatic, "PERSON");
      refreshed(connection, automatic, "SYSTEM");
      credential(connection, manual, 2, null, false);
      refreshed(connection, manual, "SYSTEM");
      refreshed(connection, manual, "PERSON");
      credential(connection, kept, 2, SEALED, false);
      refreshed(connection, kept, "SYSTEM");

      flyway.target("latest").load().migrate();

      assertThat(cause(connection, automatic, 1)).isEqualTo("CREATED");
      assertThat(cause(connection, automatic, 2)).isEqualTo("AUTOMATIC");
      assertThat(cause(connection, manual, 2)).isEqualTo("UNKNOWN");
      assertThat(cause(connection, kept, 2)).isEqualTo("UNKNOWN");
    }
  }
}
