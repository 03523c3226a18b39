package io.keyturn.support;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control.Key;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** A key with its renewal credential, and a client made by hand that uses it. */
public record RenewalClient(KeyturnServer server, Key key, String id, String secret) {
  public static final String FORM = "application/x-www-form-urlencoded";
  public static final String GRANT = "grant_type=client_credentials";

  /** Switches renewal on for a key, from every network. */
  public static RenewalClient of(KeyturnServer server, Key key) {
    return of(server, key, "");
  }

  public static RenewalClient of(KeyturnServer server, Key key, String networks) {
    return issued(server, key, control(server, key, "on", Map.of("networks", networks)));
  }

  private static RenewalClient issued(KeyturnServer server, Key key, Answer answer) {
    JsonObject json = answer.json();
    return new RenewalClient(
        server, key, json.getString("client_id"), json.getString("client_secret"));
  }

  public RenewalClient replaced() {
    return issued(server, key, control("replace", Map.of()));
  }

  public Answer control(String action, Map<String, String> parameters) {
    return control(server, key, action, parameters);
  }

  private static Answer control(
      KeyturnServer server, Key key, String action, Map<String, String> parameters) {
    String form =
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(
                Collectors.joining(
                    "&", "organisation=" + key.organisation() + "&key=" + key.id() + "&", ""));
    Answer answer = server.api().post("/test-control/renewal/" + action, FORM, form);
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
    return answer;
  }

  /** Where tokens are. */
  public URI endpoint() {
    return server.uri("/api/v1/oauth/token");
  }

  public String basic() {
    return basic(id, secret);
  }

  public static String basic(String id, String secret) {
    return "Basic "
        + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  /** Renews, authenticated by HTTP Basic. */
  public Answer renew() {
    return post(GRANT, "Authorization", basic());
  }

  /** POSTs a form to the token endpoint. */
  public Answer post(String form, String... headers) {
    return server.api().post("/api/v1/oauth/token", FORM, form, headers);
  }

  /** Renews and answers the secret. */
  public String token() {
    Answer answer = renew();
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
    return answer.json().getString("access_token");
  }
}
