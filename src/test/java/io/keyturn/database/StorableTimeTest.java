package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorableTimeTest {
  @ParameterizedTest
  @CsvSource({
    "1969-12-31T23:59:59.999999Z,false",
    "1970-01-01T00:00:00Z,true",
    "2026-03-01T12:00:00Z,true",
    "9999-12-31T23:59:59Z,true",
    "9999-12-31T23:59:59.000001Z,false",
    "+1000000000-12-31T23:59:59Z,false"
  })
  void timesFrom1970To9999AreStored(String time, boolean storable) {
    assertThat(StorableTime.is(Instant.parse(time))).isEqualTo(storable);
  }
}
