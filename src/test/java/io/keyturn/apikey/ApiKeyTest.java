package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.Scope;
import io.keyturn.organisation.OrganisationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T10:00:00Z");

  private static ApiKey key(Duration interval, Duration grace) {
    return new ApiKey(
        OrganisationId.random(),
        new NewApiKey(
            "ERP", "live", Set.of(Scope.SUPPLIERS_READ), new RefreshPolicy(interval, grace)),
        null,
        "somebody",
        CREATED);
  }

  private static ApiKey daily() {
    return key(Duration.ofHours(24), Duration.ofHours(1));
  }

  @Test
  void newKeyIsDueAfterItsInterval() {
    ApiKey key = daily();

    assertThat(key.currentNumber()).isEqualTo(1);
    assertThat(key.nextRefreshAt()).isEqualTo("2026-01-02T10:00:00Z");
    assertThat(key.currentAcceptedUntil()).isEqualTo("2026-01-02T11:00:00Z");
    assertThat(key.revoked()).isFalse();
  }

  @Test
  void dueRefreshKeepsThePromiseToTheSecond() {
    ApiKey key = daily();

    assertThat(key.refreshDue(Instant.parse("2026-01-02T10:30:00Z")))
        .isEqualTo("2026-01-02T11:00:00Z");
    assertThat(key.currentNumber()).isEqualTo(2);
    assertThat(key.nextRefreshAt()).isEqualTo("2026-01-03T10:00:00Z");
  }

  @Test
  void lateRefreshMakesUpNoMissedOnes() {
    ApiKey key = daily();

    assertThat(key.refreshDue(Instant.parse("2026-01-07T09:00:00Z")))
        .as("already past")
        .isEqualTo("2026-01-02T11:00:00Z");
    assertThat(key.currentNumber()).isEqualTo(2);
    assertThat(key.nextRefreshAt()).isEqualTo("2026-01-07T10:00:00Z");
  }

  @Test
  void manualRefreshLeavesTheDueTimeWhereItIs() {
    ApiKey key = daily();

    assertThat(key.refresh(CREATED.plusSeconds(60), Duration.ofMinutes(5)))
        .isEqualTo("2026-01-01T10:06:00Z");
    assertThat(key.nextRefreshAt()).isEqualTo("2026-01-02T10:00:00Z");
  }

  @Test
  void manualRefreshWhoseGraceCrossesTheDueTimeTakesItsPlace() {
    ApiKey key = daily();

    assertThat(key.refresh(Instant.parse("2026-01-02T09:00:00Z"), Duration.ofHours(2)))
        .isEqualTo("2026-01-02T11:00:00Z");
    assertThat(key.nextRefreshAt()).isEqualTo("2026-01-03T10:00:00Z");
  }

  @Test
  void revokedKeyFreesItsNameAndIsNotDue() {
    ApiKey key = daily();
    key.revoke(CREATED.plusSeconds(1));

    assertThat(key.revoked()).isTrue();
    assertThat(key.revokedAt()).isEqualTo(CREATED.plusSeconds(1));
  }

  @Test
  void reservedNamesAreAlikeInWhateverCase() {
    assertThat(ApiKey.reservedName("ERP Ä")).isEqualTo(ApiKey.reservedName("erp ä"));
  }

  /** Whatever happens in whatever order: the old secret's end never lies past the next due time. */
  @Test
  void noGraceEverReachesIntoTheNextRefresh() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      Duration interval = Duration.ofSeconds(3600 + random.nextInt(200_000));
      Duration longest =
          interval.compareTo(RefreshPolicy.LONGEST_GRACE) < 0
              ? interval
              : RefreshPolicy.LONGEST_GRACE;
      ApiKey key = key(interval, Duration.ofSeconds(random.nextLong(longest.toSeconds() + 1)));
      Instant now = CREATED;
      for (int step = 0; step < 20; step++) {
        now = now.plusSeconds(random.nextInt(100_000));
        int number = key.currentNumber();
        Instant until =
            key.nextRefreshAt().isAfter(now)
                ? key.refresh(now, Duration.ofSeconds(random.nextLong(longest.toSeconds() + 1)))
                : key.refreshDue(now);
        assertThat(key.currentNumber()).isEqualTo(number + 1);
        assertThat(key.nextRefreshAt()).isAfter(now).isAfterOrEqualTo(until);
        assertThat(
                Duration.between(CREATED, key.nextRefreshAt()).toSeconds() % interval.toSeconds())
            .isZero();
      }
    }
  }
}
