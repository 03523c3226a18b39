package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.support.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** Migrations that take longer than a transaction of the database may idle. */
class PatientMigrationsPostgresqlIT {

  /** Silent for three seconds. */
  public static final class Slow extends PostgresqlMigration {
    Slow() {
      super("1", "slow");
    }

    @Override
    protected void migrate(Statement statement) throws SQLException {
      statement.execute("SELECT pg_sleep(3)");
    }
  }

  private static FluentConfiguration flyway(String database) throws SQLException {
    String url = TestDatabase.postgresql(database);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "ALTER DATABASE " + database + " SET idle_in_transaction_session_timeout = '1s'");
    }
    return Flyway.configure()
        .dataSource(url, "postgres", "postgres")
        .locations("classpath:nothing")
        .javaMigrations(new Slow());
  }

  @Test
  void migrationIsWaitedFor() throws SQLException {
    Flyway flyway = flyway("patient").callbacks(new PatientMigrations()).load();
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(1);
    assertThat(flyway.info().current().getDescription()).isEqualTo("slow");
  }

  @Test
  void migrationWouldElseFail() throws SQLException {
    Flyway flyway = flyway("impatient").load();
    assertThatThrownBy(flyway::migrate).isInstanceOf(FlywayException.class);
  }
}
