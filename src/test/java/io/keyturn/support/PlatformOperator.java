package io.keyturn.support;

import io.keyturn.support.Api.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The operator of the platform, who calls the API by the operator's token. */
public final class PlatformOperator {
  public static final String TOKEN = "operator-token-of-the-tests-0123456789";
  public static final String PATH = "/api/v1/organisations";

  private final Api api;

  public PlatformOperator(KeyturnServer server) {
    this.api = server.api();
  }

  /** A file with a secret that only its owner can read. */
  public static String secretFile(String secret) {
    try {
      Path file = Files.createTempFile(Path.of("target"), "secret", "");
      Files.writeString(file, secret + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return file.toAbsolutePath().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Answer get(String path) {
    return call("GET", PATH + path, "");
  }

  public Answer post(String path, String body) {
    return call("POST", PATH + path, body);
  }

  public Answer delete(String path) {
    return call("DELETE", PATH + path, "");
  }

  public Answer call(String method, String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + TOKEN));
    if (!body.isEmpty()) {
      all.addAll(List.of("Content-Type", "application/json"));
    }
    return api.send(
        method,
        path,
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
        all.toArray(String[]::new));
  }

  /** Asks for a new organisation. */
  public Answer tryCreate(String domain, String name, String administrator) {
    return post(
        "",
        Json.createObjectBuilder()
            .add("domain", domain)
            .add("name", name)
            .add("administrator_email", administrator)
            .build()
            .toString());
  }

  /** Creates an organisation; answers what the API does. */
  public JsonObject create(String domain) {
    Answer created = tryCreate(domain, "Organisation " + domain, "admin@" + domain + ".example");
    if (created.status() != 201) {
      throw new AssertionError(created.status() + " " + created.body());
    }
    return created.json();
  }
}
