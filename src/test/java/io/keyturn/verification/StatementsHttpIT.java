package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RenewalClient;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What verification asks the database. */
class StatementsHttpIT {
  /** How the query begins. */
  static final String LOOK_UP = "select new io.keyturn.verification.CredentialRecord";

  private static final String RENEWAL_LOOK_UP = "select new io.keyturn.renewal.Renewals$Candidate";
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

  /** Requests that come after the answer find it in memory. */
  @Test
  void coldKeyCostsOneStatementHoweverManyRequestsComeAtOnce() throws Exception {
    Key key = SERVER.control().key();
    int before = SERVER.control().queries(LOOK_UP);
    ExecutorService pool = Executors.newFixedThreadPool(50);
    try {
      List<Future<Integer>> answers =
          pool.invokeAll(Collections.nCopies(50, () -> SERVER.api().me(key.secret()).status()));
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    } finally {
      pool.shutdownNow();
    }

    // The key is looked up anew where the requests take longer than an entry counts.
    assertThat(SERVER.control().queries(LOOK_UP) - before).isBetween(1, 3);
  }

  /** Without announcements, the renewal credential would be looked up anew after 700 ms. */
  @Test
  void knownRenewalCredentialCostsNoStatement() throws InterruptedException {
    RenewalClient client =
        RenewalClient.of(SERVER, SERVER.control().key(Control.wish().scopes("keys:verify")));
    int before = SERVER.control().queries(RENEWAL_LOOK_UP);
    long start = System.nanoTime();

    for (int round = 0; round < ROUNDS; round++) {
      assertThat(introspect(client).status()).isEqualTo(200);
      Thread.sleep(100);
    }

    double withoutAnnouncements = (System.nanoTime() - start) / 0.7e9;
    assertThat((double) SERVER.control().queries(RENEWAL_LOOK_UP) - before)
        .isBetween(1.0, Math.max(2, withoutAnnouncements / 2));
  }

  private static Api.Answer introspect(RenewalClient client) {
    return SERVER
        .api()
        .post(
            "/api/v1/oauth/introspect",
            RenewalClient.FORM,
            "token=x",
            "Authorization",
            client.basic());
  }
}
