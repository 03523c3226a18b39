package io.keyturn.supplier;

import io.keyturn.support.TestDatabase;
import java.sql.SQLException;

/** The same on PostgreSQL. */
class StoredSuppliersPostgresqlIT extends StoredSuppliersTest {

  @Override
  String database() throws SQLException {
    return TestDatabase.postgresql("stored_suppliers");
  }

  @Override
  String oneByte() {
    return "'\\x00'";
  }

  @Override
  String decoded(String column) {
    return "CONVERT_FROM(" + column + ", 'UTF8')";
  }
}
