package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.console.RefreshStrip.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The refreshes of the next 24 hours, by hours from now. */
class RefreshStripTest {
  private static final Instant NOW = Instant.parse("2026-01-15T10:20:00Z");

  private static Instant in(String duration) {
    return NOW.plus(Duration.parse(duration));
  }

  @Test
  void keysStandInTheHourInWhichTheyRefresh() {
    RefreshStrip strip =
        RefreshStrip.of(List.of(in("PT1M"), in("PT59M"), in("PT60M"), in("PT23H59M")), NOW);

    assertThat(strip.hours()).hasSize(24);
    assertThat(strip.hours().get(0)).isEqualTo(new Hour(NOW, 2, 8));
    assertThat(strip.hours().get(1)).isEqualTo(new Hour(in("PT1H"), 1, 4));
    assertThat(strip.hours().get(23).keys()).isEqualTo(1);
    assertThat(strip.next()).isEqualTo(4);
    assertThat(strip.overdue()).isZero();
  }

  @Test
  void keyIsOverdueWhenItsMinuteIsOver() {
    RefreshStrip strip = RefreshStrip.of(List.of(in("PT-1M"), in("PT-3M"), in("PT-5H")), NOW);

    assertThat(strip.overdue()).isEqualTo(2);
    assertThat(strip.hours().get(0).keys()).isEqualTo(1);
  }

  @Test
  void oneKeyAmongManyIsStillSeen() {
    List<Instant> due = new ArrayList<>(Collections.nCopies(1_000, in("PT2H")));
    due.add(in("PT4H"));

    assertThat(RefreshStrip.of(due, NOW).hours().get(4)).isEqualTo(new Hour(in("PT4H"), 1, 1));
    assertThat(RefreshStrip.of(List.of(), NOW).hours())
        .allSatisfy(hour -> assertThat(hour.height()).isZero());
  }
}
