package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.WebhookReceiver;
import io.keyturn.support.WebhookReceiver.Received;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} while events happen and are delivered, again and again. Each time costs a start
 * of a server, so that there are few; {@code mvn verify -Dit.test=WebhookKillHttpIT
 * -Dkeyturn.crashes=20} kills twenty times on each database.
 */
class WebhookKillHttpIT {
  private static final int KILLS =
      Integer.getInteger("keyturn.crashes", TestDatabase.current() == TestDatabase.H2 ? 3 : 2);
  private static final int WRITERS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The keys whose creation was answered, each of which is an event. */
  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  @Test
  void nothingIsLostAndNothingForged() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (WebhookReceiver receiver = new WebhookReceiver();
        KeyturnServer server =
            KeyturnServer.named("webhook-kill").on(TestDatabase.current()).start()) {
      WebhookClient client = new WebhookClient(server);
      JsonObject created = client.create(receiver.url());
      String webhook = created.getJsonObject("webhook").getString("id");
      createOld(server.control(), webhook);
      for (int kill = 1; kill <= KILLS; kill++) {
        int enough = receiver.received().size() + 1 + random.nextInt(60);
        List<Thread> writers = write(client);
        server.await("delivering", () -> receiver.received().size() >= enough);
        server.kill();
        for (Thread writer : writers) {
          writer.join();
        }
        server.start();
      }

      Map<String, JsonObject> feed = feed(client);
      // What the killed server had in hand waits for the end of its lease.
      server.control().turn(Duration.ofMinutes(5));
      Eventually.within(
          PATIENCE,
          () ->
              assertThat(feed.keySet())
                  .as("seed %d, not delivered", seed)
                  .isSubsetOf(ids(receiver)));

      assertThat(old(server.control(), webhook)).as("deliveries older than 30 days").isEmpty();
      assertThat(bodies(receiver)).as("only events of the feed, as they are there").isEqualTo(feed);
      assertThat(receiver.received())
          .allMatch(received -> received.signedWith(created.getString("secret")));
      assertThat(feed.values().stream().map(WebhookKillHttpIT::keyOf)).containsAll(answered);
      System.out.printf(
          "%d kills, %d events in %d deliveries, seed %d%n",
          KILLS, feed.size(), receiver.received().size(), seed);
    }
  }

  /** More old deliveries than are deleted at once; a node looks for them when it starts. */
  private static void createOld(Control control, String webhook) {
    control.sql(
        """
        INSERT INTO webhook_delivery (id, organisation_id, webhook_id, event_id, event_type,
          payload, state, attempts, created_at)
        SELECT CAST('%s' || LPAD(CAST(100 * a.n + b.n AS VARCHAR(8)), 8, '0') AS UUID),
          w.organisation_id, w.id, 'evt_old', 'api_key.created', '{}', 'DELIVERED', 1, %s
        FROM webhook w, (%s) a, (%s) b WHERE w.id = '%s'
        """
            .formatted(
                UUID.randomUUID().toString().substring(0, 28),
                Control.time(control.now().minus(Duration.ofDays(31))),
                numbers(25),
                numbers(100),
                webhook));
    assertThat(old(control, webhook)).hasSize(2_500);
  }

  /** A subquery for the numbers below this. */
  private static String numbers(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> "SELECT " + n + " AS n")
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static List<JsonObject> old(Control control, String webhook) {
    return control.sql(
        "SELECT id FROM webhook_delivery WHERE webhook_id = '%s' AND created_at < %s"
            .formatted(webhook, Control.time(control.now().minus(Duration.ofDays(30)))));
  }

  /** Creates keys until the server is gone. */
  private List<Thread> write(WebhookClient client) {
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Thread writer = new Thread(() -> createKeys(client));
      writer.start();
      writers.add(writer);
    }
    return writers;
  }

  private void createKeys(WebhookClient client) {
    try {
      while (true) {
        Key key = client.another("key " + UUID.randomUUID());
        answered.add(key.id());
      }
    } catch (AssertionError e) {
      if (!(e.getCause() instanceof IOException)) {
        throw e;
      }
    }
  }

  /** The events of the feed after the webhook was created, by id. */
  private static Map<String, JsonObject> feed(WebhookClient client) {
    Map<String, JsonObject> events = new HashMap<>();
    String after = "";
    boolean more = true;
    while (more) {
      JsonObject part = client.events("?limit=200&type=api_key.created" + after);
      part.getJsonArray("data")
          .getValuesAs(JsonObject.class)
          .forEach(event -> events.put(event.getString("id"), event));
      more = part.getJsonObject("page").getBoolean("has_more");
      after = "&after=" + part.getJsonObject("page").getString("next_after");
    }
    events.values().removeIf(event -> keyOf(event).equals(client.key().id()));
    return events;
  }

  private static String keyOf(JsonObject event) {
    return event.getJsonObject("data").getJsonObject("object").getString("id");
  }

  private static Set<String> ids(WebhookReceiver receiver) {
    return receiver.received().stream()
        .map(received -> received.header("webhook-id"))
        .collect(Collectors.toSet());
  }

  /** What was received, by id. An event that came twice has the same body each time. */
  private static Map<String, JsonObject> bodies(WebhookReceiver receiver) {
    Map<String, JsonObject> bodies = new HashMap<>();
    for (Received received : receiver.received()) {
      JsonObject before = bodies.put(received.header("webhook-id"), received.json());
      assertThat(before == null || before.equals(received.json())).isTrue();
    }
    return bodies;
  }
}
