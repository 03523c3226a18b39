package io.keyturn.supplier;

import io.keyturn.support.TestDatabase;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The same on PostgreSQL. */
class StoredSuppliersPostgresqlIT extends StoredSuppliersTest {
  private static final AtomicInteger COUNT = new AtomicInteger();

  @Override
  String database() throws SQLException {
    return TestDatabase.postgresql("stored_suppliers_" + COUNT.incrementAndGet());
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
