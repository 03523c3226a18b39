package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextWakeUpTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z,     60000",
    "2026-01-01T00:00:00.001Z, 59999",
    "2026-01-01T00:00:30Z,     30000",
    "2026-01-01T00:00:59Z,      1000",
    "2026-01-01T00:00:59.001Z, 60999",
    "2026-01-01T00:00:59.999Z, 60001",
    "1969-12-31T23:59:30Z,     30000"
  })
  void nextWakeUpIsAtTheNextFullMinuteButNotWithinASecond(Instant now, long millis) {
    assertThat(NextWakeUp.toFullMinute(now.toEpochMilli()).toMillis()).isEqualTo(millis);
  }
}
