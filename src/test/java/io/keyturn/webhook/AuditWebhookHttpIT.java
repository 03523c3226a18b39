package io.keyturn.webhook;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.WebhookReceiver;
import io.keyturn.support.WebhookReceiver.Received;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit log as webhooks: {@code audit.recorded}. */
class AuditWebhookHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String SCOPES = WebhookClient.SCOPES + " audit-log:read";

  private final WebhookClient client = new WebhookClient(SERVER).colleague(SCOPES);
  private final WebhookReceiver receiver = new WebhookReceiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  private Answer create(WebhookClient by, String types) {
    return by.send("POST", "", "{\"url\":\"%s\",\"types\":%s}".formatted(receiver.url(), types));
  }

  private List<JsonObject> log(long after) {
    return SERVER
        .api()
        .get("/api/v1/audit-events?limit=200&after=" + after, client.key().secret())
        .json()
        .getJsonArray("data")
        .getValuesAs(JsonObject.class);
  }

  @Test
  void receiverGetsEachAuditEventAsTheApiAnswersIt() {
    long before = log(0).get(0).getJsonNumber("sequence").longValue();
    Answer created = create(client, "[\"audit.recorded\"]");
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    String id = created.json().getJsonObject("webhook").getString("id");
    client.another("A key");
    client.enable(id, false);
    client.another("Meanwhile");
    client.enable(id, true);

    Eventually.within(SOON, () -> assertThat(receiver.received()).hasSize(5));

    List<JsonObject> told =
        receiver.received().stream().map(got -> got.json().getJsonObject("data")).toList();
    List<JsonObject> log = new ArrayList<>(log(before));
    Collections.reverse(log);
    assertThat(told).containsExactlyElementsOf(log);
    assertThat(told.stream().map(event -> event.getString("action")))
        .containsExactly(
            "WEBHOOK_CREATED",
            "API_KEY_CREATED",
            "WEBHOOK_DISABLED",
            "API_KEY_CREATED",
            "WEBHOOK_ENABLED");
    for (Received got : receiver.received()) {
      assertThat(got.json().getString("type")).isEqualTo("audit.recorded");
      assertThat(got.json().getString("id")).isEqualTo(got.header("webhook-id"));
      assertThat(got.json().getString("timestamp"))
          .isEqualTo(got.json().getJsonObject("data").getString("at"));
      assertThat(got.signedWith(created.json().getString("secret"))).isTrue();
      assertThat(got.body()).doesNotContain("kt_live_", "whsec_");
    }
  }

  @Test
  void auditLogNeedsItsRightAndStandsAlone() {
    WebhookClient without = client.colleague(WebhookClient.SCOPES);
    assertProblem(create(without, "[\"audit.recorded\"]"), 403, "insufficient_scope");
    Answer mixed = create(client, "[\"audit.recorded\",\"api_key.created\"]");
    assertProblem(mixed, 422, "invalid");
    assertThat(mixed.body()).contains("stands alone");

    String id =
        create(client, "[\"audit.recorded\"]").json().getJsonObject("webhook").getString("id");
    assertProblem(without.get("/" + id + "/deliveries"), 403, "insufficient_scope");
    String elsewhere = "{\"url\":\"https://elsewhere.example.com\"}";
    assertProblem(
        without.send("PATCH", "/" + id, elsewhere, "If-Match", "*"), 403, "insufficient_scope");
  }

  /** The feed has events of the audit log once, under their own types. */
  @Test
  void feedAndWebhooksForAllTypesHaveNoAuditEvents() {
    JsonObject usual = client.create(receiver.url()).getJsonObject("webhook");
    assertThat(usual.getJsonArray("types").toString())
        .contains("api_key.created")
        .doesNotContain("audit.recorded");
    for (String path : List.of("/api/v1/events", "/api/v1/events/stream")) {
      assertProblem(
          SERVER.api().get(path + "?type=audit.recorded", client.key().secret()), 422, "invalid");
    }
  }
}
