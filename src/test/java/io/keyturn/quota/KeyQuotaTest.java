package io.keyturn.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Restrictions;
import io.keyturn.network.Networks;
import io.keyturn.quota.KeyQuota.Taken;
import io.keyturn.quota.KeyQuota.Unwritten;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyQuotaTest {
  private static final Instant NOW = Instant.parse("2026-01-01T23:59:50Z");
  private static final Instant TOMORROW = Instant.parse("2026-01-02T00:00:01Z");
  private static final RecordedUse NOTHING = new RecordedUse(null, null, null);

  /** One request a minute in the long run, so that nothing comes back while a test runs. */
  private static Restrictions limits(@Nullable Integer burst, @Nullable Integer perDay) {
    return new Restrictions(Networks.ALL, 1, burst, perDay, LocationLimit.NONE);
  }

  private static int acceptedOf(int requests, KeyQuota quota, Restrictions limits, Instant at) {
    int accepted = 0;
    for (int i = 0; i < requests; i++) {
      accepted += quota.take(limits, at).accepted() ? 1 : 0;
    }
    return accepted;
  }

  private static long day(Instant at) {
    return at.getEpochSecond() / 86_400;
  }

  @Test
  void burstIsAllThatIsAcceptedAtOnce() {
    Restrictions limits = limits(5, null);
    KeyQuota quota = new KeyQuota(limits, NOTHING, NOW);

    assertThat(quota.take(limits, NOW))
        .extracting(Taken::left, Taken::waitSeconds)
        .contains(1L, 0L);
    assertThat(acceptedOf(10, quota, limits, NOW)).isEqualTo(4);
    assertThat(quota.take(limits, NOW).waitSeconds()).isBetween(55L, 61L);
    assertThat(quota.take(limits, NOW).leftOnDay()).isNull();
  }

  @Test
  void dayIsExactOnOneNodeAndEndsAtMidnight() {
    Restrictions limits = limits(60, 7);
    KeyQuota quota = new KeyQuota(limits, NOTHING, NOW);

    assertThat(acceptedOf(20, quota, limits, NOW)).isEqualTo(7);
    Taken refused = quota.take(limits, NOW);
    assertThat(refused.waitSeconds()).isEqualTo(10);
    assertThat(refused.leftOnDay()).isZero();
    assertThat(acceptedOf(20, quota, limits, TOMORROW)).isEqualTo(7);
  }

  @Test
  void requestRefusedForTheDayTakesNothingOfTheMinute() {
    Restrictions limits = limits(5, 1);
    KeyQuota quota = new KeyQuota(limits, NOTHING, NOW);

    acceptedOf(20, quota, limits, NOW);

    assertThat(acceptedOf(20, quota, limits(5, null), NOW)).isEqualTo(4);
  }

  @Test
  void lookTellsWhatARequestWouldBeToldAndTakesNothing() {
    Restrictions limits = limits(2, 2);
    KeyQuota quota = new KeyQuota(limits, NOTHING, NOW);

    assertThat(quota.look(limits, NOW)).isEqualTo(quota.look(limits, NOW));
    assertThat(quota.look(limits, NOW).accepted()).isTrue();
    assertThat(quota.unwritten()).isNull();
    assertThat(acceptedOf(2, quota, limits, NOW)).isEqualTo(2);
    assertThat(quota.look(limits, NOW).waitSeconds()).as("until the day ends").isEqualTo(10);
    assertThat(quota.look(limits(2, null), NOW).waitSeconds()).isBetween(55L, 61L);
  }

  @Test
  void nodeThatBeginsAnewKnowsTheDay() {
    Restrictions limits = limits(60, 7);

    KeyQuota today = new KeyQuota(limits, new RecordedUse(500L, day(NOW), 4L), NOW);
    KeyQuota tomorrow = new KeyQuota(limits, new RecordedUse(500L, day(NOW), 4L), TOMORROW);

    assertThat(acceptedOf(20, today, limits, NOW)).isEqualTo(3);
    assertThat(acceptedOf(20, tomorrow, limits, TOMORROW)).isEqualTo(7);
  }

  @Test
  void whatOtherNodesAcceptedIsCountedOnceWhenExchanged() {
    Restrictions limits = limits(50, 40);
    KeyQuota quota = new KeyQuota(limits, new RecordedUse(100L, day(NOW), 0L), NOW);
    acceptedOf(10, quota, limits, NOW);
    Unwritten own = Objects.requireNonNull(quota.unwritten());
    assertThat(own).isEqualTo(new Unwritten(NOW, 10, day(NOW), 10));
    quota.written(own);
    assertThat(quota.unwritten()).isNull();

    // 10 of ours and 25 of theirs.
    for (int i = 0; i < 3; i++) {
      quota.exchange(new RecordedUse(135L, day(NOW), 35L), NOW);
    }

    assertThat(quota.take(limits, NOW).left()).as("at most the quota itself").isEqualTo(1);
    assertThat(acceptedOf(50, quota, limits, NOW)).as("40 - 35 - 1").isEqualTo(4);
    assertThat(acceptedOf(50, quota, limits(50, null), NOW)).as("50 - 35 - 5").isEqualTo(10);
  }

  @Test
  void keyIsForgottenOnlyWhenThatGivesNothingAway() throws InterruptedException {
    KeyQuota slow = new KeyQuota(limits(60, null), NOTHING, NOW);
    Restrictions quickLimits = new Restrictions(Networks.ALL, 60_000, 1, null, LocationLimit.NONE);
    KeyQuota quick = new KeyQuota(quickLimits, NOTHING, NOW);
    assertThat(slow.rests(Duration.ZERO)).isTrue();
    assertThat(slow.rests(Duration.ofMinutes(10))).isFalse();

    slow.take(limits(60, null), NOW);
    quick.take(quickLimits, NOW);
    Thread.sleep(50);
    assertThat(quick.rests(Duration.ZERO)).as("what is not written would be lost").isFalse();
    slow.written(Objects.requireNonNull(slow.unwritten()));
    quick.written(Objects.requireNonNull(quick.unwritten()));

    assertThat(quick.rests(Duration.ZERO)).isTrue();
    assertThat(slow.rests(Duration.ZERO)).as("its burst would be whole again").isFalse();
  }

  @Test
  void bucketGoesBelowZeroForWhatOthersTook() {
    Restrictions limits = limits(10, null);
    KeyQuota quota = new KeyQuota(limits, NOTHING, NOW);

    quota.exchange(new RecordedUse(12L, day(NOW), 12L), NOW);

    assertThat(quota.take(limits, NOW).waitSeconds()).isBetween(170L, 181L);
  }

  @Test
  void ownRequestsMeanwhileAreNotTakenForOthers() {
    Restrictions limits = limits(60, 100);
    KeyQuota quota = new KeyQuota(limits, NOTHING, NOW);
    acceptedOf(10, quota, limits, NOW);
    Unwritten own = Objects.requireNonNull(quota.unwritten());
    acceptedOf(5, quota, limits, NOW);
    quota.written(own);
    quota.exchange(new RecordedUse(10L, day(NOW), 10L), NOW);

    Taken next = quota.take(limits, NOW);
    assertThat(next.leftOnDay()).isEqualTo(100 - 16);
    assertThat(Objects.requireNonNull(quota.unwritten()).count()).isEqualTo(6);
  }

  @Test
  void useThatNoQuotaCountsIsWrittenOnceAndTakesNothing() {
    Restrictions limits = limits(1, 1);
    KeyQuota quota = new KeyQuota(limits, NOTHING, NOW);
    quota.note(NOW);

    Unwritten noted = Objects.requireNonNull(quota.unwritten());
    assertThat(noted).isEqualTo(new Unwritten(NOW, 0, day(NOW), 0));
    quota.written(noted);
    assertThat(quota.unwritten()).isNull();
    assertThat(quota.take(limits, NOW).accepted()).isTrue();
  }

  @Test
  void useThatIsNotedDuringAWriteIsWrittenWithTheNext() {
    Restrictions limits = limits(10, null);
    KeyQuota quota = new KeyQuota(limits, NOTHING, NOW);
    acceptedOf(2, quota, limits, NOW);
    Unwritten first = Objects.requireNonNull(quota.unwritten());
    quota.note(NOW.plusSeconds(1));
    quota.written(first);

    assertThat(quota.unwritten()).isEqualTo(new Unwritten(NOW.plusSeconds(1), 0, day(NOW), 0));
  }

  @Test
  void requestOfTheSameInstantAsTheLastWriteIsNotForgotten() {
    Restrictions limits = limits(10, null);
    KeyQuota quota = new KeyQuota(limits, NOTHING, NOW);
    acceptedOf(1, quota, limits, NOW);
    Unwritten first = Objects.requireNonNull(quota.unwritten());
    acceptedOf(1, quota, limits, NOW);
    quota.written(first);

    assertThat(quota.unwritten()).isEqualTo(new Unwritten(NOW, 1, day(NOW), 1));
  }

  @Test
  void whatWasAcceptedBeforeMidnightIsNotOfTheNewDay() {
    Restrictions limits = limits(60, 10);
    KeyQuota quota = new KeyQuota(limits, NOTHING, NOW);
    acceptedOf(8, quota, limits, NOW);
    acceptedOf(1, quota, limits, TOMORROW);

    assertThat(quota.unwritten()).isEqualTo(new Unwritten(TOMORROW, 9, day(TOMORROW), 1));
  }
}
