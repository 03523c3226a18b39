package io.keyturn.json;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times of RFC 3339 in UTC. */
final class UtcTime {
  private static final int MICROS = 1_000;
  private static final int MILLIS = 1_000_000;

  private UtcTime() {}

  /**
   * The same text as of {@link Instant#toString}, whose formatter took 4 % of a page of suppliers:
   * seconds always, and no digits, three, six or nine behind them.
   */
  static String text(Instant time) {
    LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    if (local.getYear() < 0 || local.getYear() > 9999) {
      return time.toString();
    }
    StringBuilder text = new StringBuilder(30);
    digits(text, local.getYear(), 4).append('-');
    digits(text, local.getMonthValue(), 2).append('-');
    digits(text, local.getDayOfMonth(), 2).append('T');
    digits(text, local.getHour(), 2).append(':');
    digits(text, local.getMinute(), 2).append(':');
    digits(text, local.getSecond(), 2);
    int nanos = local.getNano();
    if (nanos % MICROS != 0) {
      digits(text.append('.'), nanos, 9);
    } else if (nanos % MILLIS != 0) {
      digits(text.append('.'), nanos / MICROS, 6);
    } else if (nanos != 0) {
      digits(text.append('.'), nanos / MILLIS, 3);
    }
    return text.append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder text, int number, int count) {
    int unit = 1;
    for (int i = 1; i < count; i++) {
      unit *= 10;
    }
    for (int rest = number; unit > 0; unit /= 10) {
      text.append((char) ('0' + rest / unit));
      rest %= unit;
    }
    return text;
  }
}
