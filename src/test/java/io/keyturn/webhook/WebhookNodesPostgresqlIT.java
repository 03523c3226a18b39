package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.keyturn.support.Control;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.WebhookReceiver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Two nodes that share the deliveries of a webhook. A node has one thread for a webhook, so that
 * two requests at the same time are of two nodes.
 */
class WebhookNodesPostgresqlIT {
  private static final int EVENTS = 300;

  /** So many deliveries a node claims at once. */
  private static final int CLAIM = 10;

  private static final Duration SOON = Duration.ofSeconds(40);

  private final WebhookReceiver receiver = new WebhookReceiver();

  /** Counts the requests that wait; is at zero when each node has one in hand. */
  private final CountDownLatch both = new CountDownLatch(2);

  private final CountDownLatch killed = new CountDownLatch(1);

  @Test
  void backlogIsSharedAndWhatAKilledNodeHadInHandIsSentAfterItsLease() {
    try (receiver;
        KeyturnServer one = KeyturnServer.named("webhook-one").on(TestDatabase.POSTGRESQL).start();
        KeyturnServer two = KeyturnServer.named("webhook-two").besides(one).start()) {
      WebhookClient client = new WebhookClient(two);
      client.create(receiver.url());
      backlog(client, two.control());
      Eventually.within(SOON, () -> assertThat(pending(two)).isZero());
      assertThat(ids()).hasSize(EVENTS).doesNotHaveDuplicates();

      receiver.answering(this::answerWhenOneNodeIsKilled);
      backlog(client, two.control());
      Eventually.within(SOON, () -> assertThat(both.getCount()).isZero());
      one.kill();
      killed.countDown();
      Eventually.within(SOON, () -> assertThat(pending(two)).isEqualTo(CLAIM));
      two.control().turn(Duration.ofMinutes(5));

      Eventually.within(SOON, () -> assertThat(pending(two)).isZero());
      assertThat(ids())
          .as("twice only what the killed node had sent, but not recorded")
          .hasSize(2 * EVENTS + 1);
      assertThat(ids().stream().distinct()).hasSize(2 * EVENTS);
    }
  }

  /** Lets events wait for the webhook, and then both nodes begin. */
  private static void backlog(WebhookClient client, Control control) {
    control.sql("UPDATE webhook SET state = 'DISABLED'");
    // The names of an earlier backlog.
    control.sql(
        "UPDATE api_key SET name = 'old ' || name, reserved_name = 'old ' || reserved_name"
            + " WHERE name LIKE 'key %'");
    control.keys(client.key().organisation(), EVENTS);
    control.sql("UPDATE webhook SET state = 'ENABLED'");
  }

  private void answerWhenOneNodeIsKilled(HttpExchange exchange) throws IOException {
    try {
      both.countDown();
      killed.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    WebhookReceiver.answer(exchange, 200, "");
  }

  /** How many deliveries wait, also those that are not made yet. */
  private static int pending(KeyturnServer server) {
    return server
        .control()
        .sql(
            "SELECT d.id FROM webhook w JOIN audit_head h ON h.organisation_id ="
                + " w.organisation_id LEFT JOIN webhook_delivery d ON d.webhook_id = w.id AND"
                + " d.state = 'PENDING' WHERE d.id IS NOT NULL OR w.event_sequence <"
                + " h.sequence")
        .size();
  }

  private List<String> ids() {
    return receiver.received().stream().map(received -> received.header("webhook-id")).toList();
  }
}
