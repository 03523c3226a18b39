package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.AnsweredWrites;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} while clients write, again and again, on a database that lives through it all.
 * The system property {@code keyturn.kills} says how often; each time after {@code
 * keyturn.kills.seconds}, and up to half as much again. Without them there is a short form, in
 * which the embedded database uses the room in its file again at once: by itself it begins after 45
 * seconds, and nothing is lost before.
 */
class KillHttpIT {
  private static final boolean SHORT = Integer.getInteger("keyturn.kills") == null;
  private static final int KILLS = Integer.getInteger("keyturn.kills", 1);
  private static final int SECONDS = Integer.getInteger("keyturn.kills.seconds", SHORT ? 5 : 60);

  @Test
  void answeredWritesAreThereAfterTheServerIsKilled() throws Exception {
    Random random = new Random();
    try (KeyturnServer server = KeyturnServer.named("kill").on(TestDatabase.current())) {
      if (SHORT && TestDatabase.current() == TestDatabase.H2) {
        server.setting(
            "KEYTURN_DATABASE_URL",
            "jdbc:h2:crashsafe:%s/keyturn;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=0"
                .formatted(server.dataDir()));
      }
      server.start();
      List<AnsweredWrites> all = new ArrayList<>();
      List<String> lost = new ArrayList<>();
      int count = 0;
      for (int kill = 1; kill <= KILLS; kill++) {
        AnsweredWrites writes = new AnsweredWrites(server);
        all.add(writes);
        writes.begin();
        Thread.sleep(1000L * SECONDS + random.nextInt(500 * SECONDS));
        server.kill();
        writes.end();
        server.start();
        count += writes.count();
        lost.addAll(writes.lost(server));
        System.out.printf(
            "kill %d: %d writes answered, %d lost of %d so far%n",
            kill, writes.count(), lost.size(), count);
        assertThat(writes.wrong(server)).isEmpty();
      }
      assertThat(count).isPositive();
      for (AnsweredWrites writes : all) {
        assertThat(writes.lost(server)).as("of %d kills", KILLS).isEmpty();
      }
      assertThat(lost).as("of %d answered writes", count).isEmpty();
      assertThat(
              server
                  .control()
                  .sql(
                      """
                      SELECT id FROM (
                        SELECT id, current_number - 1 AS refreshes FROM api_key
                        UNION ALL
                        SELECT subject_id, -1 FROM audit_event WHERE action = 'API_KEY_REFRESHED')
                      counted GROUP BY id HAVING sum(refreshes) <> 0
                      """))
          .as("one audit event for each refresh")
          .isEmpty();
    }
  }
}
