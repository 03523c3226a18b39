package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What H2 says; PostgreSQL says the same states. */
class UniqueConstraintTest {
  private static PersistenceException failed(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (name VARCHAR(3) NOT NULL UNIQUE)");
      statement.execute("INSERT INTO t VALUES ('one')");
      statement.execute(sql);
    } catch (SQLException e) {
      return new PersistenceException(new IllegalStateException(e));
    }
    throw new AssertionError(sql + " does not fail");
  }

  @Test
  void onlyARowThatIsThereAlreadyIsAViolation() throws SQLException {
    assertThat(UniqueConstraint.violated(failed("INSERT INTO t VALUES ('one')"))).isTrue();
    assertThat(UniqueConstraint.violated(failed("INSERT INTO t VALUES ('three')"))).isFalse();
    assertThat(UniqueConstraint.violated(failed("INSERT INTO t VALUES (NULL)"))).isFalse();
    assertThat(UniqueConstraint.violated(failed("INSERT INTO absent VALUES (1)"))).isFalse();
    assertThat(UniqueConstraint.violated(new PersistenceException("lost"))).isFalse();
  }
}
