package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderZoneTest {

  @ParameterizedTest
  @CsvSource({
    "Europe%2FBerlin, Europe/Berlin",
    "Etc%2FGMT%2B5, Etc/GMT+5",
    "America%2FArgentina%2FBuenos_Aires, America/Argentina/Buenos_Aires",
    "UTC, UTC"
  })
  void cookieNamesAZoneAsScriptsEncodeIt(String value, String zone) {
    assertThat(ReaderZone.named(value)).contains(ZoneId.of(zone));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Mars%2FOlympus", "%", "%2", "%zz", "+01:00", "Europe%2Fberlin"})
  void otherValuesNameNone(String value) {
    assertThat(ReaderZone.named(value)).isEmpty();
  }
}
