package io.keyturn.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What is done on PostgreSQL, and not on H2. */
final class Postgresql {
  private Postgresql() {}

  /** Whether a connection leads to PostgreSQL. The driver knows it without asking the server. */
  static boolean is(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
  }

  /** Executes a command on PostgreSQL; does nothing on H2. */
  static void execute(Connection connection, String sql) throws SQLException {
    if (is(connection)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }
}
