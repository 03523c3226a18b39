package io.keyturn.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.migration.Context;

/** A migration of PostgreSQL only. */
public abstract class PostgresqlMigration extends CodeMigration {

  /** As of {@link CodeMigration}. */
  protected PostgresqlMigration(String version, String description) {
    super(version, description);
  }

  @Override
  public final void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    if (Postgresql.is(connection)) {
      try (Statement statement = connection.createStatement()) {
        migrate(statement);
      }
    }
  }

  /** Runs on PostgreSQL. */
  protected abstract void migrate(Statement statement) throws SQLException;
}
