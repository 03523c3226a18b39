package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryNoticesTest {
  private static final Instant END = Instant.parse("2026-03-31T12:00:00Z");

  /** Each row: how long before the end it is, and how long before it the next notice is. */
  @ParameterizedTest
  @CsvSource({
    "P30D, P14D",
    "P14DT0.000001S, P14D",
    "P14D, P3D",
    "P10D, P3D",
    "P3D, P1D",
    "PT24H0.000001S, P1D",
    "P1D,",
    "PT1S,",
    "PT0S,",
    "-P1D,"
  })
  void nextNoticeIsTheNextOf14And3And1Day(Duration left, Duration before) {
    assertThat(ExpiryNotices.after(END.minus(left), END))
        .isEqualTo(before == null ? null : END.minus(before));
  }

  @Test
  void keyWithoutEndHasNoNotice() {
    assertThat(ExpiryNotices.after(END, null)).isNull();
  }

  /** A notice that was missed, because no server ran, is not made up for beside the next one. */
  @ParameterizedTest
  @CsvSource({"P14D, 14", "P3DT1S, 14", "P3D, 3", "P1DT1S, 3", "P1D, 1", "PT1S, 1"})
  void noticeSaysTheLastThresholdThatIsPast(Duration left, long days) {
    assertThat(ExpiryNotices.days(END.minus(left), END)).hasValue(days);
  }

  @Test
  void nothingIsSaidAtTheEnd() {
    assertThat(ExpiryNotices.days(END, END)).isEmpty();
    assertThat(ExpiryNotices.days(END.plusSeconds(1), END)).isEmpty();
  }
}
