package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What verification asks the database. */
class StatementsHttpIT {
  /** How the query begins. */
  static final String LOOK_UP = "select new io.keyturn.verification.CredentialRecord";

  private static final int KEYS = 10;
  private static final int ROUNDS = 30;

  private static final KeyturnServer SERVER = KeyturnServer.shared();

  /**
   * Without announcements, each key would be looked up anew after 700 ms. On a machine so busy that
   * heartbeats come late, some keys are.
   */
  @Test
  void knownKeyCostsNoStatement() throws InterruptedException {
    List<Key> keys = Stream.generate(() -> SERVER.control().key()).limit(KEYS).toList();
    int before = SERVER.control().queries(LOOK_UP);
    long start = System.nanoTime();

    for (int round = 0; round < ROUNDS; round++) {
      for (Key key : keys) {
        assertThat(SERVER.api().me(key.secret()).status()).isEqualTo(200);
      }
      Thread.sleep(100);
    }

    double withoutAnnouncements = KEYS * (System.nanoTime() - start) / 0.7e9;
    assertThat((double) SERVER.control().queries(LOOK_UP) - before)
        .isBetween((double) KEYS, Math.max(3 * KEYS, withoutAnnouncements / 2));
  }
}
