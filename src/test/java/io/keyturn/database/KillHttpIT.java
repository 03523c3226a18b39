package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.AnsweredWrites;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Multipart;
import io.keyturn.support.TestDatabase;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        Imported imported = new Imported(server);
        imported.awaitMiddle();
        server.kill();
        writes.end();
        server.start();
        imported.endsOnce();
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

  /** An import in whose middle the server is killed. */
  private static final class Imported {
    private static final int ROWS = 4_000;

    private final KeyturnServer server;
    private final String organisation;
    private final Key key;
    private final String path;

    Imported(KeyturnServer server) {
      this.server = server;
      organisation = server.control().organisation();
      key =
          server
              .control()
              .key(Control.wish().in(organisation).scopes("suppliers:read suppliers:write"));
      String rows =
          IntStream.range(0, ROWS)
              .mapToObj(i -> i % 2 == 0 ? "E" + i + ",Supplier " + i : ",Supplier " + i)
              .collect(Collectors.joining("\n"));
      Answer begun =
          server
              .api()
              .send(
                  "POST",
                  "/api/v1/supplier-imports",
                  BodyPublishers.ofByteArray(
                      Multipart.of(
                          "a.csv", ("external_id,name\n" + rows).getBytes(StandardCharsets.UTF_8))),
                  "Authorization",
                  "Bearer " + key.secret(),
                  "Content-Type",
                  Multipart.TYPE);
      assertThat(begun.status()).as(begun.body()).isEqualTo(202);
      path = "/api/v1/supplier-imports/" + begun.json().getString("id");
    }

    void awaitMiddle() {
      Eventually.within(
          Duration.ofMinutes(1),
          () ->
              assertThat(server.api().get(path, key.secret()).json().getInt("created"))
                  .isPositive());
    }

    /** The started server goes on with it, and nothing is written twice. */
    void endsOnce() {
      JsonObject after = server.api().get(path, key.secret()).json();
      assertThat(after.isNull("finished_at")).as("killed in its middle: " + after).isTrue();
      Eventually.within(
          Duration.ofMinutes(5),
          () ->
              assertThat(server.api().get(path, key.secret()).json().getInt("created"))
                  .isEqualTo(ROWS));
      assertThat(
              server
                  .control()
                  .sql(
                      """
                      SELECT count(*) AS suppliers,
                        (SELECT count(*) FROM supplier_change c
                          WHERE c.organisation_id = o.id) AS changes,
                        (SELECT count(*) FROM audit_event e
                          WHERE e.organisation_id = o.id AND e.action = 'SUPPLIER_CREATED') AS events
                      FROM supplier s JOIN organisation o ON o.id = s.organisation_id
                      WHERE o.domain = '%s' GROUP BY o.id
                      """
                          .formatted(organisation))
                  .toString()
                  .split(String.valueOf(ROWS), -1))
          .as("suppliers, changes and events")
          .hasSize(4);
    }
  }
}
