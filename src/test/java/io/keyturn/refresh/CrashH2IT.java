package io.keyturn.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@code kill -9} in the middle of it all. */
class CrashH2IT {
  private static final int DUE = 150;

  @Test
  void crashLosesNothingThatWasAnsweredAndRefreshesNothingTwice() throws Exception {
    try (KeyturnServer server = KeyturnServer.named("crash").start()) {
      Control control = server.control();
      List<Key> due = new ArrayList<>();
      for (int i = 0; i < DUE; i++) {
        due.add(control.key(Control.wish().policy("PT1H", "PT1H")));
      }
      Key revoked = control.key();
      control.revoke(revoked);
      control.turn(Duration.ofHours(1));

      ConcurrentHashMap<String, Key> answered = new ConcurrentHashMap<>();
      AtomicInteger refreshes = new AtomicInteger();
      ExecutorService pool = Executors.newFixedThreadPool(4);
      for (int i = 0; i < 3; i++) {
        pool.submit(
            () -> {
              Key key = control.key();
              while (true) {
                answered.put(key.id(), key);
                key = control.refresh(key, Duration.ofHours(1));
                refreshes.incrementAndGet();
              }
            });
      }
      while (refreshes.get() < 30) {
        Thread.sleep(1);
      }
      pool.submit(control::wake);
      Thread.sleep(60);
      server.kill();
      pool.shutdown();
      assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

      server.start();
      Api api = server.api();
      assertThat(answered).hasSize(3);
      control.turn(Duration.ofHours(1));
      for (Key key : answered.values()) {
        assertThat(api.me(key.secret()).status()).as("answered secrets live on").isEqualTo(200);
      }
      assertThat(api.me(revoked.secret()).code()).isEqualTo("key_revoked");

      control.refreshDue();
      for (Key key : due) {
        assertThat(control.reveal(key).number()).isEqualTo(2);
        assertThat(api.me(key.secret()).status()).isEqualTo(200);
      }
      assertThat(
              control.sql(
                  """
                  SELECT k.id FROM api_key k WHERE k.current_number <> 1 +
                    (SELECT count(*) FROM audit_event e WHERE e.subject_id = k.id
                      AND e.action = 'API_KEY_REFRESHED')
                  """))
          .as("one audit event for each refresh")
          .isEmpty();
    }
  }
}
