package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/** Calls the API about webhooks, with a key of an organisation of its own. */
final class WebhookClient {
  static final String PATH = "/api/v1/webhooks";
  static final String SCOPES = "webhooks:read webhooks:manage api-keys:read events:read";

  private final Api api;
  private final Control control;
  private final Key key;

  WebhookClient(KeyturnServer server) {
    this.api = server.api();
    this.control = server.control();
    this.key = control.key(Control.wish().in(control.organisation()).scopes(SCOPES));
  }

  /** Another key of the organisation, with other scopes. */
  private WebhookClient(WebhookClient colleague, String scopes) {
    this.api = colleague.api;
    this.control = colleague.control;
    this.key = control.key(Control.wish().in(colleague.key.organisation()).scopes(scopes));
  }

  WebhookClient colleague(String scopes) {
    return new WebhookClient(this, scopes);
  }

  Key key() {
    return key;
  }

  /** Another key of the organisation, whose creation is an event. */
  Key another(String name) {
    return control.key(Control.wish().in(key.organisation()).named(name));
  }

  Answer get(String path) {
    return api.get(PATH + path, key.secret());
  }

  Answer send(String method, String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(
        List.of("Authorization", "Bearer " + key.secret(), "Content-Type", "application/json"));
    return api.send(method, PATH + path, BodyPublishers.ofString(body), all.toArray(String[]::new));
  }

  Answer tryCreate(String url) {
    return send("POST", "", Json.createObjectBuilder().add("url", url).build().toString());
  }

  /** Creates a webhook for all types; answers it with its secret. */
  JsonObject create(String url) {
    Answer answer = tryCreate(url);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  /** Creates a webhook for all types; answers its id. */
  String id(String url) {
    return create(url).getJsonObject("webhook").getString("id");
  }

  JsonObject webhook(String id) {
    return get("/" + id).json();
  }

  List<JsonObject> deliveries(String id) {
    Answer answer = get("/" + id + "/deliveries");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("data").getValuesAs(JsonObject.class);
  }

  /** A part of the feed. */
  JsonObject events(String query) {
    Answer answer = api.get("/api/v1/events" + query, key.secret());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  Answer enable(String id, boolean enabled) {
    return send("PATCH", "/" + id, "{\"enabled\":" + enabled + "}", "If-Match", "*");
  }
}
