package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PostgresqlRelay;
import io.keyturn.support.TestDatabase;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two real servers on one PostgreSQL. What the second should hear of changes can be dropped. */
class SilentChannelPostgresqlIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BETWEEN = Duration.ofMillis(20);

  private static KeyturnServer one;
  private static KeyturnServer two;
  private static PostgresqlRelay relay;

  @BeforeAll
  static void startBoth() {
    one = KeyturnServer.named("channel-one").on(TestDatabase.POSTGRESQL).start();
    String database = one.setting("KEYTURN_DATABASE_URL");
    relay = new PostgresqlRelay(database + "?socketTimeout=5&connectTimeout=3&tcpKeepAlive=true");
    two =
        KeyturnServer.named("channel-two")
            .besides(one)
            .setting("KEYTURN_DATABASE_URL", relay.jdbcUrl())
            .start();
  }

  @AfterAll
  static void stopBoth() {
    two.close();
    relay.close();
    one.close();
  }

  @BeforeEach
  void announcementsAreHeard() {
    relay.endSilence();
    awaitAnnouncements();
  }

  @Test
  void changeIsSeenWithinASecondWhenAnnouncementsAreDroppedSilently() throws InterruptedException {
    Key atOnce = remembered();
    Key later = remembered();

    relay.silence();
    assertThat(two.api().me(atOnce.secret()).status()).isEqualTo(200);
    assertRevocationIsSeen(atOnce);

    Thread.sleep(2_000);
    assertThat(relay.silenced()).isPositive();
    assertThat(two.api().me(later.secret()).status()).isEqualTo(200);
    assertRevocationIsSeen(later);
  }

  @Test
  void announcementsCountAgainWhenTheyArriveAgain() {
    Key key = remembered();

    relay.silence();
    Eventually.within(PATIENCE, () -> assertThat(lookUpsInThreeSeconds(key)).isGreaterThan(2));

    relay.endSilence();
    awaitAnnouncements();
  }

  private static void assertRevocationIsSeen(Key key) {
    one.control().revoke(key);
    Eventually.within1s(() -> assertThat(two.api().me(key.secret()).status()).isEqualTo(401));
    assertThat(two.api().me(key.secret()).code()).isEqualTo("key_revoked");
  }

  /** A key that the second node has remembered for longer than it may without announcements. */
  private static Key remembered() {
    Key key = one.control().key();
    lookUpsInThreeSeconds(key);
    return key;
  }

  /** Without announcements, a key is looked up every 700 ms. */
  private static void awaitAnnouncements() {
    Key key = one.control().key();
    Eventually.within(PATIENCE, () -> assertThat(lookUpsInThreeSeconds(key)).isLessThan(2));
  }

  private static int lookUpsInThreeSeconds(Key key) {
    int before = two.control().queries(StatementsHttpIT.LOOK_UP);
    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    while (System.nanoTime() < end) {
      assertThat(two.api().me(key.secret()).status()).isEqualTo(200);
      // Lest the key's quota is spent.
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    return two.control().queries(StatementsHttpIT.LOOK_UP) - before;
  }
}
