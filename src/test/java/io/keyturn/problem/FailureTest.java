package io.keyturn.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "53100", // PostgreSQL: disk full
        "53300", // PostgreSQL: too many connections
        "57P01", // PostgreSQL: shutting down
        "58030", // PostgreSQL: I/O error
        "08006", // connection lost
        "90020", // H2: another thread opens the file
        "90098", // H2: closed after a write that failed
        "90121" // H2: closing
      })
  void databaseThatTakesNoWriteIsUnavailable(String state) {
    assertUnavailable(new IllegalStateException(new SQLException("no", state)));
  }

  @Test
  void fileThatTakesNoMoreIsUnavailable() {
    assertUnavailable(
        new IllegalStateException(
            new SQLException("General error", "HY000", new IOException("No space left"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "22001", "42601", "HY000"})
  void whatTheDatabaseRefusesOfAStatementIsNotUnavailable(String state) {
    assertThat(Failure.of(new IllegalStateException(new SQLException("no", state)))).isEmpty();
  }

  @Test
  void streamThatBreaksIsNotTheDatabase() {
    assertThat(Failure.of(new IllegalStateException(new IOException("broken pipe")))).isEmpty();
  }

  private static void assertUnavailable(Throwable thrown) {
    Failure failure = Failure.of(thrown).orElseThrow();
    assertThat(failure.problem().type()).isEqualTo(ProblemType.UNAVAILABLE);
    assertThat(failure.headers()).containsKey("Retry-After");
  }
}
