package io.keyturn.webhook;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import io.keyturn.support.SilentServer;
import io.keyturn.support.WebhookReceiver;
import io.keyturn.support.WebhookReceiver.Received;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What receivers get, and what becomes of deliveries. */
class WebhookDeliveryHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Duration SOON = Duration.ofSeconds(40);

  private final WebhookClient client = new WebhookClient(SERVER);
  private final WebhookReceiver receiver = new WebhookReceiver();

  @AfterEach
  void close() {
    // What fails would be tried again and again while other tests turn the clock.
    SERVER.control().sql("UPDATE webhook SET state = 'DISABLED' WHERE state = 'ENABLED'");
    receiver.close();
  }

  private void await(Runnable assertion) {
    Eventually.within(SOON, assertion);
  }

  private JsonObject only(String webhook) {
    List<JsonObject> deliveries = client.deliveries(webhook);
    assertThat(deliveries).hasSize(1);
    return deliveries.get(0);
  }

  @Test
  void receiverGetsTheEventOfTheFeedSignedAfterStandardWebhooks() {
    JsonObject created = client.create(receiver.url());
    String id = created.getJsonObject("webhook").getString("id");
    client.another("ERP");

    await(() -> assertThat(only(id).getString("state")).isEqualTo("delivered"));

    Received got = receiver.received().get(0);
    JsonObject event =
        SERVER
            .api()
            .get("/api/v1/events?type=api_key.created", client.key().secret())
            .json()
            .getJsonArray("data")
            .getValuesAs(JsonObject.class)
            .get(1);
    assertThat(got.json()).isEqualTo(event);
    assertThat(got.header("webhook-id")).isEqualTo(event.getString("id"));
    assertThat(got.signedWith(created.getString("secret"))).isTrue();
    assertThat(got.body()).contains("ERP").doesNotContain("kt_live_");
    assertThat(only(id).getInt("status")).isEqualTo(200);
    assertThat(Instant.parse(only(id).getString("attempted_at")).getEpochSecond())
        .isEqualTo(Long.parseLong(got.header("webhook-timestamp")));
    assertThat(only(id).getString("answer")).isEqualTo("thank you");
    assertThat(only(id).getString("payload")).isEqualTo(got.body());
  }

  @Test
  void eventsArriveInOrder() {
    String id = client.id(receiver.url());
    for (int i = 0; i < 12; i++) {
      client.another("Key " + i);
    }

    await(() -> assertThat(receiver.received()).hasSize(12));

    assertThat(
            receiver.received().stream()
                .map(r -> r.json().getJsonObject("data").getJsonObject("object").getString("name")))
        .containsExactlyElementsOf(IntStream.range(0, 12).mapToObj(i -> "Key " + i).toList());
    assertThat(client.webhook(id).isNull("failing_since")).isTrue();
  }

  @Test
  void refusedDeliveryIsSentAgainAfterSeconds() {
    receiver.answering(500);
    String id = client.id(receiver.url());
    client.another("ERP");
    await(() -> assertThat(only(id).getInt("attempts")).isEqualTo(1));
    assertThat(only(id).getString("state")).isEqualTo("pending");
    assertThat(only(id).getInt("status")).isEqualTo(500);
    assertThat(client.webhook(id).isNull("failing_since")).isFalse();

    receiver.answering(204);

    await(() -> assertThat(only(id).getString("state")).isEqualTo("delivered"));
    assertThat(only(id).getInt("attempts")).isEqualTo(2);
    assertThat(receiver.received().get(0).header("webhook-id"))
        .isEqualTo(receiver.received().get(1).header("webhook-id"));
    assertThat(client.webhook(id).isNull("failing_since")).isTrue();
  }

  @Test
  void receiverThatIsGoneIsDisabledAndHearsLaterWhatHappenedMeanwhile() {
    receiver.answering(410);
    String id = client.id(receiver.url());
    client.another("Before");
    await(() -> assertThat(client.webhook(id).getBoolean("enabled")).isFalse());
    assertThat(client.webhook(id).getString("disabled_because")).isEqualTo("gone");
    client.another("Meanwhile");

    receiver.answering(200);
    assertThat(client.enable(id, true).status()).isEqualTo(200);

    await(
        () -> {
          assertThat(client.deliveries(id)).allMatch(d -> d.getString("state").equals("delivered"));
          assertThat(receiver.types())
              .containsExactlyInAnyOrder(
                  "api_key.created", "api_key.created", "api_key.created", "webhook.disabled");
        });
    assertThat(receiver.received())
        .as("the address may itself be a secret")
        .noneMatch(got -> got.body().contains("/hook\""));
  }

  @Test
  void webhookThatIsEnabledAgainHearsOfThirtyDays() {
    String id = client.id(receiver.url());
    client.enable(id, false);
    client.another("Long ago");
    SERVER
        .control()
        .sql(
            "UPDATE audit_event SET at = at - INTERVAL '31' DAY WHERE organisation_id ="
                + " (SELECT organisation_id FROM webhook WHERE id = '%s')".formatted(id));
    client.another("Lately");
    client.enable(id, true);

    await(() -> assertThat(receiver.types()).containsExactly("api_key.created"));
    assertThat(receiver.received().get(0).body()).contains("Lately");
  }

  /** Three days without an accepted delivery are told, but a few failed attempts are not enough. */
  @Test
  void receiverThatFailsForDaysIsDisabledAndItsPeopleHaveANotice() {
    Control control = SERVER.control();
    String organisation = client.key().organisation();
    control.user(organisation, "admin@" + organisation, "ADMINISTRATOR", "correct horse battery");
    receiver.answering(500);
    String id = client.id(receiver.url());
    client.another("ERP");
    await(() -> assertThat(only(id).getInt("attempts")).isPositive());
    control.sql(
        "UPDATE webhook SET failing_since = %s WHERE id = '%s'"
            .formatted(Control.time(control.now().minus(Duration.ofDays(4))), id));
    control.sql("UPDATE webhook_delivery SET attempts = 5 WHERE webhook_id = '" + id + "'");
    dueNow(id);
    await(() -> assertThat(only(id).getInt("attempts")).isEqualTo(6));
    assertThat(client.webhook(id).getBoolean("enabled")).isTrue();

    dueNow(id);

    await(() -> assertThat(client.webhook(id).getBoolean("enabled")).isFalse());
    assertThat(client.webhook(id).getString("disabled_because")).isEqualTo("failing");
    control.notices();
    assertThat(control.sql("SELECT facts FROM notice WHERE subject_id = '" + id + "'").toString())
        .contains("FAILING");
  }

  /** It has three days of its own, and what waits for the end of a pause is sent to it at once. */
  @Test
  void correctedAddressDoesNotInheritTheFailuresOfTheAddressBefore() {
    Control control = SERVER.control();
    receiver.answering(500);
    String id = client.id(receiver.url());
    client.another("ERP");
    await(() -> assertThat(only(id).getInt("attempts")).isPositive());
    Instant paused = control.now().plus(Duration.ofHours(1));
    control.sql(
        "UPDATE webhook SET failing_since = %s, paused_until = %s WHERE id = '%s'"
            .formatted(
                Control.time(control.now().minus(Duration.ofDays(4))), Control.time(paused), id));
    control.sql(
        "UPDATE webhook_delivery SET attempts = 7, due_at = %s WHERE webhook_id = '%s'"
            .formatted(Control.time(paused), id));
    try (WebhookReceiver corrected = new WebhookReceiver()) {
      corrected.answering(500);

      assertThat(changed(client, id, "\"url\":\"" + corrected.url() + "\"")).isEqualTo(200);

      await(() -> assertThat(only(id).getInt("attempts")).isEqualTo(8));
      assertThat(corrected.received()).hasSize(1);
      assertThat(client.webhook(id).getBoolean("enabled")).isTrue();
    }
  }

  @Test
  void answerOfTheAddressBeforeSaysNothingOfTheCorrectedAddress() {
    CountDownLatch corrected = new CountDownLatch(1);
    receiver.answering(
        exchange -> {
          try {
            corrected.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          WebhookReceiver.answer(exchange, 410, "");
        });
    try (WebhookReceiver other = new WebhookReceiver()) {
      String id = client.id(receiver.url());
      client.another("ERP");
      await(() -> assertThat(receiver.received()).hasSize(1));

      assertThat(changed(client, id, "\"url\":\"" + other.url() + "\"")).isEqualTo(200);
      corrected.countDown();

      await(() -> assertThat(only(id).getInt("attempts")).isPositive());
      assertThat(client.webhook(id).getBoolean("enabled")).isTrue();
      SERVER.control().turn(Duration.ofMinutes(1));
      await(() -> assertThat(only(id).getString("state")).isEqualTo("delivered"));
      assertThat(other.received()).hasSize(1);
    }
  }

  @Test
  void redirectIsNotFollowed() {
    try (WebhookReceiver other = new WebhookReceiver()) {
      receiver.answering(
          exchange -> {
            exchange.getResponseHeaders().add("Location", other.url());
            WebhookReceiver.answer(exchange, 307, "");
          });
      String id = client.id(receiver.url());
      client.another("ERP");

      await(() -> assertThat(only(id).getInt("attempts")).isEqualTo(1));
      assertThat(only(id).getInt("status")).isEqualTo(307);
      assertThat(other.received()).isEmpty();
    }
  }

  @Test
  void endlessAnswerIsCutOff() {
    receiver.answering(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          endless(exchange.getResponseBody());
        });
    String id = client.id(receiver.url());
    client.another("ERP");

    await(() -> assertThat(only(id).getString("state")).isEqualTo("delivered"));
    assertThat(only(id).getString("answer")).hasSize(1000);
  }

  private static void endless(OutputStream out) {
    byte[] some = new byte[8192];
    try {
      while (true) {
        out.write(some);
      }
    } catch (IOException e) {
      // The other side has closed the connection, as it should.
    }
  }

  @Test
  void silentReceiverDelaysNoOther() throws IOException {
    try (SilentServer silent = new SilentServer()) {
      String slow = client.id("http://127.0.0.1:" + silent.port() + "/");
      String quick = client.id(receiver.url());
      client.another("ERP");

      await(() -> assertThat(only(quick).getString("state")).isEqualTo("delivered"));
      assertThat(only(slow).getString("state")).isEqualTo("pending");
      await(() -> assertThat(only(slow).getInt("attempts")).isEqualTo(1));
      assertThat(only(slow).getString("failure")).isEqualTo("timeout");
    }
  }

  @Test
  void receiversOfOneOrganisationLeaveThreadsToOthers() throws IOException {
    try (SilentServer silent = new SilentServer()) {
      WebhookClient many = new WebhookClient(SERVER);
      String url = "http://127.0.0.1:" + silent.port() + "/";
      for (int i = 0; i < WebhookSender.MOST + 6; i++) {
        many.create(url);
      }
      many.another("ERP");
      await(() -> assertThat(silent.taken()).isGreaterThan(10));
      String quick = client.id(receiver.url());
      client.another("ERP");

      await(() -> assertThat(only(quick).getString("state")).isEqualTo("delivered"));

      assertThat(silent.taken()).isLessThan(WebhookSender.MOST);
      SERVER.control().sql("UPDATE webhook SET state = 'DISABLED' WHERE url = '" + url + "'");
    }
  }

  /** It is asked again by the retry of its first delivery; the others wait for their turn. */
  @Test
  void silentReceiverIsLeftInPeaceUntilItAnswers() {
    CountDownLatch answering = new CountDownLatch(1);
    receiver.answering(exchange -> answerAfter(answering, exchange));
    String id = client.id(receiver.url());
    Instant anHourAgo = SERVER.control().now().minus(Duration.ofHours(1));
    SERVER
        .control()
        .sql(
            "UPDATE webhook SET failing_since = %s WHERE id = '%s'"
                .formatted(Control.time(anHourAgo), id));
    for (int i = 0; i < 3; i++) {
      client.another("Key " + i);
    }
    await(() -> assertThat(receiver.received()).hasSizeGreaterThan(1));
    assertThat(client.deliveries(id)).hasSize(3);
    assertThat(receiver.received().get(1).header("webhook-id"))
        .isEqualTo(receiver.received().get(0).header("webhook-id"));
    assertThat(client.deliveries(id))
        .filteredOn(delivery -> delivery.getInt("attempts") == 0)
        .hasSize(2)
        .allMatch(delivery -> delivery.getString("held_because", "").equals("receiver_paused"));

    answering.countDown();

    await(
        () ->
            assertThat(client.deliveries(id))
                .allMatch(delivery -> delivery.getString("state").equals("delivered")));
    assertThat(client.webhook(id).isNull("failing_since")).isTrue();
  }

  @Test
  void whatWaitsAtADisabledWebhookHasNoTimeAndSaysWhy() {
    receiver.answering(500);
    String id = client.id(receiver.url());
    client.another("ERP");
    await(() -> assertThat(only(id).getInt("attempts")).isPositive());
    assertThat(only(id).isNull("held_because")).isTrue();
    assertThat(only(id).isNull("next_attempt_at")).isFalse();

    client.enable(id, false);

    assertThat(only(id).getString("state")).isEqualTo("pending");
    assertThat(only(id).getString("held_because", "")).isEqualTo("webhook_disabled");
    assertThat(only(id).isNull("next_attempt_at")).isTrue();
  }

  private static void answerAfter(CountDownLatch latch, HttpExchange exchange) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    WebhookReceiver.answer(exchange, 200, "");
  }

  /** More of them than a host used to have connections, twice. */
  @Test
  void slowReceiversAtTheSameHostCostOthersNoAttempt() {
    CountDownLatch answering = new CountDownLatch(1);
    receiver.answering(
        exchange -> {
          if (exchange.getRequestURI().getPath().endsWith("/slow")) {
            answerAfter(answering, exchange);
          } else {
            WebhookReceiver.answer(exchange, 200, "");
          }
        });
    WebhookClient others = new WebhookClient(SERVER);
    for (int i = 0; i < 8; i++) {
      others.create(receiver.url() + "/slow");
    }
    others.another("ERP");
    await(() -> assertThat(receiver.received()).hasSizeGreaterThan(3));
    String quick = client.id(receiver.url());
    client.another("ERP");

    await(() -> assertThat(only(quick).getInt("attempts")).isEqualTo(1));

    assertThat(only(quick).getString("state")).isEqualTo("delivered");
    answering.countDown();
  }

  /** Deliveries are made in pieces. */
  @Test
  void backlogsOfWebhooksAreWorkedOffInTurn() {
    List<String> ids = List.of(client.id(receiver.url()), client.id(receiver.url()));
    String both = "('" + String.join("', '", ids) + "')";
    Control control = SERVER.control();
    control.sql("UPDATE webhook SET state = 'DISABLED' WHERE id IN " + both);
    control.keys(client.key().organisation(), 450);

    control.sql("UPDATE webhook SET state = 'ENABLED' WHERE id IN " + both);

    await(() -> assertThat(receiver.received()).hasSize(2 * 450));
    assertThat(
            control.sql(
                "SELECT a.webhook_id FROM webhook_delivery a WHERE a.webhook_id IN "
                    + both
                    + " GROUP BY a.webhook_id HAVING min(a.created_at) > (SELECT max(b.created_at)"
                    + " FROM webhook_delivery b WHERE b.webhook_id IN "
                    + both
                    + " AND b.webhook_id <> a.webhook_id)"))
        .as("webhooks that waited for all of the other")
        .isEmpty();
    control.sql(
        "UPDATE api_key SET due_at = NULL WHERE organisation_id ="
            + " (SELECT w.organisation_id FROM webhook w WHERE w.id = '%s')".formatted(ids.get(0)));
  }

  /** Whatever the order in which webhooks have their turn. */
  @Test
  void webhookThatFailsDelaysNoOther() {
    String before = client.id(receiver.url());
    String id = client.id(receiver.url());
    String behind = client.id(receiver.url());
    String broken = "UPDATE webhook SET owner_type = '%s' WHERE id IN ('%s', '%s')";
    SERVER.control().sql(broken.formatted("NOBODY", before, behind));
    try {
      client.another("ERP");

      await(
          () ->
              assertThat(
                      SERVER
                          .control()
                          .sql(
                              "SELECT id FROM webhook_delivery WHERE webhook_id = '%s' AND"
                                      .formatted(id)
                                  + " state = 'DELIVERED'"))
                  .hasSize(1));
      assertThat(receiver.received()).hasSize(1);
    } finally {
      SERVER.control().sql(broken.formatted("API_KEY", before, behind));
    }
  }

  /** Each kind of fault at once, beside a receiver that has none. */
  @Test
  void eachFaultHasItsStateAndDelaysNoOther() throws IOException {
    try (WebhookReceiver loop = new WebhookReceiver();
        WebhookReceiver slow = new WebhookReceiver();
        ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      loop.answering(
          exchange -> {
            exchange.getResponseHeaders().add("Location", loop.url());
            WebhookReceiver.answer(exchange, 302, "");
          });
      slow.answering(
          exchange -> {
            exchange.sendResponseHeaders(200, 900);
            byteByByte(exchange.getResponseBody());
          });
      closed.close();
      String nobody = client.id("http://127.0.0.1:" + closed.getLocalPort() + "/");
      String noName = client.id("https://nowhere.invalid/hook");
      String noHttp = client.id("http://127.0.0.1:" + chatter() + "/");
      String around = client.id(loop.url());
      String dripping = client.id(slow.url());
      String quick = client.id(receiver.url());
      client.another("ERP");

      await(() -> assertThat(only(quick).getString("state")).isEqualTo("delivered"));
      assertThat(only(dripping).getInt("attempts")).isZero();
      await(() -> assertThat(only(nobody).getString("failure", "")).isEqualTo("no_connection"));
      await(() -> assertThat(only(noName).getString("failure", "")).isEqualTo("unknown_host"));
      await(() -> assertThat(only(noHttp).getString("failure", "")).isEqualTo("no_http"));
      await(() -> assertThat(only(around).getInt("status", 0)).isEqualTo(302));
      await(() -> assertThat(only(dripping).getString("failure", "")).isEqualTo("timeout"));
      assertThat(loop.received())
          .as("one request an attempt")
          .hasSizeLessThanOrEqualTo(only(around).getInt("attempts") + 1);
    }
  }

  private static void byteByByte(OutputStream out) {
    try {
      while (true) {
        out.write('a');
        out.flush();
        Thread.sleep(500);
      }
    } catch (IOException | InterruptedException e) {
      // The other side has closed the connection, as it should.
    }
  }

  /** A server that speaks something else; answers its port. */
  private static int chatter() throws IOException {
    ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              try (socket) {
                while (true) {
                  try (Socket one = socket.accept()) {
                    one.getInputStream().read();
                    one.getOutputStream()
                        .write(
                            "220 mail.example ESMTP\r\n"
                                .repeat(200)
                                .getBytes(StandardCharsets.US_ASCII));
                  }
                }
              } catch (IOException e) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return socket.getLocalPort();
  }

  @Test
  void bothSecretsSignDuringTheOverlapAndOnlyTheNewSecretAfterIt() {
    JsonObject created = client.create(receiver.url());
    String id = created.getJsonObject("webhook").getString("id");
    String first = created.getString("secret");
    String second = rotate(id, "PT1H");
    client.another("In the overlap");
    await(() -> assertThat(receiver.received()).hasSize(1));
    assertThat(receiver.received().get(0).signedWith(first)).isTrue();
    assertThat(receiver.received().get(0).signedWith(second)).isTrue();
    Answer refused = tryRotate(id, "PT1H");
    assertProblem(refused, 409, "conflict");
    assertThat(refused.json().getString("detail"))
        .contains(refused.json().getString("previous_secret_until"));

    String third = rotate(id, "PT0S");
    client.another("After it");

    await(() -> assertThat(receiver.received()).hasSize(2));
    assertThat(receiver.received().get(1).signedWith(second)).isFalse();
    assertThat(receiver.received().get(1).signedWith(third)).isTrue();
  }

  private String rotate(String id, String overlap) {
    Answer answer = tryRotate(id, overlap);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getString("secret");
  }

  private Answer tryRotate(String id, String overlap, String... headers) {
    return client.send(
        "POST", "/" + id + "/rotate-secret", "{\"overlap\":\"" + overlap + "\"}", headers);
  }

  /** A receiver that has not got the new secret, because the answer was lost, goes on. */
  @Test
  void rotationThatIsRepeatedLeavesTheSecretThatTheReceiverKnows() {
    JsonObject created = client.create(receiver.url());
    String id = created.getJsonObject("webhook").getString("id");
    String[] once = {"Idempotency-Key", "one"};
    Answer first = tryRotate(id, "PT1H", once);
    Answer second = tryRotate(id, "PT1H", once);
    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag")).isPresent();
    assertProblem(tryRotate(id, "PT2H", once), 422, "invalid");
    assertProblem(tryRotate(client.id(receiver.url()), "PT1H", once), 422, "invalid");

    client.send("POST", "/" + id + "/test", "");

    await(() -> assertThat(receiver.received()).hasSize(1));
    assertThat(receiver.received().get(0).signedWith(created.getString("secret"))).isTrue();
    assertThat(receiver.received().get(0).signedWith(second.json().getString("secret"))).isTrue();
  }

  @Test
  void testAndSendAgain() {
    String id = client.id(receiver.url());
    Answer test = client.send("POST", "/" + id + "/test", "");
    assertThat(test.status()).as(test.body()).isEqualTo(202);
    await(() -> assertThat(only(id).getString("state")).isEqualTo("delivered"));
    assertThat(receiver.types()).containsExactly("webhook.test");

    String delivery = only(id).getString("id");
    Answer again = client.send("POST", "/" + id + "/deliveries/" + delivery + "/send-again", "");

    assertThat(again.status()).as(again.body()).isEqualTo(202);
    await(() -> assertThat(receiver.received()).hasSize(2));
    assertThat(receiver.received().get(1).header("webhook-id"))
        .isEqualTo(receiver.received().get(0).header("webhook-id"));
  }

  @Test
  void refreshedSecretOfTheOwnerChangesNothing() {
    String id = client.id(receiver.url());
    Key refreshed = SERVER.control().refresh(client.key(), Duration.ZERO);
    client.another("After it");

    await(
        () -> assertThat(receiver.types()).containsExactly("api_key.refreshed", "api_key.created"));
    JsonObject webhook = SERVER.api().get(WebhookClient.PATH + "/" + id, refreshed.secret()).json();
    assertThat(webhook.getString("owner_id")).isEqualTo(client.key().id());
    assertThat(webhook.getBoolean("enabled")).isTrue();
  }

  /** What waits goes to the address of the moment, also when the types were changed meanwhile. */
  @Test
  void whatWaitsIsNotRedirectedByWhoeverMayNotReadIt() {
    receiver.answering(500);
    WebhookClient colleague = client.colleague("webhooks:read webhooks:manage");
    String id = client.id(receiver.url());
    client.another("ERP");
    await(() -> assertThat(only(id).getInt("attempts")).isPositive());
    String types = "\"types\":[\"webhook.disabled\"]";
    try (WebhookReceiver theirs = new WebhookReceiver()) {
      String elsewhere = "\"url\":\"" + theirs.url() + "\"";

      refused(colleague, id, elsewhere + "," + types);
      assertThat(changed(colleague, id, types)).isEqualTo(200);
      refused(colleague, id, elsewhere);

      assertThat(client.webhook(id).getString("url")).isEqualTo(receiver.url());
      assertThat(changed(client, id, elsewhere)).as("by the owner").isEqualTo(200);
    }
  }

  private static int changed(WebhookClient by, String id, String members) {
    return by.send("PATCH", "/" + id, "{" + members + "}", "If-Match", "*").status();
  }

  private static void refused(WebhookClient by, String id, String members) {
    Answer answer = by.send("PATCH", "/" + id, "{" + members + "}", "If-Match", "*");
    assertProblem(answer, 403, "insufficient_scope");
  }

  /** Its outcome does not take the wish away. */
  @Test
  void deliveryThatIsBeingSentIsSentAgainAfterwards() {
    CountDownLatch answered = new CountDownLatch(1);
    receiver.answering(
        exchange -> {
          await(answered);
          WebhookReceiver.answer(exchange, 200, "");
        });
    String id = client.id(receiver.url());
    client.another("ERP");
    await(() -> assertThat(receiver.received()).hasSize(1));
    String again = "/" + id + "/deliveries/" + only(id).getString("id") + "/send-again";

    assertThat(client.send("POST", again, "").status()).isEqualTo(202);
    assertThat(receiver.received()).hasSize(1);
    answered.countDown();
    await(() -> assertThat(receiver.received()).hasSize(2));
    await(() -> assertThat(only(id).getString("state")).isEqualTo("delivered"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A secret that was sealed for another webhook does not open. */
  @Test
  void faultOfKeyturnsOwnHasItsStateAndIsTriedAgain() {
    String id = client.id(receiver.url());
    String other = client.id(receiver.url());
    SERVER
        .control()
        .sql(
            "UPDATE webhook SET secret = (SELECT w.secret FROM webhook w WHERE w.id = '%s') WHERE id = '%s'"
                .formatted(other, id));
    client.another("ERP");

    await(() -> assertThat(only(id).getInt("attempts")).isPositive());
    assertThat(only(id).getString("failure", "")).isEqualTo("internal_error");
    assertThat(only(id).getString("state")).isEqualTo("pending");
    assertThat(client.webhook(id).isNull("failing_since")).isFalse();
    await(() -> assertThat(only(other).getString("state")).isEqualTo("delivered"));
  }

  @Test
  void whatWaitsIsNotSentWhenItsOwnerMayNoLongerReadIt() {
    receiver.answering(500);
    String scopes = "webhooks:read webhooks:manage events:read";
    Manager manager =
        new Manager(SERVER, client.key().organisation(), scopes + " api-keys:read api-keys:manage");
    WebhookClient reader = client.colleague(WebhookClient.SCOPES);
    String id = client.id(receiver.url());
    client.another("ERP");
    await(() -> assertThat(only(id).getInt("attempts")).isPositive());
    String fewer = "{\"scopes\":[\"" + scopes.replace(" ", "\",\"") + "\"]}";
    Manager.ok(manager.change(client.key().id(), fewer), 200);
    dueNow(id);

    await(
        () ->
            assertThat(reader.deliveries(id))
                .singleElement()
                .satisfies(
                    delivery -> {
                      assertThat(delivery.getString("state")).isEqualTo("failed");
                      assertThat(delivery.getString("failure", "")).isEqualTo("owner_may_not_read");
                      assertThat(delivery.getInt("attempts")).isEqualTo(receiver.received().size());
                    }));
    assertThat(reader.webhook(id).getBoolean("enabled")).as("it may read other events").isTrue();
  }

  /** Lets the time come at which what waits is sent again. */
  private static void dueNow(String webhook) {
    SERVER
        .control()
        .sql(
            "UPDATE webhook_delivery SET due_at = %s WHERE state = 'PENDING' AND webhook_id = '%s'"
                .formatted(Control.time(SERVER.control().now()), webhook));
  }

  /** As its keys and people, which may read nothing meanwhile. */
  @Test
  void webhookOfASuspendedOrganisationIsToldWhenItIsResumed() {
    String suspension =
        "UPDATE organisation SET suspended_at = %s WHERE id ="
            + " (SELECT organisation_id FROM webhook WHERE id = '%s')";
    receiver.answering(500);
    String id = client.id(receiver.url());
    client.another("Before");
    await(() -> assertThat(only(id).getInt("attempts")).isEqualTo(1));

    SERVER.control().sql(suspension.formatted("created_at", id));
    dueNow(id);
    client.another("Meanwhile");
    othersAreTold();
    assertThat(receiver.received()).hasSize(1);

    receiver.answering(200);
    SERVER.control().sql(suspension.formatted("NULL", id));
    await(
        () ->
            assertThat(client.deliveries(id))
                .hasSize(2)
                .allMatch(delivery -> delivery.getString("state").equals("delivered")));
    assertThat(receiver.received().get(2).body()).contains("Meanwhile");
  }

  /** Neither what waited before the suspension, nor what happened during it. */
  @Test
  void webhookHearsNothingThatIsOlderThanThirtyDaysAfterASuspension() {
    Control control = SERVER.control();
    String suspension =
        "UPDATE organisation SET suspended_at = %s WHERE id ="
            + " (SELECT organisation_id FROM webhook WHERE id = '%s')";
    receiver.answering(500);
    String id = client.id(receiver.url());
    client.another("It waited");
    await(() -> assertThat(only(id).getInt("attempts")).isEqualTo(1));
    control.sql(suspension.formatted("created_at", id));
    client.another("Long ago");
    control.sql(
        "UPDATE audit_event SET at = at - INTERVAL '31' DAY WHERE organisation_id ="
            + " (SELECT organisation_id FROM webhook WHERE id = '%s')".formatted(id));
    control.sql(
        "UPDATE webhook_delivery SET created_at = created_at - INTERVAL '31' DAY, due_at = created_at"
            + " WHERE webhook_id = '%s'".formatted(id));
    client.another("Lately");

    receiver.answering(200);
    control.sql(suspension.formatted("NULL", id));

    await(() -> assertThat(receiver.received()).hasSize(2));
    assertThat(receiver.received().get(1).body()).contains("Lately");
    othersAreTold();
    assertThat(receiver.received()).hasSize(2);
  }

  /** Twice: then each step was done once between the events at least. */
  private void othersAreTold() {
    WebhookClient others = new WebhookClient(SERVER);
    try (WebhookReceiver elsewhere = new WebhookReceiver()) {
      others.create(elsewhere.url());
      for (int i = 1; i <= 2; i++) {
        int told = i;
        others.another("ERP " + i);
        await(() -> assertThat(elsewhere.received()).hasSize(told));
      }
    }
  }

  /** It was created by a key, and a revoked key may read nothing. */
  @Test
  void webhookEndsWithItsOwner() {
    String id = client.id(receiver.url());
    SERVER.control().revoke(client.key());
    client.another("After it");

    await(
        () ->
            assertThat(
                    SERVER
                        .control()
                        .sql("SELECT disabled_because FROM webhook WHERE id = '" + id + "'"))
                .allMatch(row -> row.toString().contains("OWNER")));
    assertThat(receiver.received()).isEmpty();
  }
}
