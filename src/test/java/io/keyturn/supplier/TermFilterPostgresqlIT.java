package io.keyturn.supplier;

import io.keyturn.support.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The same on PostgreSQL. */
class TermFilterPostgresqlIT extends TermFilterTest {

  @Override
  DemoDatabase database(int suppliers) throws SQLException {
    EmbeddedPostgres server = TestDatabase.server();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE terms");
    }
    return new DemoDatabase(server.getJdbcUrl("postgres", "terms"), "postgres", suppliers);
  }
}
