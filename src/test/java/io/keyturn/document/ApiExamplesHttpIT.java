package io.keyturn.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.keyturn.access.Scope;
import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PlatformOperator;
import io.keyturn.support.PlatformServer;
import io.keyturn.support.RenewalClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each operation as the page API Documentation sends it when <em>Try it out</em> and
 * <em>Execute</em> are pressed: with the document's own example of the body and its default of each
 * parameter. What a person must fill in is filled in here: ids, ETags, secrets. The answer is what
 * the document says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiExamplesHttpIT {
  private static final KeyturnServer SERVER = PlatformServer.get();
  private static final Api API = SERVER.api();
  private static final Control CONTROL = SERVER.control();
  private static final PlatformOperator OPERATOR = new PlatformOperator(SERVER);
  private static final String EXTERNAL = ", \"external_id\": \"ERP-1\"}";
  private static final String FORM = "application/x-www-form-urlencoded";

  private static final String FILE_TYPE = "multipart/form-data; boundary=b";

  /** What a person chooses as the file. */
  private static final String FILE =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"suppliers.csv\"\r\n\r\n"
          + "name\nNordwind Logistics\n\r\n--b--\r\n";

  private final JsonObject document = API.send("GET", "/openapi.json").json();
  private static final Control.Wish ALL =
      Control.wish().scopes(Scope.format(EnumSet.allOf(Scope.class)));

  private Key caller = CONTROL.key(ALL);

  /** An operation, with one of the media types that its body is read in. */
  record Example(String method, String path, JsonObject operation, String mediaType) {
    String id() {
      return operation.getString("operationId");
    }

    @Override
    public String toString() {
      return (id() + " " + mediaType).strip();
    }
  }

  private Stream<Example> examples() {
    return document.getJsonObject("paths").entrySet().stream()
        // It has no end; EventStreamHttpIT has its tests.
        .filter(path -> !path.getKey().endsWith("/events/stream"))
        .flatMap(
            path ->
                path.getValue().asJsonObject().entrySet().stream()
                    .flatMap(
                        operation ->
                            mediaTypes(operation.getValue().asJsonObject())
                                .map(
                                    type ->
                                        new Example(
                                            operation.getKey().toUpperCase(Locale.ROOT),
                                            path.getKey(),
                                            operation.getValue().asJsonObject(),
                                            type))));
  }

  private static Stream<String> mediaTypes(JsonObject operation) {
    return operation.containsKey("requestBody")
        ? operation.getJsonObject("requestBody").getJsonObject("content").keySet().stream()
        : Stream.of("");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleIsAnsweredAsTheDocumentSays(Example example) throws JsonProcessingException {
    boolean ofOperator = example.operation().toString().contains("\"operator\":[]");
    if (example.operation().toString().contains("\"tags\":[\"Suppliers\"]")) {
      // An organisation of its own, so that no example takes the names of others.
      caller = CONTROL.key(ALL.in(CONTROL.organisation()).named("Example"));
    }
    String id = ofOperator ? organisation(example) : object(example);
    List<String> headers = new ArrayList<>();
    Map<String, String> query = new TreeMap<>();
    for (JsonObject parameter : parameters(example)) {
      String name = parameter.getString("name");
      if (parameter.getString("in").equals("query")) {
        value(example, parameter, id).ifPresent(value -> query.put(name, value));
      } else if (name.equals("If-Match") && parameter.getBoolean("required", false)) {
        headers.addAll(List.of(name, version(example, id, ofOperator)));
      } else if (name.equals("X-Keyturn-Verifier")) {
        headers.addAll(List.of(name, caller.secret()));
      }
    }
    headers.addAll(List.of("Authorization", authorization(example, ofOperator)));
    String path = example.path().replace("{id}", id).replace("{external_id}", "ERP-1");
    if (path.contains("{delivery}")) {
      path = path.replace("{delivery}", delivery(id));
    }
    Answer answer =
        API.send(
            example.method(),
            query.isEmpty() ? path : path + "?" + form(query),
            BodyPublishers.ofString(body(example, headers)),
            headers.toArray(String[]::new));

    JsonObject responses = example.operation().getJsonObject("responses");
    assertThat(answer.status())
        .as(answer.body())
        .isEqualTo(Integer.parseInt(responses.keySet().iterator().next()));
    assertIsAsDescribed(answer, responses.getJsonObject(Integer.toString(answer.status())));
  }

  private List<JsonObject> parameters(Example example) {
    return example.operation().containsKey("parameters")
        ? example.operation().getJsonArray("parameters").getValuesAs(JsonObject.class).stream()
            .filter(parameter -> parameter.containsKey("name"))
            .toList()
        : List.of();
  }

  /** What stands in the page's field for a parameter before anybody types. */
  private static Optional<String> value(Example example, JsonObject parameter, String id) {
    if (parameter.getString("name").equals("export")) {
      return Optional.of(sha256(OPERATOR.get("/" + id + "/export").body()));
    }
    JsonValue known =
        parameter.getOrDefault(
            "example", parameter.getJsonObject("schema").getOrDefault("default", JsonValue.NULL));
    assertThat(known == JsonValue.NULL && parameter.getBoolean("required", false))
        .as(example + " " + parameter)
        .isFalse();
    return known == JsonValue.NULL ? Optional.empty() : Optional.of(text(known));
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : value.toString();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A new key, or a new object beside the suppliers. */
  private String object(Example example) {
    String path = example.path().replaceFirst("(/external)?/\\{.*", "");
    if (path.equals("/api/v1/webhooks") && example.path().contains("{id}")) {
      String id =
          post(path, "{\"url\":\"https://erp.example.com/hook\"}")
              .json()
              .getJsonObject("webhook")
              .getString("id");
      if (example.id().equals("deleteWebhookClientCertificate")) {
        identify(id);
      }
      return id;
    }
    if (path.equals("/api/v1/supplier-imports")) {
      return example.path().contains("{id}") ? imported(path) : "";
    }
    if (!path.matches("/api/v1/(suppliers|locations|departments)")) {
      return CONTROL.key().id();
    }
    String id =
        post(path, "{\"name\": \"First\"" + (path.endsWith("suppliers") ? EXTERNAL : "}"))
            .json()
            .getString("id");
    if (example.id().equals("unarchiveSupplier")) {
      assertThat(post(path + "/" + id + "/archive", "{}").status()).isEqualTo(200);
    }
    return id;
  }

  /** An import that is finished. */
  private String imported(String path) {
    String id =
        API.post(path, FILE_TYPE, FILE, "Authorization", "Bearer " + caller.secret())
            .json()
            .getString("id");
    Eventually.within(
        Duration.ofMinutes(1),
        () ->
            assertThat(API.get(path + "/" + id, caller.secret()).json().getString("state"))
                .isEqualTo("completed"));
    return id;
  }

  private Answer post(String path, String body) {
    return API.post(path, "application/json", body, "Authorization", "Bearer " + caller.secret());
  }

  /** Gives a webhook the client certificate that is the document's example. */
  private void identify(String webhook) {
    String certificate =
        document
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("ClientCertificateInput")
            .getJsonArray("examples")
            .get(0)
            .toString();
    API.send(
        "PUT",
        "/api/v1/webhooks/" + webhook + "/client-certificate",
        BodyPublishers.ofString(certificate),
        "Authorization",
        "Bearer " + caller.secret(),
        "Content-Type",
        "application/json");
  }

  private String delivery(String webhook) {
    return post("/api/v1/webhooks/" + webhook + "/test", "").json().getString("id");
  }

  /** A new organisation, suspended where it is to be deleted. */
  private static String organisation(Example example) {
    if (!example.path().contains("{id}")) {
      return "";
    }
    String domain = "example-" + UUID.randomUUID();
    String id = OPERATOR.create(domain).getJsonObject("organisation").getString("id");
    if (example.id().equals("deleteOrganisation")) {
      assertThat(OPERATOR.post("/" + id + "/suspend", "{}").status()).isEqualTo(200);
    }
    return id;
  }

  private String version(Example example, String id, boolean ofOperator) {
    return API.get(
            example.path().replace("{id}", id),
            ofOperator ? PlatformOperator.TOKEN : caller.secret())
        .header("ETag")
        .orElseThrow();
  }

  private String authorization(Example example, boolean ofOperator) {
    if (example.id().equals("renewSecret")) {
      return RenewalClient.of(SERVER, CONTROL.key()).basic();
    }
    // Whoever refreshes itself names the number of its own secret, which is 1 of a new key.
    String secret =
        example.id().equals("refreshSelf")
            ? CONTROL.key(Control.wish().scopes("api-keys:refresh-self")).secret()
            : caller.secret();
    return "Bearer " + (ofOperator ? PlatformOperator.TOKEN : secret);
  }

  private String body(Example example, List<String> headers) {
    if (example.mediaType().isEmpty()) {
      return "";
    }
    if (example.id().equals("importSuppliers")) {
      headers.addAll(List.of("Content-Type", FILE_TYPE));
      return FILE;
    }
    headers.addAll(List.of("Content-Type", example.mediaType()));
    JsonObject content =
        example
            .operation()
            .getJsonObject("requestBody")
            .getJsonObject("content")
            .getJsonObject(example.mediaType());
    if (example.id().equals("introspect")) {
      return form(Map.of("token", caller.secret()));
    }
    JsonObject body = content.getJsonObject("example");
    return example.mediaType().equals(FORM)
        ? form(
            body.keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> body.getString(name))))
        : body.toString();
  }

  private static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(v -> v.getKey() + "=" + URLEncoder.encode(v.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private void assertIsAsDescribed(Answer answer, JsonObject response)
      throws JsonProcessingException {
    assertThat(answer.header("X-Request-Id")).isPresent();
    if (response.getJsonObject("headers").containsKey("RateLimit")) {
      assertThat(answer.headers().map())
          .containsKeys("RateLimit", "RateLimit-Policy", "X-API-Key-Expires-At");
    }
    if (answer.status() == 201) {
      assertThat(answer.header("Location")).isPresent();
    }
    if (!response.containsKey("content")) {
      assertThat(answer.body()).isEmpty();
      return;
    }
    String mediaType = answer.header("Content-Type").orElse("").replaceFirst(";.*", "");
    assertThat(response.getJsonObject("content")).containsKey(mediaType);
    if (!mediaType.endsWith("json")) {
      // A file, which the document describes as such.
      assertThat(answer.body()).isNotEmpty();
      return;
    }
    JsonObject schema =
        Json.createObjectBuilder(
                response.getJsonObject("content").getJsonObject(mediaType).getJsonObject("schema"))
            .add("components", document.getJsonObject("components"))
            .build();
    ObjectMapper mapper = new ObjectMapper();
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                    mapper.readTree(schema.toString()),
                    SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build())
                .validate(mapper.readTree(answer.body())))
        .isEmpty();
  }
}
