package io.keyturn.apikey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** When others are told that a key will expire: 14, 3 and 1 day before its planned end. */
final class ExpiryNotices {
  private static final List<Duration> BEFORE =
      List.of(Duration.ofDays(14), Duration.ofDays(3), Duration.ofDays(1));

  private ExpiryNotices() {}

  /**
   * When the next notice is due.
   *
   * @param end the planned end; null for none
   * @return a time after {@code now}; null when no notice is to come
   */
  static @Nullable Instant after(Instant now, @Nullable Instant end) {
    if (end == null) {
      return null;
    }
    return BEFORE.stream()
        .map(end::minus)
        .filter(time -> time.isAfter(now))
        .findFirst()
        .orElse(null);
  }

  /**
   * The days of the notice that is due, which is one notice also where several were missed.
   *
   * @return 14, 3 or 1; nothing after the end
   */
  static OptionalLong days(Instant now, Instant end) {
    if (!end.isAfter(now)) {
      return OptionalLong.empty();
    }
    return BEFORE.stream()
        .filter(before -> !end.minus(before).isAfter(now))
        .mapToLong(Duration::toDays)
        .min();
  }
}
