package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Ports;
import io.keyturn.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** On PostgreSQL the root key must be given, and a database that lets nobody in is named. */
class StartPostgresqlIT {
  private static final String RIGHT = "the-right-password";
  private static final String WRONG = "not-the-right-password";

  private static KeyturnServer server() {
    return KeyturnServer.named("wrong-postgresql").on(TestDatabase.POSTGRESQL);
  }

  @Test
  void absentRootKeySettingKeepsTheApplicationFromStarting() {
    try (KeyturnServer server = server().without("KEYTURN_ROOT_KEY_FILE")) {
      server.launch();
      StartIT.assertDoesNotStart(server, "KEYTURN_ROOT_KEY_FILE");
    }
  }

  @Test
  void absentDatabaseServerKeepsTheApplicationFromStarting() {
    int nobody = Ports.free();
    try (KeyturnServer server =
        server()
            .setting("KEYTURN_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + nobody + "/keyturn")
            .setting("KEYTURN_DATABASE_PASSWORD", WRONG)) {
      server.launch();
      StartIT.assertDoesNotStart(server, "KEYTURN_DATABASE_URL: ");
      assertThat(server.logs()).doesNotContain(WRONG);
    }
  }

  @Test
  void wrongPasswordOfTheDatabaseKeepsTheApplicationFromStarting()
      throws IOException, SQLException {
    createRoleWithPassword("guarded");
    try (KeyturnServer server =
        server()
            .setting("KEYTURN_DATABASE_USER", "guarded")
            .setting("KEYTURN_DATABASE_PASSWORD", WRONG)) {
      server.launch();
      StartIT.assertDoesNotStart(server, "KEYTURN_DATABASE_USER, KEYTURN_DATABASE_PASSWORD: ");
      assertThat(server.logs()).doesNotContain(WRONG);
    }
  }

  @Test
  void roleThatMayCreateNoTablesKeepsTheApplicationFromStarting() throws IOException, SQLException {
    createRoleWithPassword("visitor");
    try (KeyturnServer server =
        server()
            .setting("KEYTURN_DATABASE_USER", "visitor")
            .setting("KEYTURN_DATABASE_PASSWORD", RIGHT)) {
      server.launch();
      StartIT.assertDoesNotStart(
          server, "KEYTURN_DATABASE_URL: the schema cannot be brought up to date: ");
      assertThat(server.log()).contains("permission denied for schema public");
      assertThat(server.logs()).doesNotContain(RIGHT);
    }
  }

  /** The server of the tests believes everybody, so it is told to ask this one for a password. */
  private static void createRoleWithPassword(String role) throws IOException, SQLException {
    try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + RIGHT + "'");
      try (ResultSet row = statement.executeQuery("SHOW hba_file")) {
        row.next();
        Path rules = Path.of(row.getString(1));
        String others = Files.readString(rules);
        Files.writeString(rules, "host all " + role + " all scram-sha-256\n" + others);
      }
      statement.execute("SELECT pg_reload_conf()");
    }
  }
}
