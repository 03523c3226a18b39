package io.keyturn.console.settings;

import io.keyturn.language.Sentences;
import io.keyturn.usage.UsageHour;
import io.keyturn.usage.UsageHours;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A key's requests as a chart and as a table: by hour for a day, by day for longer. */
public final class UsageChart {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final DateTimeFormatter OF_HOUR =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter OF_DAY = DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT);

  /** The scale of the marks, which is not shown. */
  private static final String MARKS = "yRefreshes";

  private final List<Bar> bars;
  private final DateTimeFormatter labels;

  /**
   * The requests of an hour or a day.
   *
   * @param from when the hour or day began
   * @param refreshes how often the key was refreshed
   */
  public record Bar(Instant from, long of2xx, long of3xx, long of4xx, long of5xx, long refreshes) {
    public long total() {
      return of2xx + of3xx + of4xx + of5xx;
    }
  }

  /**
   * @param zone whose days and hours the chart shows
   * @param refreshes when the key was refreshed
   */
  UsageChart(
      UsageHours.Window window, ZoneId zone, List<UsageHour> hours, List<Instant> refreshes) {
    boolean daily = Duration.between(window.from(), window.to()).compareTo(DAY) > 0;
    labels = (daily ? OF_DAY : OF_HOUR).withZone(zone);
    bars = new ArrayList<>();
    Instant from = window.from();
    while (from.isBefore(window.to())) {
      Instant begin = from;
      Instant end = daily ? nextDay(from, zone) : from.plus(HOUR);
      List<UsageHour> some = hours.stream().filter(h -> within(h.at(), begin, end)).toList();
      bars.add(
          new Bar(
              begin,
              sum(some, UsageHour::of2xx),
              sum(some, UsageHour::of3xx),
              sum(some, UsageHour::of4xx),
              sum(some, UsageHour::of5xx),
              refreshes.stream().filter(at -> within(at, begin, end)).count()));
      from = end;
    }
  }

  private static Instant nextDay(Instant from, ZoneId zone) {
    return LocalDate.ofInstant(from, zone).plusDays(1).atStartOfDay(zone).toInstant();
  }

  private static boolean within(Instant time, Instant begin, Instant end) {
    return !time.isBefore(begin) && time.isBefore(end);
  }

  private static long sum(List<UsageHour> hours, ToLongFunction<UsageHour> kind) {
    return hours.stream().mapToLong(kind).sum();
  }

  /** The hours or days in which there were requests or refreshes, the latest first. */
  public List<Bar> getRows() {
    List<Bar> rows =
        new ArrayList<>(
            bars.stream().filter(bar -> bar.total() > 0 || bar.refreshes() > 0).toList());
    java.util.Collections.reverse(rows);
    return rows;
  }

  /** How many requests there were in all. */
  public long getTotal() {
    return bars.stream().mapToLong(Bar::total).sum();
  }

  /**
   * The chart for Chart.js. The page sets the colours of text and lines.
   *
   * @param said the language of the labels
   */
  public String json(Sentences said) {
    JsonArrayBuilder names = Json.createArrayBuilder();
    bars.forEach(bar -> names.add(labels.format(bar.from())));
    JsonObjectBuilder axis = Json.createObjectBuilder().add("stacked", true);
    return Json.createObjectBuilder()
        .add("type", "bar")
        .add(
            "data",
            Json.createObjectBuilder()
                .add("labels", names)
                .add(
                    "datasets",
                    Json.createArrayBuilder()
                        .add(series(said.translate("2xx: done"), "#2e8b57", Bar::of2xx))
                        .add(series(said.translate("3xx: redirected"), "#7a8796", Bar::of3xx))
                        .add(series(said.translate("4xx: refused"), "#d98a00", Bar::of4xx))
                        .add(series(said.translate("5xx: failed"), "#d0453b", Bar::of5xx))
                        .add(marks(said.translate("Refresh of the secret")))))
        .add(
            "options",
            Json.createObjectBuilder()
                .add("animation", false)
                .add("maintainAspectRatio", false)
                .add(
                    "scales",
                    Json.createObjectBuilder()
                        .add("x", axis)
                        .add(
                            "y",
                            Json.createObjectBuilder()
                                .add("stacked", true)
                                .add("beginAtZero", true)
                                .add("ticks", Json.createObjectBuilder().add("precision", 0)))
                        .add(
                            MARKS,
                            Json.createObjectBuilder()
                                .add("axis", "y")
                                .add("display", false)
                                .add("min", 0)
                                .add("max", 1))))
        .build()
        .toString();
  }

  private JsonObjectBuilder series(String label, String colour, ToLongFunction<Bar> kind) {
    JsonArrayBuilder numbers = Json.createArrayBuilder();
    bars.forEach(bar -> numbers.add(kind.applyAsLong(bar)));
    return Json.createObjectBuilder()
        .add("label", label)
        .add("backgroundColor", colour)
        .add("data", numbers);
  }

  /** The refreshes: a thin line from bottom to top in the hour or day of each. */
  private JsonObjectBuilder marks(String label) {
    JsonArrayBuilder lines = Json.createArrayBuilder();
    bars.forEach(bar -> lines.add(Math.min(1, bar.refreshes())));
    return Json.createObjectBuilder()
        .add("label", label)
        .add("backgroundColor", "#4a7de0")
        .add("yAxisID", MARKS)
        .add("stack", MARKS)
        .add("grouped", false)
        .add("barThickness", 3)
        .add("order", -1)
        .add("data", lines);
  }
}
