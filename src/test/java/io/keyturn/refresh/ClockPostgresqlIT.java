package io.keyturn.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node whose wall clock is a day off the database's. It is the database's that is shifted here,
 * by a function that its sessions find in the place of {@code clock_timestamp()}.
 */
class ClockPostgresqlIT {
  @ParameterizedTest
  @ValueSource(ints = {25, -25})
  void databaseDecidesWhatTimeItIs(int hours) throws SQLException {
    Duration shift = Duration.ofHours(hours);
    try (KeyturnServer server = KeyturnServer.named("clock").on(TestDatabase.POSTGRESQL)) {
      shift(server, hours);
      server.start();

      Key key = server.control().key();

      assertThat(key.until())
          .as("24 hours and the grace period from the database's now")
          .isBetween(after(shift.plusHours(24)), after(shift.plusHours(26)));
      server.control().wake();
      assertThat(server.api().me(key.secret()).status()).isEqualTo(200);
      assertThat(server.control().reveal(key).number()).as("not refreshed").isEqualTo(1);
      assertThat(Instant.parse(server.api().me(key.secret()).json().getString("next_refresh_at")))
          .isBetween(after(shift.plusHours(23)), after(shift.plusHours(25)));

      server.control().awayFromTheMinute();
      server.control().turn(Duration.ofHours(25).plusMinutes(1));
      assertThat(server.api().me(key.secret()).code()).isEqualTo("secret_expired");
    }
  }

  private static Instant after(Duration duration) {
    return Instant.now().plus(duration);
  }

  private static void shift(KeyturnServer server, int hours) throws SQLException {
    String url = server.setting("KEYTURN_DATABASE_URL");
    try (Connection connection =
            DriverManager.getConnection(
                url,
                server.setting("KEYTURN_DATABASE_USER"),
                server.setting("KEYTURN_DATABASE_PASSWORD"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA shifted");
      statement.execute(
          "CREATE FUNCTION shifted.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
              + " $$ SELECT pg_catalog.clock_timestamp() + interval '"
              + hours
              + " hours' $$");
      statement.execute(
          "ALTER DATABASE "
              + connection.getCatalog()
              + " SET search_path = public, shifted, pg_catalog");
    }
  }
}
