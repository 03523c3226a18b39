package io.keyturn.console;

import io.keyturn.http.Cookies;
import io.keyturn.language.Language;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The time zone in which a person reads times and enters dates. Only the browser knows it, so the
 * pages' script puts its name into a cookie. All times of a page are in this one zone.
 */
@Named
@RequestScoped
public class ReaderZone {
  /** The cookie with the name of the zone, such as {@code Europe/Berlin}. */
  static final String COOKIE = "keyturn-zone";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter GERMAN_MINUTE =
      DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm", Locale.ROOT);

  @Inject private HttpServletRequest request;
  @Inject private PageLanguage language;

  /** The zone; UTC where the browser has not said it yet, or has said what is unknown here. */
  public ZoneId get() {
    return told().orElse(ZoneId.of("UTC"));
  }

  private Optional<ZoneId> told() {
    return Cookies.values(request, COOKIE).flatMap(value -> named(value).stream()).findFirst();
  }

  /** The zone that the value of a cookie names, which the script has encoded. */
  static Optional<ZoneId> named(String value) {
    try {
      return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8))
          .filter(ReaderZone::known)
          .map(ZoneId::of);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether there is a zone of this name. */
  public static boolean known(String name) {
    return ZoneId.getAvailableZoneIds().contains(name);
  }

  /** The name of the zone. */
  public String getName() {
    return get().getId();
  }

  /** A time to the minute, with its zone. */
  public String minute(Instant time) {
    ZoneId zone = get();
    DateTimeFormatter format = language.get() == Language.GERMAN ? GERMAN_MINUTE : MINUTE;
    return format.format(time.atZone(zone)) + " " + zone.getId();
  }
}
