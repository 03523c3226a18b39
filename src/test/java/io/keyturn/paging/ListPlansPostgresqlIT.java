package io.keyturn.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PlatformOperator;
import io.keyturn.support.PlatformServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PostgreSQL reads each list in its order from an index. The test asks PostgreSQL for the plan of
 * each statement that a list has caused, with sorting and reading of whole tables disabled: where
 * no index gives the order, PostgreSQL has to use what is disabled, and says so.
 */
class ListPlansPostgresqlIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static String secret;

  @BeforeAll
  static void key() throws SQLException {
    secret =
        SERVER
            .control()
            .key(
                Control.wish()
                    .scopes(
                        "suppliers:read api-keys:read audit-log:read events:read webhooks:read"))
            .secret();
    for (KeyturnServer server : List.of(SERVER, PlatformServer.get())) {
      try (Connection connection = connect(server);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
      }
    }
  }

  private static Connection connect(KeyturnServer server) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", server.setting("KEYTURN_DATABASE_USER"));
    properties.setProperty("password", server.setting("KEYTURN_DATABASE_PASSWORD"));
    // Otherwise the driver would bind the parameters of the statements to be explained.
    properties.setProperty("preferQueryMode", "simple");
    return DriverManager.getConnection(server.setting("KEYTURN_DATABASE_URL"), properties);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/suppliers",
        "/suppliers?sort=created_at",
        "/suppliers?sort=-created_at",
        "/suppliers?sort=updated_at",
        "/suppliers?sort=-updated_at",
        "/suppliers?sort=name",
        "/suppliers?sort=-name",
        "/suppliers?sort=number",
        "/suppliers?sort=-number",
        "/locations",
        "/departments",
        "/api-keys",
        "/api-keys?status=all",
        "/audit-events",
        "/events",
        "/webhooks"
      })
  void listIsReadInItsOrder(String path) throws SQLException {
    try (Connection connection = connect(SERVER)) {
      assertReadInOrder(connection, path, () -> SERVER.api().get("/api/v1" + path, secret));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PlatformOperator.PATH, "/api/v1/operator/audit-events"})
  void listOfTheOperatorIsReadInItsOrder(String path) throws SQLException {
    PlatformOperator operator = new PlatformOperator(PlatformServer.get());
    try (Connection connection = connect(PlatformServer.get())) {
      assertReadInOrder(connection, path, () -> operator.call("GET", path, ""));
    }
  }

  /** The test itself notices an order without an index. */
  @Test
  void orderWithoutAnIndexIsNoticed() throws SQLException {
    try (Connection connection = connect(SERVER)) {
      assertThat(plan(connection, "SELECT id FROM supplier ORDER BY description, id LIMIT $1"))
          .contains("\"Disabled\": true");
    }
  }

  private static void assertReadInOrder(
      Connection connection, String path, Supplier<Answer> request) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_stat_statements_reset()");
    }
    Answer answer = request.get();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);

    List<String> queries = orderedQueries(connection);
    assertThat(queries).as(path).isNotEmpty();
    for (String query : queries) {
      assertThat(plan(connection, query)).as(query).doesNotContain("\"Disabled\": true");
    }
  }

  /** The statements of pages; those of timers lock what they read. */
  private static List<String> orderedQueries(Connection connection) throws SQLException {
    List<String> queries = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT query FROM pg_stat_statements JOIN pg_database ON oid = dbid"
                    + " WHERE datname = current_database() AND query ILIKE 'select %order by%'"
                    + " AND query NOT ILIKE '%for %update%' AND query NOT ILIKE '%pg_stat%'")) {
      while (row.next()) {
        queries.add(row.getString(1));
      }
    }
    return queries;
  }

  private static String plan(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String disabled :
          List.of("seqscan", "sort", "incremental_sort", "bitmapscan", "hashagg")) {
        statement.execute("SET enable_" + disabled + " = off");
      }
      StringBuilder plan = new StringBuilder();
      try (ResultSet row = statement.executeQuery("EXPLAIN (GENERIC_PLAN, FORMAT JSON) " + query)) {
        while (row.next()) {
          plan.append(row.getString(1));
        }
      }
      return plan.toString();
    }
  }
}
