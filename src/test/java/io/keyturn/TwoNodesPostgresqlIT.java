package io.keyturn;

import static io.keyturn.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.Control.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes on one database are one platform. */
class TwoNodesPostgresqlIT {
  private static KeyturnServer one;
  private static KeyturnServer two;

  @BeforeAll
  static void start() {
    one = KeyturnServer.shared();
    two = KeyturnServer.named("second").besides(one).start();
    // The first one's clock was turned by other tests.
    two.control().turn(Duration.between(two.control().now(), one.control().now()));
  }

  @AfterAll
  static void stop() {
    two.close();
  }

  @Test
  void keyMadeOnOneNodeWorksOnTheOtherAtOnce() {
    Key key = one.control().key();

    assertThat(two.api().me(key.secret()).status()).isEqualTo(200);
    assertThat(two.control().reveal(key).secret()).isEqualTo(key.secret());
  }

  @Test
  void revocationIsSeenByTheOtherNodeWithinASecondThoughItIsBusy() {
    Key key = one.control().key();
    assertThat(two.api().me(key.secret()).status()).isEqualTo(200);
    one.control().revoke(key);
    long revoked = System.nanoTime();

    int late = 0;
    while (System.nanoTime() - revoked < 1_500_000_000L) {
      boolean over = System.nanoTime() - revoked > 1_000_000_000L;
      boolean accepted = two.api().me(key.secret()).status() == 200;
      late += over && accepted ? 1 : 0;
    }

    assertThat(late).isZero();
    assertProblem(two.api().me(key.secret()), 401, "key_revoked");
  }

  @Test
  void bothNodesGiveTheSameSuccessor() throws Exception {
    Key key = one.control().key();
    ExecutorService pool = Executors.newFixedThreadPool(20);
    List<Future<Key>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Control node = (i % 2 == 0 ? one : two).control();
      answers.add(pool.submit(() -> node.refresh(key, Duration.ofHours(1))));
    }
    Set<String> secrets = new HashSet<>();
    for (Future<Key> answer : answers) {
      secrets.add(answer.get().secret());
    }
    pool.shutdown();

    assertThat(secrets).hasSize(1);
    assertThat(one.control().sql("SELECT id FROM credential WHERE api_key_id = '" + key.id() + "'"))
        .hasSize(2);
  }

  @Test
  void bothNodesShareTheBatchAndRefreshEachKeyOnce() throws Exception {
    String organisation = one.control().organisation();
    for (int i = 0; i < 250; i++) {
      one.control().key(Control.wish().in(organisation));
    }
    one.control().turn(Duration.ofDays(1).plusSeconds(1));
    two.control().turn(Duration.ofDays(1).plusSeconds(1));
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Future<?> first = pool.submit(() -> one.control().rotate());
    Future<?> second = pool.submit(() -> two.control().rotate());
    first.get();
    second.get();
    pool.shutdown();

    assertThat(
            one.control()
                .sql(
                    """
                    SELECT k.id FROM api_key k JOIN organisation o ON o.id = k.organisation_id
                    WHERE o.domain = '%s' AND k.current_number = 2
                    AND (SELECT count(*) FROM audit_event e WHERE e.subject_id = k.id
                      AND e.action = 'API_KEY_REFRESHED') = 1
                    """
                        .formatted(organisation)))
        .hasSize(250);
  }

  @Test
  void nodeThatDiesLeavesTheOtherAtWork() {
    try (KeyturnServer third = KeyturnServer.named("third").besides(one).start()) {
      Key key = third.control().key();
      third.kill();

      assertThat(two.api().me(key.secret()).status()).isEqualTo(200);
    }
  }
}
