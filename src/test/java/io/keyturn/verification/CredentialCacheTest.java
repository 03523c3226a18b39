package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.database.CacheValidity;
import io.keyturn.database.RecentChanges;
import io.keyturn.secret.SecretDigest;
import java.lang.Thread.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a node goes by what the database said, with and without announcements. */
class CredentialCacheTest {
  private static final UUID KEY = UUID.randomUUID();
  private static final UUID ORGANISATION = UUID.randomUUID();
  private static final SecretDigest DIGEST = new SecretDigest(new byte[32]);

  private long now = Long.MAX_VALUE - Duration.ofMillis(1_000).toNanos();
  private long heardAt = now;
  private int asked;
  private final AtomicInteger queries = new AtomicInteger();
  private final CountDownLatch open = new CountDownLatch(1);
  private final RecentChanges changes = new RecentChanges(CacheValidity.LONGEST, () -> now);
  private final CredentialCache<Answer> cache =
      new CredentialCache<>(
          1_000, new CacheValidity(() -> now, changes, time -> heardAt - time >= 0));

  private void pass(long millis) {
    now += Duration.ofMillis(millis).toNanos();
  }

  /** Time passes, and heartbeats are answered. */
  private void passConnected(long millis) {
    pass(millis);
    heardAt = now;
  }

  private record Answer(int number) implements CredentialCache.OfKey {
    @Override
    public UUID announcedKey() {
      return KEY;
    }

    @Override
    public UUID announcedOrganisation() {
      return ORGANISATION;
    }
  }

  /** No heartbeat was answered for long. */
  private void silence() {
    heardAt -= Duration.ofHours(1).toNanos();
  }

  /** The number of queries before this answer was found. */
  private int get(Runnable duringTheQuery) {
    Answer remembered = cache.remembered(DIGEST);
    if (remembered != null) {
      return remembered.number();
    }
    return cache
        .ask(
            DIGEST,
            () -> {
              Answer answer = new Answer(++asked);
              duringTheQuery.run();
              return Optional.of(answer);
            })
        .orElseThrow()
        .number();
  }

  private int get() {
    return get(() -> {});
  }

  @Test
  void entryCountsForAMinuteWhileAllChangesAreHeard() {
    assertThat(get()).isEqualTo(1);
    passConnected(59_999);
    assertThat(get()).isEqualTo(1);
    passConnected(1);
    assertThat(get()).isEqualTo(2);
  }

  @Test
  void withoutAnnouncementsEntryCountsFor700MillisecondsFromItsQuery() {
    silence();
    assertThat(get(() -> pass(600))).isEqualTo(1);
    pass(99);
    assertThat(get()).isEqualTo(1);
    pass(1);
    assertThat(get()).isEqualTo(2);
  }

  @Test
  void silenceOf700MillisecondsEndsTheTrustInAnOlderEntry() {
    get();
    passConnected(5_000);
    pass(700);
    assertThat(get()).isEqualTo(1);
    pass(1);
    assertThat(get()).isEqualTo(2);
  }

  @Test
  void changeOfTheKeyOrItsOrganisationEndsTheEntryAtOnce() {
    get();
    changes.changed(List.of(UUID.randomUUID()));
    assertThat(get()).isEqualTo(1);
    changes.changed(List.of(UUID.randomUUID(), KEY));
    assertThat(get()).isEqualTo(2);
    changes.changed(List.of(ORGANISATION));
    assertThat(get()).isEqualTo(3);
    changes.anyChanged();
    assertThat(get()).isEqualTo(4);
    assertThat(get()).isEqualTo(4);
  }

  @Test
  void queryThatRacedWithAnAnnouncementOfItsRowIsNotTrusted() {
    // The query read the row before the change, and is answered after its announcement.
    get(() -> changes.changed(List.of(KEY)));

    assertThat(get()).isEqualTo(2);
    passConnected(5_000);
    assertThat(get()).isEqualTo(2);
  }

  @Test
  void queryThatRacedWithAnAnnouncementOfAnotherRowIsTrusted() {
    get(() -> changes.changed(List.of(UUID.randomUUID())));

    passConnected(5_000);
    assertThat(get()).isEqualTo(1);
  }

