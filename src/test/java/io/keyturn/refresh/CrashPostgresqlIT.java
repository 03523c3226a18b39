package io.keyturn.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.History;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A node is killed at random moments in the middle of its batch; another node or the restarted one
 * does the rest. The system property {@code keyturn.crashes} says how often; each time costs a
 * start of a server.
 */
class CrashPostgresqlIT {
  private static final int CRASHES = Integer.getInteger("keyturn.crashes", 3);
  private static final int KEYS = 600;
  private static final Duration DAY = Duration.ofHours(24);

  @Test
  void keysAreWhollyBeforeOrWhollyAfterTheirRefreshAndTheRestIsDoneLater() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (KeyturnServer survivor =
            KeyturnServer.named("survivor").on(TestDatabase.POSTGRESQL).start();
        KeyturnServer victim = KeyturnServer.named("victim").besides(survivor)) {
      Control control = survivor.control();
      String organisation = control.organisation();
      control.keys(organisation, KEYS);
      List<Key> sample = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        sample.add(control.key(Control.wish().in(organisation)));
      }
      int cut = 0;
      for (int crash = 1; crash <= CRASHES; crash++) {
        victim.setting("KEYTURN_TEST_CLOCK_OFFSET", DAY.multipliedBy(crash).toString()).start();
        Thread batch = new Thread(() -> wake(victim));
        batch.start();
        // At a random point of the batch, not of the clock: how fast it goes is the machine's.
        int enough = KEYS + sample.size() - random.nextInt(KEYS);
        while (batch.isAlive() && due(control, organisation, crash) > enough) {
          Thread.onSpinWait();
        }
        victim.kill();
        batch.join();

        History.of(control, organisation).assertWhole();
        control.turn(DAY);
        int left = due(control, organisation, crash);
        cut += left > 0 && left < KEYS + sample.size() ? 1 : 0;
        for (Key key : sample) {
          // Answered before the crash, and promised for the grace period.
          assertThat(survivor.api().me(key.secret()).status())
              .as("crash %d, seed %d", crash, seed)
              .isEqualTo(200);
        }
        control.refreshDue();
        History.of(control, organisation).assertWhole(crash + 1);
        sample.replaceAll(control::reveal);
      }
      assertThat(cut).as("crashes in the middle of a batch, seed %d", seed).isPositive();
      System.out.printf(
          "%d crashes, %d of them with the batch half done, seed %d%n", CRASHES, cut, seed);
    }
  }

  /** The killed server gives no answer. */
  private static void wake(KeyturnServer server) {
    try {
      server.control().wake();
    } catch (RuntimeException e) {
      // That is what is tested here.
    }
  }

  private static int due(Control control, String organisation, int number) {
    return Integer.parseInt(
        control
            .sql(
                "SELECT count(*) AS due FROM api_key k JOIN organisation o ON o.id ="
                    + " k.organisation_id WHERE o.domain = '"
                    + organisation
                    + "' AND k.current_number = "
                    + number)
            .get(0)
            .getString("due"));
  }
}
