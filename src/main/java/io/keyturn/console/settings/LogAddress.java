package io.keyturn.console.settings;

import io.keyturn.console.ReaderZone;
import io.keyturn.problem.ProblemException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the addresses of the audit log and of the request log have besides their filters. */
final class LogAddress {
  /** The labels, in English. */
  static final Map<String, String> LABELS =
      Map.of("cursor", "The place in the log", "zone", "The zone");

  private LogAddress() {}

  /**
   * The zone of the days in the address; UTC where it names none.
   *
   * @throws ProblemException 422 for {@code zone}
   */
  static ZoneId zone(@Nullable String named) {
    if (named == null) {
      return ZoneOffset.UTC;
    }
    if (!ReaderZone.known(named)) {
      throw ProblemException.invalid("zone", "must be a time zone, such as Europe/Berlin");
    }
    return ZoneId.of(named);
  }

  /**
   * The zone of days and times: the zone in the address, or UTC where the address has days without
   * a zone. An empty text lets the browser choose the reader's zone.
   */
  static String shown(@Nullable String named, @Nullable String from, @Nullable String to) {
    if (named != null && ReaderZone.known(named)) {
      return named;
    }
    return from == null && to == null ? "" : "UTC";
  }
}
