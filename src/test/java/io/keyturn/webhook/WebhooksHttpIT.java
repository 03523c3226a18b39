package io.keyturn.webhook;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.KeyturnServer;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks as objects of the API. Nothing is sent: nothing happens in their organisations. */
class WebhooksHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String URL = "https://erp.example.com/hooks";

  private final WebhookClient client = new WebhookClient(SERVER);

  @Test
  void webhookIsCreatedReadChangedAndDeleted() {
    Answer created = client.tryCreate(URL);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    JsonObject webhook = created.json().getJsonObject("webhook");
    String id = webhook.getString("id");
    assertThat(created.header("Location").orElse("")).endsWith(WebhookClient.PATH + "/" + id);
    assertThat(created.json().getString("secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(webhook.getString("owner_id")).isEqualTo(client.key().id());
    assertThat(webhook.getJsonArray("types").toString())
        .contains("api_key.refreshed", "webhook.disabled");

    Answer read = client.get("/" + id);
    assertThat(read.json()).isEqualTo(webhook);
    String tag = read.header("ETag").orElseThrow();
    String change = "{\"types\":[\"api_key.leaked\"],\"description\":\"ERP\"}";
    Answer changed = client.send("PATCH", "/" + id, change, "If-Match", tag);
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(changed.json().getJsonArray("types").toString()).isEqualTo("[\"api_key.leaked\"]");
    assertProblem(
        client.send("PATCH", "/" + id, change, "If-Match", tag), 412, "precondition_failed");
    assertProblem(client.send("PATCH", "/" + id, change), 428, "precondition_required");

    assertThat(client.get("").json().getJsonArray("data")).hasSize(1);
    assertThat(client.send("DELETE", "/" + id, "").status()).isEqualTo(204);
    assertProblem(client.get("/" + id), 404, "not_found");
    assertThat(client.get("").json().getJsonArray("data")).isEmpty();
    assertThat(
            SERVER
                .control()
                .sql(
                    "SELECT action, subject_name FROM audit_event WHERE subject_id = '%s' ORDER BY sequence"
                        .formatted(id)))
        .allMatch(event -> event.getString("subject_name").equals("https://erp.example.com"))
        .extracting(event -> event.getString("action"))
        .containsExactly("WEBHOOK_CREATED", "WEBHOOK_CHANGED", "WEBHOOK_DELETED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | url",
        "{\"url\":\"http://erp.example.com:22\"} | url",
        "{\"url\":\"https://127.0.0.2/\"} | url",
        "{\"url\":\"https://a:b@erp.example.com\"} | url",
        "{\"url\":\"https://erp.example.com\",\"types\":[]} | types",
        "{\"url\":\"https://erp.example.com\",\"types\":[\"api_key.eaten\"]} | types[0]",
        "{\"url\":\"https://erp.example.com\",\"secret\":\"mine\"} | secret",
        "{\"url\":\"https://erp.example.com\",\"owner_id\":\"x\"} | owner_id"
      })
  void wrongMemberIsNamed(String body, String field) {
    Answer answer = client.send("POST", "", body);

    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
        .anyMatch(error -> error.getString("field").equals(field));
  }

  @Test
  void disabledWebhookSendsNothingAndSaysSo() {
    String id = client.id(URL);
    assertThat(client.enable(id, false).json().getString("disabled_because")).isEqualTo("by_hand");

    assertProblem(client.send("POST", "/" + id + "/test", ""), 409, "conflict");
  }

  @Test
  void creationThatIsRepeatedCreatesOne() {
    String body = "{\"url\":\"" + URL + "\"}";
    Answer first = client.send("POST", "", body, "Idempotency-Key", "one");
    Answer second = client.send("POST", "", body, "Idempotency-Key", "one");

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag")).isPresent();
    assertThat(client.get("").json().getJsonArray("data")).hasSize(1);
  }

  @Test
  void whoeverMayNotReadTheEventsCanNeitherRedirectNorReadThem() {
    // First, for a new key is an event of its own.
    WebhookClient colleague = client.colleague("webhooks:read webhooks:manage");
    String id = client.id(URL);

    String change = "{\"url\":\"https://elsewhere.example.com\"}";
    assertProblem(
        colleague.send("PATCH", "/" + id, change, "If-Match", "*"), 403, "insufficient_scope");
    assertProblem(colleague.get("/" + id + "/deliveries"), 403, "insufficient_scope");
    assertThat(client.webhook(id).getString("url")).isEqualTo(URL);
    assertThat(client.deliveries(id)).isEmpty();
  }

  /** Both append to the audit log of the organisation. */
  @Test
  void webhooksAndKeysAreCreatedAtTheSameTime() throws Exception {
    int each = 20;
    Thread keys =
        new Thread(
            () -> {
              for (int i = 0; i < each; i++) {
                client.another("key " + i);
              }
            });
    keys.start();
    for (int i = 0; i < each; i++) {
      client.create(URL + i);
    }
    keys.join();

    assertThat(client.events("?limit=200").getJsonArray("data"))
        .filteredOn(event -> event.toString().contains("api_key.created"))
        .hasSize(each + 1);
  }

  @Test
  void webhookOfAnotherOrganisationDoesNotExist() {
    String id = client.id(URL);
    String certificate =
        WebhookRequests.Certificate.class.getAnnotation(Schema.class).examples()[0];
    String path = "/" + id + "/client-certificate";
    assertThat(client.send("PUT", path, certificate).status()).isEqualTo(200);
    JsonObject before = client.webhook(id);
    WebhookClient other = new WebhookClient(SERVER);

    for (Answer answer :
        List.of(
            other.get("/" + id),
            other.get("/" + id + "/deliveries"),
            other.enable(id, false),
            other.send("POST", "/" + id + "/test", ""),
            other.send("POST", "/" + id + "/rotate-secret", "{}"),
            other.send("POST", "/" + id + "/deliveries/" + id + "/send-again", ""),
            other.send("PUT", path, certificate),
            other.send("DELETE", path, ""),
            other.send("DELETE", "/" + id, ""))) {
      assertProblem(answer, 404, "not_found");
    }
    assertThat(client.webhook(id)).isEqualTo(before);
    assertThat(before.getBoolean("enabled")).isTrue();
  }

  /** Its id is known, but it is not of the webhook that the path names. */
  @Test
  void deliveryOfAnotherOrganisationIsNotSentAgainByWayOfAnOwnWebhook() {
    String theirs = client.id(URL);
    client.enable(theirs, false);
    UUID delivery = UUID.randomUUID();
    SERVER
        .control()
        .sql(
            """
            INSERT INTO webhook_delivery (id, organisation_id, webhook_id, event_id, event_type,
              payload, state, attempts, created_at)
            SELECT '%s', organisation_id, id, 'evt_test_1', 'webhook.test', '{}', 'FAILED', 10,
              created_at FROM webhook WHERE id = '%s'
            """
                .formatted(delivery, theirs));
    WebhookClient other = new WebhookClient(SERVER);
    String own = other.id(URL);
    String row = "SELECT * FROM webhook_delivery WHERE id = '" + delivery + "'";
    List<JsonObject> before = SERVER.control().sql(row);

    assertProblem(
        other.send("POST", "/" + own + "/deliveries/" + delivery + "/send-again", ""),
        404,
        "not_found");

    assertThat(SERVER.control().sql(row)).hasSize(1).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"event_sequence\":0",
        "\"failing_since\":null",
        "\"state\":\"DISABLED\"",
        "\"owner_type\":\"person\"",
        "\"previous_secret\":\"bWluZQ==\""
      })
  void memberThatIsNotGivenIsRefusedAndChangesNothing(String member) {
    String id = client.id(URL);
    String row =
        "SELECT state, owner_type, failing_since, previous_secret, description, version FROM webhook"
            + " WHERE id = '%s'".formatted(id);
    List<JsonObject> before = SERVER.control().sql(row);
    String name = member.substring(1, member.indexOf('"', 1));

    for (Answer answer :
        List.of(
            client.send("POST", "", "{\"url\":\"" + URL + "\"," + member + "}"),
            client.send(
                "PATCH", "/" + id, "{\"description\":\"mine\"," + member + "}", "If-Match", "*"))) {
      assertProblem(answer, 422, "invalid");
      assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
          .anyMatch(error -> error.getString("field").equals(name));
    }

    assertThat(SERVER.control().sql(row)).isEqualTo(before);
    assertThat(client.get("").json().getJsonArray("data")).hasSize(1);
  }

  @Test
  void secretIsSealedInTheDatabase() {
    JsonObject created = client.create(URL);
    String id = created.getJsonObject("webhook").getString("id");

    assertThat(SERVER.control().sql("SELECT * FROM webhook WHERE id = '" + id + "'").toString())
        .contains(URL)
        .doesNotContain(created.getString("secret").substring("whsec_".length()));
  }

  @Test
  void organisationHasAHundredWebhooksAtMost() {
    for (int i = 0; i < 95; i++) {
      client.create(URL + i);
    }
    ExecutorService threads = Executors.newFixedThreadPool(20);
    List<CompletableFuture<Integer>> together =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> client.tryCreate(URL).status(), threads))
            .limit(20)
            .toList();

    assertThat(together.stream().map(CompletableFuture::join))
        .containsOnly(201, 409)
        .filteredOn(status -> status == 201)
        .hasSize(5);
    threads.shutdown();
    assertProblem(client.tryCreate(URL), 409, "conflict");
  }
}
