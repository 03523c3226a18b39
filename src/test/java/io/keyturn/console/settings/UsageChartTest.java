package io.keyturn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.language.Language;
import io.keyturn.language.Sentences;
import io.keyturn.support.Fields;
import io.keyturn.usage.UsageHours;
import io.keyturn.usage.UsageHours.Window;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageChartTest {
  private static final Instant END = Instant.parse("2026-01-31T00:00:00Z");

  @ParameterizedTest
  @CsvSource({"1, 24, 00:00, 23:00", "7, 7, 01-24, 01-30", "30, 30, 01-01, 01-30"})
  void dayHasHoursAndLongerTimesHaveDays(int days, int bars, String first, String last) {
    UsageChart chart =
        new UsageChart(
            new Window(END.minus(Duration.ofDays(days)), END),
            ZoneOffset.UTC,
            List.of(),
            List.of());

    JsonObject data;
    try (var reader =
        Json.createReader(new StringReader(chart.json(Sentences.in(Language.ENGLISH))))) {
      data = reader.readObject().getJsonObject("data");
    }
    assertThat(data.getJsonArray("labels")).hasSize(bars);
    assertThat(data.getJsonArray("labels").getString(0)).isEqualTo(first);
    assertThat(data.getJsonArray("labels").getString(bars - 1)).isEqualTo(last);
    assertThat(data.getJsonArray("datasets")).hasSize(5);
    assertThat(chart.getRows()).isEmpty();
    assertThat(chart.getTotal()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // An hour of UTC belongs to the day of the reader in which it begins.
    "Europe/Berlin, 2026-01-29T22:00:00Z, 2026-01-30T22:00:00Z, 01-29, 01-30",
    "Asia/Kolkata, 2026-01-29T18:00:00Z, 2026-01-29T19:00:00Z, 01-29, 01-30",
  })
  void daysAreDaysOfTheReader(String zone, Instant one, Instant other, String day, String nextDay) {
    ZoneId reader = ZoneId.of(zone);
    Clock clock = Clock.fixed(END, ZoneOffset.UTC);
    UsageHours usage = new UsageHours();
    Fields.set(usage, "clock", clock);

    UsageChart chart =
        new UsageChart(usage.ofDays(7, reader), reader, List.of(), List.of(one, other));

    JsonObject data;
    try (var text =
        Json.createReader(new StringReader(chart.json(Sentences.in(Language.ENGLISH))))) {
      data = text.readObject().getJsonObject("data");
    }
    JsonArray labels = data.getJsonArray("labels");
    JsonArray marks = data.getJsonArray("datasets").getJsonObject(4).getJsonArray("data");
    assertThat(labels).hasSize(7);
    assertThat(
            IntStream.range(0, 7)
                .filter(i -> marks.getInt(i) == 1)
                .mapToObj(labels::getString)
                .toList())
        .containsExactly(day, nextDay);
  }
}
