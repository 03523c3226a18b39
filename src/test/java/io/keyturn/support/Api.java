package io.keyturn.support;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Calls a server over HTTP. */
public final class Api {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final Function<String, URI> addresses;
  private final Supplier<String> log;

  public Api(KeyturnServer server) {
    this.addresses = server::uri;
    this.log = server::log;
  }

  /** Of whatever listens on this port of ours. */
  public Api(int port) {
    this.addresses = path -> URI.create("http://127.0.0.1:" + port + path);
    this.log = () -> "";
  }

  /** What the server answered. */
  public record Answer(int status, HttpHeaders headers, String body) {
    public Optional<String> header(String name) {
      return headers.firstValue(name);
    }

    public JsonObject json() {
      try (var reader = Json.createReader(new StringReader(body))) {
        return reader.readObject();
      }
    }

    /** The code of the problem document. */
    public String code() {
      return json().getString("code");
    }
  }

  /** GETs an address with a secret as bearer token. */
  public Answer get(String path, String secret) {
    return send("GET", path, "Authorization", "Bearer " + secret);
  }

  /** GETs what the API knows of a secret. */
  public Answer me(String secret) {
    return get("/api/v1/me", secret);
  }

  /** What the health endpoint says of the automatic refresh. */
  public JsonObject automaticRefresh() {
    return send("GET", "/health/ready")
        .json()
        .getJsonArray("checks")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(check -> check.getString("name").equals("automatic-refresh"))
        .findFirst()
        .orElseThrow()
        .getJsonObject("data");
  }

  /** Sends a request without a body. */
  public Answer send(String method, String path, String... headers) {
    return send(method, path, BodyPublishers.noBody(), headers);
  }

  /** POSTs a body. */
  public Answer post(String path, String type, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type");
    all.add(type);
    return send("POST", path, BodyPublishers.ofString(body), all.toArray(String[]::new));
  }

  /** Sends a request. A problem that the OpenAPI document does not name is a failure. */
  public Answer send(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(addresses.apply(path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
      DocumentedProblems.check(method, path, answer);
      return answer;
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + ": " + e + "\n" + log.get(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
