package io.keyturn.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.ApiKeyId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whatever comes, what is kept in memory stays within bounds. */
class HourCountsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  @Test
  void hoursOfTooManyKeysAreNotCounted() {
    HourCounts hours = new HourCounts();
    ApiKeyId known = ApiKeyId.random();
    hours.note(known, NOW, 200);
    for (int i = 0; i < HourCounts.MOST + 20_000; i++) {
      hours.note(ApiKeyId.random(), NOW, 200);
    }
    hours.note(known, NOW, 404);

    var taken = hours.take();
    assertThat(taken).hasSize(HourCounts.MOST);
    assertThat(taken.get(new HourCounts.KeyHour(known, NOW)))
        .isEqualTo(new HourCounts.Answers(1, 0, 1, 0));
    assertThat(hours.take()).isEmpty();
    hours.putBack(taken);
    assertThat(hours.take()).isEqualTo(taken);
  }
}
