package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.ApiKeyId;
import io.keyturn.apikey.KeyGrant;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.quota.RecordedUse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How long a node goes by what the database said, with and without announcements. */
class CredentialCacheTest {
  private static final UUID KEY = UUID.randomUUID();
  private static final UUID ORGANISATION = UUID.randomUUID();
  private static final ByteBuffer DIGEST = ByteBuffer.wrap(new byte[] {1});

  private long now = Long.MAX_VALUE - Duration.ofMillis(1_000).toNanos();
  private long heardAt = now;
  private int asked;
  private final CredentialCache cache = new CredentialCache(() -> now, time -> heardAt - time >= 0);

  private void pass(long millis) {
    now += Duration.ofMillis(millis).toNanos();
  }

  /** Time passes, and heartbeats are answered. */
  private void passConnected(long millis) {
    pass(millis);
    heardAt = now;
  }

  private static KnownCredential credential(int number) {
    return KnownCredential.of(
        new CredentialRecord(
            new byte[] {1},
            new byte[0],
            number,
            null,
            Instant.MAX,
            new ApiKeyId(KEY),
            "key",
            "live",
            Instant.MAX,
            new KeyGrant("suppliers:read", "", null, null, null, null),
            new RecordedUse(null, null, null),
            null,
            new OrganisationId(ORGANISATION),
            "demo",
            "Demo",
            null));
  }

  /** No heartbeat was answered for long. */
  private void silence() {
    heardAt -= Duration.ofHours(1).toNanos();
  }

  /** The number of queries before this answer was found. */
  private int get(Runnable duringTheQuery) {
    return cache
        .get(
            DIGEST,
            () -> {
              KnownCredential answer = credential(++asked);
              duringTheQuery.run();
              return Optional.of(answer);
            })
        .orElseThrow()
        .row()
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
    cache.changed(List.of(UUID.randomUUID()));
    assertThat(get()).isEqualTo(1);
    cache.changed(List.of(UUID.randomUUID(), KEY));
    assertThat(get()).isEqualTo(2);
    cache.changed(List.of(ORGANISATION));
    assertThat(get()).isEqualTo(3);
    cache.anyChanged();
    assertThat(get()).isEqualTo(4);
    assertThat(get()).isEqualTo(4);
  }

  @Test
  void queryThatRacedWithAnAnnouncementIsNotTrustedLonger() {
    // The query read the row before the change, and is answered after its announcement.
    get(() -> cache.changed(List.of(KEY)));

    passConnected(699);
    assertThat(get()).isEqualTo(1);
    passConnected(1);
    assertThat(get()).isEqualTo(2);
    passConnected(5_000);
    assertThat(get()).isEqualTo(2);
  }

  @Test
  void queryThatRacedWithAnUpheavalIsNotTrustedAtAll() {
    get(cache::anyChanged);

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
              cache.get(
                  DIGEST,
                  () -> {
                    asked++;
                    return Optional.empty();
                  }))
          .isEmpty();
    }

    assertThat(asked).isEqualTo(3);
  }
}
