package io.keyturn.supplier;

import io.keyturn.support.TestDatabase;
import java.sql.SQLException;

/** The same on PostgreSQL. */
class TermFilterPostgresqlIT extends TermFilterTest {

  @Override
  DemoDatabase database(int suppliers) throws SQLException {
    return new DemoDatabase(TestDatabase.postgresql("terms"), "postgres", suppliers);
  }
}
