package io.keyturn.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2026-11-26T08:00:00.100Z",
        "2026-11-26T23:59:59.000001Z",
        "2024-02-29T12:00:00.000000001Z",
        "9999-12-31T23:59:59.999999999Z",
        "+10000-01-01T00:00:00Z",
        "-0001-12-31T00:00:00Z"
      })
  void isTheTextOfTheInstant(String text) {
    assertThat(UtcTime.text(Instant.parse(text))).isEqualTo(text);
  }

  @Test
  void ofAnyInstant() {
    Random random = new Random(20261126);
    for (int i = 0; i < 100_000; i++) {
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(-70_000_000_000L, 260_000_000_000L), random.nextInt(1_000_000_000));

      assertThat(UtcTime.text(time)).isEqualTo(time.toString());
      Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
      assertThat(UtcTime.text(millis)).isEqualTo(millis.toString());
    }
  }
}
