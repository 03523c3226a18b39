package io.keyturn.supplier;

import io.keyturn.database.PostgresqlMigration;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An index of terms that PostgreSQL uses for the beginning of a term as well, in each collation.
 * Without it, a filter by a category that few suppliers have reads the categories of all suppliers.
 */
public class TermIndex extends PostgresqlMigration {
  /** Flyway creates it. */
  public TermIndex() {
    super("33", "term index");
  }

  @Override
  protected void migrate(Statement statement) throws SQLException {
    statement.execute("DROP INDEX supplier_term_by_term");
    statement.execute(
        "CREATE INDEX supplier_term_by_term ON supplier_term"
            + " (organisation_id, kind, term varchar_pattern_ops, supplier_id)");
    // V32 wrote each row anew, which leaves indexes of twice their size.
    statement.execute("REINDEX TABLE supplier");
  }
}
