package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseAtStartTest {
  private static String line(@Nullable String message, @Nullable String state) {
    return String.valueOf(DatabaseAtStart.refused(new SQLException(message, state)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Connection to 127.0.0.1:1 refused. | 08001 | KEYTURN_DATABASE_URL: ",
        "FATAL: database \"x\" does not exist | 3D000 | KEYTURN_DATABASE_URL: ",
        "Database may be already in use | 90020 | KEYTURN_DATABASE_URL: ",
        "FATAL: password authentication failed | 28P01 | KEYTURN_DATABASE_USER, KEYTURN_DATABASE_PASSWORD: ",
        "Wrong user name or password | 28000 | KEYTURN_DATABASE_USER, KEYTURN_DATABASE_PASSWORD: ",
        "SCRAM is wanted, but no password was provided. | 08004 | KEYTURN_DATABASE_USER, KEYTURN_DATABASE_PASSWORD: "
      })
  void lineNamesTheSettingAndWhatTheDatabaseSaid(String message, String state, String setting) {
    assertThat(line(message, state)).startsWith(setting).endsWith(": " + message);
  }

  @Test
  void lineIsOneAndRepeatsNoAddress() {
    assertThat(line("first\n  at second", null)).endsWith(": first").doesNotContain("\n");
    assertThat(line("Unable to parse URL jdbc:postgresql:x?password=hunter2", "08001"))
        .startsWith("KEYTURN_DATABASE_URL: ")
        .doesNotContain("hunter2");
    assertThat(line(null, null)).startsWith("KEYTURN_DATABASE_URL: ");
  }
}