  @Test
  void changeIsRememberedForAsLongAsAnAnswerFromBeforeItMayCount() {
    get(() -> passConnected(1));
    changes.changed(List.of(KEY));

    passConnected(59_998);
    assertThat(get()).isEqualTo(2);
  }

  @Test
  void moreChangesThanAreRememberedMeanAnyRow() {
    get();

    changes.changed(Stream.generate(UUID::randomUUID).limit(100_001).toList());

    assertThat(get()).isEqualTo(2);
    assertThat(get()).isEqualTo(2);
  }

  @Test
  void queryThatRacedWithAnUpheavalIsNotTrustedAtAll() {
    get(changes::anyChanged);

    assertThat(get()).isEqualTo(2);
  }

  @Test
  void answerThatTookLongerIsUsedOnceWithoutAnnouncements() {
    silence();
    assertThat(get(() -> pass(5_000))).isEqualTo(1);
    assertThat(get()).isEqualTo(2);
  }

  @Test
  void unknownSecretIsQueriedEachTime() {
    for (int i = 0; i < 3; i++) {
      assertThat(
              cache.ask(
                  DIGEST,
                  () -> {
                    asked++;
                    return Optional.empty();
                  }))
          .isEmpty();
    }

    assertThat(asked).isEqualTo(3);
    assertThat(cache.remembered(DIGEST)).isNull();
    assertThat(cache.knew(DIGEST)).isFalse();
  }

  @Test
  void secretIsKnownToHaveBeenRightForTenMinutesAndNoLongerWhenItIsNot() {
    get();
    passConnected(600_000 - 1);
    assertThat(cache.knew(DIGEST)).isTrue();
    passConnected(1);
    assertThat(cache.knew(DIGEST)).isFalse();

    get();
    assertThat(cache.ask(DIGEST, Optional::empty)).isEmpty();
    assertThat(cache.knew(DIGEST)).isFalse();
  }

  @Test
  @Timeout(60)
  void fiftyThreadsThatAskForTheSameSecretCauseOneQuery() throws Exception {
    List<Callable<Integer>> requests = Collections.nCopies(50, this::askWhileClosed);

    List<Integer> answers = inThreads(requests);

    assertThat(answers).hasSize(50).containsOnly(1);
    assertThat(queries).hasValue(1);
  }

  @Test
  @Timeout(60)
  void requestAfterAnAnnouncementGetsNoAnswerOfAQueryFromBeforeIt() throws Exception {
    List<Integer> answers =
        inThreads(
            List.of(
                this::askWhileClosed,
                () -> {
                  changes.changed(List.of(UUID.randomUUID()));
                  return askWhileClosed();
                },
                this::askWhileClosed));

    assertThat(answers).containsExactly(1, 2, 2);
    assertThat(queries).hasValue(2);
  }

  @Test
  @Timeout(60)
  void requestThatComes700MillisecondsAfterTheBeginOfAQueryAsksAnew() throws Exception {
    List<Integer> answers =
        inThreads(
            List.of(
                this::askWhileClosed,
                () -> {
                  passConnected(699);
                  return askWhileClosed();
                },
                () -> {
                  passConnected(1);
                  return askWhileClosed();
                }));

    assertThat(answers).containsExactly(1, 1, 2);
  }

  /** Its query is answered when {@link #inThreads} opens. */
  private int askWhileClosed() {
    return cache.ask(DIGEST, this::answer).orElseThrow().number();
  }

  private Optional<Answer> answer() {
    int number = queries.incrementAndGet();
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Optional.of(new Answer(number));
  }

  /** Begins each call when the one before it waits; opens when all do. */
  private List<Integer> inThreads(List<Callable<Integer>> calls) throws Exception {
    List<FutureTask<Integer>> running = new ArrayList<>();
    for (Callable<Integer> call : calls) {
      FutureTask<Integer> task = new FutureTask<>(call);
      running.add(task);
      Thread thread = new Thread(task);
      thread.start();
      while (thread.getState() != State.WAITING && thread.getState() != State.TIMED_WAITING) {
        Thread.sleep(1);
      }
    }
    open.countDown();
    List<Integer> answers = new ArrayList<>();
    for (FutureTask<Integer> task : running) {
      answers.add(task.get());
    }
    return answers;
  }
}
