package io.keyturn.supplier;

import io.keyturn.database.CodeMigration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.migration.Context;

/**
 * An index of terms that PostgreSQL uses for the beginning of a term as well, in each collation: a
 * filter by a category that few suppliers have looked at the categories of all suppliers.
 */
public class TermIndex extends CodeMigration {
  /** Flyway creates it. */
  public TermIndex() {
    super("33", "term index");
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP INDEX supplier_term_by_term");
      statement.execute(
          "CREATE INDEX supplier_term_by_term ON supplier_term"
              + " (organisation_id, kind, term varchar_pattern_ops, supplier_id)");
      // V32 wrote each row anew, which leaves indexes of twice their size.
      statement.execute("REINDEX TABLE supplier");
    }
  }
}
