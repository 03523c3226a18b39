package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** A database from before the field's words keeps its rows under the new names. */
class WordsMigrationTest {
  private static final String URL = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
  private static final String BEFORE =
      """
      INSERT INTO organisation (id, domain, name, strict, created_at, version)
        VALUES ('%1$s', 'acme', 'Acme', FALSE, CURRENT_TIMESTAMP, 0);
      INSERT INTO crypto_key (id, purpose, root_id, wrapped, created_at)
        VALUES ('%1$s', 'lookup', 'root', X'00', CURRENT_TIMESTAMP);
      INSERT INTO api_key (id, organisation_id, name, living_name, environment, scopes, created_at,
        created_by_name, refresh_interval_seconds, grace_period_seconds, next_refresh_at,
        current_number, version)
        VALUES ('%1$s', '%1$s', 'ERP', 'erp', 'live', '', CURRENT_TIMESTAMP, 'somebody', 86400, 3600,
        CURRENT_TIMESTAMP, 1, 0);
      INSERT INTO credential (id, organisation_id, api_key_id, number, digest, lookup_key_id, masked,
        issued_at, accepted_until, row_mac)
        VALUES ('%1$s', '%1$s', '%1$s', 1, X'01', '%1$s', '', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP,
        X'00');
      INSERT INTO renewal_credential (id, organisation_id, api_key_id, living_api_key_id, digest,
        lookup_key_id, masked, networks, created_at, created_by_name, row_mac)
        VALUES ('%1$s', '%1$s', '%1$s', '%1$s', X'02', '%1$s', '', '', CURRENT_TIMESTAMP, 'somebody',
        X'00');
      INSERT INTO caller (organisation_id, api_key_id, number, address, user_agent, first_seen_at,
        accepted, refused)
        VALUES ('%1$s', '%1$s', 1, '192.0.2.7', 'erp/1', CURRENT_TIMESTAMP, 3, 0);
      """
          .formatted(new UUID(0, 7));

  private static FluentConfiguration flyway() {
    return Flyway.configure()
        .dataSource(URL, "sa", "")
        .javaMigrations(SchemaIntegrator.migrations());
  }

  private static String one(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).as(query).isTrue();
      return row.getString(1);
    }
  }

  @Test
  void rowsStayUnderTheNewNames() throws SQLException {
    flyway().target("14").load().migrate();
    try (Connection connection = DriverManager.getConnection(URL, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(BEFORE);

      flyway().load().migrate();

      assertThat(one(statement, "SELECT reserved_name FROM api_key")).isEqualTo("erp");
      assertThat(one(statement, "SELECT active_api_key_id FROM renewal_credential"))
          .isEqualTo(new UUID(0, 7).toString());
      assertThat(one(statement, "SELECT address FROM client_sighting WHERE accepted = 3"))
          .isEqualTo("192.0.2.7");
    }
  }
}
