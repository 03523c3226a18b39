package io.keyturn.guide;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The SQL that {@code src/docs/operating.md} gives to {@code psql}, sent by JDBC. */
class OperatingSqlPostgresqlIT {
  private static final Pattern SQL = Pattern.compile("<<'SQL'\\n(.*?)SQL\\n", Pattern.DOTALL);
  private static final List<String> SCRIPTS =
      Program.of("operating").stream()
          .flatMap(program -> SQL.matcher(program.text()).results())
          .map((MatchResult script) -> script.group(1))
          .toList();

  private static void run(Statement statement, String script) throws SQLException {
    for (String command : script.split(";\\s*")) {
      statement.execute(command);
    }
  }

  /** Of a role and a database with other names, since the server is shared. */
  private static String named(String script) {
    return script.replace("keyturn", "keyturn_by_hand");
  }

  @Test
  void databaseIsCreatedAndCreatedAnewForABackup() throws SQLException {
    assertThat(SCRIPTS).hasSize(3);
    try (Connection postgres =
            DriverManager.getConnection(TestDatabase.server().getJdbcUrl("postgres", "postgres"));
        Statement statement = postgres.createStatement()) {
      run(statement, named(SCRIPTS.get(0)));
      run(statement, named(SCRIPTS.get(1)));
      try (ResultSet row =
          statement.executeQuery(
              "SELECT pg_encoding_to_char(encoding), pg_get_userbyid(datdba)"
                  + " FROM pg_database WHERE datname = 'keyturn_by_hand'")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("UTF8");
        assertThat(row.getString(2)).isEqualTo("keyturn_by_hand");
      }
    }
  }

  @Test
  void secretsOfABackupAreRefreshed() {
    try (KeyturnServer server =
        KeyturnServer.named("restored").on(TestDatabase.POSTGRESQL).start()) {
      Control control = server.control();
      Key key = control.key();
      Key revoked = control.key();
      control.revoke(revoked);

      control.sql(SCRIPTS.get(2).strip().replaceFirst(";$", ""));
      control.refreshDue();

      assertProblem(server.api().me(key.secret()), 401, "secret_refreshed");
      assertThat(control.reveal(key).number()).isEqualTo(2);
      assertThat(control.tryReveal(revoked).status()).isNotEqualTo(200);
    }
  }
}
