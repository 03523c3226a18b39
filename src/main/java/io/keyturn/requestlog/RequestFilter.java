package io.keyturn.requestlog;

import io.keyturn.database.StorableTime;
import io.keyturn.http.Ids;
import io.keyturn.network.Networks;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests of the log are wanted. Null stands for all.
 *
 * @param from the time of the earliest
 * @param to the time before which the latest was answered
 * @param path the template of the address
 * @param code of the problem document
 * @param agent a part of the user agent
 * @param longest how long the request took at least
 */
public record RequestFilter(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String method,
    @Nullable String path,
    @Nullable Statuses statuses,
    @Nullable String code,
    @Nullable String address,
    @Nullable String agent,
    @Nullable UUID requestId,
    @Nullable Duration longest) {

  /** The filter that leaves nothing out. */
  public static final RequestFilter ALL =
      new RequestFilter(null, null, null, null, null, null, null, null, null, null);

  private static final Pattern STATUS = Pattern.compile("[1-5]([0-9]{2}|[xX]{2})");
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}");
  private static final int CLASS = 100;
  private static final int LONGEST = 200;
  private static final String TIME =
      "must be a date, or a date with a time such as 2026-03-01T16:30";

  /**
   * A range of statuses.
   *
   * @param first the lowest
   * @param last the highest
   */
  public record Statuses(int first, int last) {}

  /**
   * Reads a filter from texts by the names of the filter's fields. An absent or blank text filters
   * nothing. Times are read in the zone: a date, or a date with a time.
   *
   * @throws ProblemException 422 that names each wrong field
   */
  public static RequestFilter of(Map<String, ? extends @Nullable String> texts, ZoneId zone) {
    Texts read = new Texts(texts);
    RequestFilter filter =
        new RequestFilter(
            read.time("from", zone, 0),
            read.time("to", zone, 1),
            read.upper("method"),
            read.text("path"),
            read.statuses(),
            read.text("code"),
            read.address(),
            read.text("agent"),
            read.id(),
            read.millis());
    if (filter.from() != null && filter.to() != null && !filter.from().isBefore(filter.to())) {
      read.errors().add(new FieldError("from", "must not be after the end"));
    }
    if (!read.errors().isEmpty()) {
      throw ProblemException.invalid(read.errors());
    }
    return filter;
  }

  private record Texts(Map<String, ? extends @Nullable String> texts, List<FieldError> errors) {
    Texts(Map<String, ? extends @Nullable String> texts) {
      this(texts, new ArrayList<>());
    }

    @Nullable String text(String name) {
      String text = texts.get(name);
      if (text == null || text.isBlank()) {
        return null;
      }
      // PostgreSQL refuses a text with NUL.
      return text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)
          ? wrong(name, "must have at most " + LONGEST + " characters, and no control characters")
          : text.strip();
    }

    @Nullable String address() {
      String text = text("address");
      return text == null ? null : Networks.readable(text);
    }

    @Nullable String upper(String name) {
      String text = text(name);
      return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    @Nullable Instant time(String name, ZoneId zone, int daysLater) {
      String text = text(name);
      if (text == null) {
        return null;
      }
      try {
        Instant time =
            text.indexOf('T') < 0
                ? LocalDate.parse(text).plusDays(daysLater).atStartOfDay(zone).toInstant()
                : LocalDateTime.parse(text).atZone(zone).toInstant();
        if (StorableTime.is(time)) {
          return time;
        }
      } catch (DateTimeException e) {
        return wrong(name, TIME);
      }
      return wrong(name, TIME);
    }

    @Nullable Statuses statuses() {
      String text = text("status");
      if (text == null) {
        return null;
      }
      if (!STATUS.matcher(text).matches()) {
        return wrong("status", "must be a status such as 404, or a class such as 4xx");
      }
      if (text.toLowerCase(Locale.ROOT).endsWith("xx")) {
        int first = Character.digit(text.charAt(0), 10) * CLASS;
        return new Statuses(first, first + CLASS - 1);
      }
      return new Statuses(Integer.parseInt(text), Integer.parseInt(text));
    }

    @Nullable UUID id() {
      String text = text("request_id");
      try {
        return text == null ? null : Ids.parse(text.toLowerCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        return wrong("request_id", "must be the request_id of an answer, whole");
      }
    }

    @Nullable Duration millis() {
      String text = text("longest");
      if (text == null) {
        return null;
      }
      return MILLIS.matcher(text).matches()
          ? Duration.ofMillis(Long.parseLong(text))
          : wrong("longest", "must be a whole number of milliseconds");
    }

    private <T> @Nullable T wrong(String name, String message) {
      errors.add(new FieldError(name, message));
      return null;
    }
  }
}
