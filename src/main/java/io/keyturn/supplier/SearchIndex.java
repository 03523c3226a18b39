package io.keyturn.supplier;

import io.keyturn.database.PostgresqlMigration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The index for the parameter {@code q} on PostgreSQL, by trigrams. It needs the extension pg_trgm,
 * which the owner of a database may create since PostgreSQL 13, where the server has it. Without
 * it, a search reads all suppliers of the organisation, as on H2.
 */
public class SearchIndex extends PostgresqlMigration {
  private static final Logger LOG = Logger.getLogger("io.keyturn");
  private static final String EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm";
  private static final String INDEX =
      "CREATE INDEX supplier_by_text ON supplier USING gin (search_text gin_trgm_ops)";

  /** Flyway creates it. */
  public SearchIndex() {
    super("22", "search index");
  }

  @Override
  protected void migrate(Statement statement) throws SQLException {
    Connection connection = statement.getConnection();
    Savepoint before = connection.setSavepoint();
    try {
      statement.execute(EXTENSION);
      statement.execute(INDEX);
    } catch (SQLException e) {
      connection.rollback(before);
      LOG.log(
          Level.WARNING,
          "Searching suppliers by text has no index, because pg_trgm cannot be created: {0}."
              + " A superuser may run later: {1}; {2};",
          new Object[] {e.getMessage(), EXTENSION, INDEX});
    }
  }
}
