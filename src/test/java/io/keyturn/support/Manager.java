package io.keyturn.support;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control.Key;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/** Calls the API about keys with the key of somebody who may manage them. */
public final class Manager {
  /** The scopes of somebody who may do all with keys. */
  public static final String ALL =
      "suppliers:read suppliers:write api-keys:read api-keys:manage api-keys:refresh-self";

  private static final String PATH = "/api/v1/api-keys";

  private final Api api;
  private final Key key;

  public Manager(KeyturnServer server, String organisation, String scopes) {
    this.api = server.api();
    this.key = server.control().key(Control.wish().in(organisation).scopes(scopes));
  }

  /** One that may do all with the keys of a new organisation. */
  public static Manager ofNewOrganisation(KeyturnServer server) {
    return new Manager(server, server.control().organisation(), ALL);
  }

  public String organisation() {
    return key.organisation();
  }

  /** The key that calls. */
  public Key key() {
    return key;
  }

  public Answer get(String path) {
    return api.get(PATH + path, key.secret());
  }

  public Answer post(String path, String body, String... headers) {
    return as(key.secret(), path, body, headers);
  }

  /** POSTs with another secret. */
  public Answer as(String secret, String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + secret));
    return api.post(PATH + path, "application/json", body, all.toArray(String[]::new));
  }

  public Answer patch(String id, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(
        List.of("Authorization", "Bearer " + key.secret(), "Content-Type", "application/json"));
    return api.send(
        "PATCH", PATH + "/" + id, BodyPublishers.ofString(body), all.toArray(String[]::new));
  }

  /** Changes whatever version there is. */
  public Answer change(String id, String body) {
    return patch(id, body, "If-Match", "*");
  }

  /** Creates a key; answers the key with its secret. */
  public JsonObject create(String name) {
    JsonObjectBuilder body = Json.createObjectBuilder().add("name", name);
    return ok(post("", body.build().toString()), 201);
  }

  public static JsonObject ok(Answer answer, int status) {
    if (answer.status() != status) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
    return answer.json();
  }
}
