package io.keyturn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.usage.UsageHours.Window;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageChartTest {
  private static final Instant END = Instant.parse("2026-01-31T00:00:00Z");

  @ParameterizedTest
  @CsvSource({"1, 24, 00:00, 23:00", "7, 7, 01-24, 01-30", "30, 30, 01-01, 01-30"})
  void dayHasHoursAndLongerTimesHaveDays(int days, int bars, String first, String last) {
    UsageChart chart =
        new UsageChart(new Window(END.minus(Duration.ofDays(days)), END), List.of(), List.of());

    JsonObject data;
    try (var reader = Json.createReader(new StringReader(chart.getJson()))) {
      data = reader.readObject().getJsonObject("data");
    }
    assertThat(data.getJsonArray("labels")).hasSize(bars);
    assertThat(data.getJsonArray("labels").getString(0)).isEqualTo(first);
    assertThat(data.getJsonArray("labels").getString(bars - 1)).isEqualTo(last);
    assertThat(data.getJsonArray("datasets")).hasSize(4);
    assertThat(chart.getRows()).isEmpty();
    assertThat(chart.getTotal()).isZero();
  }
}
