package io.keyturn.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.Scope;
import io.keyturn.problem.ProblemType;
import io.keyturn.renewal.TokenError;
import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PlatformServer;
import io.keyturn.support.Tools;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenAPI document: where it is read, and that it says all that a client must know. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiDocumentHttpIT {
  private static final KeyturnServer SERVER = PlatformServer.get();
  private static final Api API = SERVER.api();
  private static final Path NPM = Path.of("src/test/npm").toAbsolutePath();
  private static final String HOST = PlatformServer.OTHER_HOST;

  private JsonObject document = JsonValue.EMPTY_JSON_OBJECT;

  @BeforeAll
  void read() {
    document = API.send("GET", "/openapi.json", "Host", HOST).json();
  }

  private Stream<JsonObject> operations() {
    return document.getJsonObject("paths").values().stream()
        .flatMap(path -> path.asJsonObject().values().stream())
        .map(JsonValue::asJsonObject);
  }

  private JsonObject schema(String name) {
    return document.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
  }

  @ParameterizedTest
  @CsvSource({
    "/openapi, , application/yaml, openapi: 3.1.0",
    "/openapi, application/json, application/json, \"openapi\":\"3.1.0\"",
    "/openapi?format=json, , application/json, \"openapi\":\"3.1.0\"",
    "/openapi.json, , application/json, \"openapi\":\"3.1.0\"",
    "/openapi.yaml, application/json, application/yaml, openapi: 3.1.0"
  })
  void documentHasItsMediaTypeAndIsForScriptsOfAllSites(
      String path, String accept, String mediaType, String part) {
    Answer answer =
        accept == null
            ? API.send("GET", path, "Origin", "https://elsewhere.example")
            : API.send("GET", path, "Origin", "https://elsewhere.example", "Accept", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains(mediaType);
    assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.body()).contains(part);
  }

  @ParameterizedTest
  @CsvSource({"/openapi.json, \"url\":\"http://%s\"", "/openapi.yaml, url: http://%s"})
  void downloadedDocumentCallsTheHostThatItIsFrom(String path, String server) {
    String body = API.send("GET", path, "Host", HOST + ":8443").body();

    assertThat(body)
        .contains(server.formatted(HOST + ":8443"))
        .contains("http://" + HOST + ":8443/api/v1/oauth/token")
        .doesNotContain("keyturn.invalid")
        .doesNotContain("localhost");
  }

  @Test
  void serversOwnPageOfTheDocumentStillFindsIt() {
    assertThat(API.send("GET", "/openapi/ui/").body()).contains("'/openapi/source'");
    assertThat(API.send("GET", "/openapi/source").status()).isEqualTo(200);
    assertThat(SERVER.log()).doesNotContain("CWWKO1650E").doesNotContain("CWWKO1661E");
  }

  @Test
  void redoclyFindsNothing() throws Exception {
    // suppliers/external/{external_id} and suppliers/{id}/approve: no id is "external".
    assertThat(lint("redocly", "lint", "--format=json", "--skip-rule=no-ambiguous-paths"))
        .contains("\"errors\": 0")
        .contains("\"warnings\": 0");
  }

  @Test
  void spectralFindsNothing() throws Exception {
    assertThat(
            lint(
                "spectral",
                "lint",
                "--fail-severity=hint",
                "--ruleset=" + NPM.resolve("spectral.yaml")))
        .contains("No results with a severity of 'hint' or higher found!");
  }

  private String lint(String linter, String... arguments) throws Exception {
    Path program =
        Tools.orSkip(linter, Tools.find(linter, NPM.resolve("node_modules").resolve(".bin")));
    Path file = Files.createTempFile(Path.of("target"), "openapi", ".json").toAbsolutePath();
    Files.writeString(file, document.toString());
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    command.add(file.toString());
    return Tools.tryRun(
            NPM,
            Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"),
            command)
        .output();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void operationSaysWhatAClientNeeds(JsonObject operation) {
    assertThat(operation).containsKeys("operationId", "summary", "description", "tags");
    List<String> statuses = List.copyOf(operation.getJsonObject("responses").keySet());
    // A generated client accepts what is said first.
    assertThat(statuses.get(0)).startsWith("2");
    assertThat(statuses).contains("400", "429", "500", "503");
    String id = operation.getString("operationId");
    boolean oauth = id.equals("renewSecret");
    assertThat(statuses.contains("401")).isEqualTo(!id.equals("getStatus"));
    if (!oauth) {
      assertThat(statuses).contains("422");
    }
    if (operation.containsKey("requestBody")) {
      assertThat(statuses).contains("408", "413");
      if (!oauth) {
        assertThat(statuses).contains("415");
      }
    }
    if (operation.containsKey("parameters")) {
      for (JsonObject parameter :
          operation.getJsonArray("parameters").getValuesAs(JsonObject.class)) {
        assertThat(parameter.containsKey("$ref") || parameter.containsKey("description"))
            .as(parameter.toString())
            .isTrue();
      }
    }
  }

  /** Each member of each body. */
  private Stream<JsonObject> properties() {
    return document.getJsonObject("components").getJsonObject("schemas").values().stream()
        .map(JsonValue::asJsonObject)
        .filter(schema -> schema.containsKey("properties"))
        .flatMap(schema -> schema.getJsonObject("properties").values().stream())
        .map(JsonValue::asJsonObject);
  }

  @Test
  void idsHaveAFormatAndNoPattern() {
    assertThat(properties().filter(p -> p.getString("format", "").equals("uuid")))
        .hasSizeGreaterThan(10)
        .noneMatch(p -> p.containsKey("pattern"));
    assertThat(
            operations()
                .filter(o -> o.containsKey("parameters"))
                .flatMap(o -> o.getJsonArray("parameters").getValuesAs(JsonObject.class).stream())
                .filter(p -> p.getString("in", "").equals("path"))
                .filter(p -> !p.getString("name").equals("external_id")))
        .hasSizeGreaterThan(10)
        .allMatch(p -> p.getJsonObject("schema").getString("format").equals("uuid"));
  }

  private static List<String> required(JsonObject schema) {
    return schema.containsKey("required")
        ? schema.getJsonArray("required").getValuesAs(JsonString::getString)
        : List.of();
  }

  @Test
  void bodiesThatAreSentRefuseOtherMembersAndTellAbsentListsFromEmptyOnes() {
    long bodies =
        operations()
            .filter(operation -> operation.containsKey("requestBody"))
            .map(o -> o.getJsonObject("requestBody").getJsonObject("content"))
            .filter(content -> content.containsKey("application/json"))
            .map(content -> content.getJsonObject("application/json").getJsonObject("schema"))
            .map(ref -> schema(ref.getString("$ref").replaceFirst(".*/", "")))
            .peek(
                body -> {
                  assertThat(body.getBoolean("additionalProperties")).isFalse();
                  assertThat(
                          body.getJsonObject("properties").entrySet().stream()
                              .filter(p -> !required(body).contains(p.getKey()))
                              .map(p -> String.valueOf(p.getValue().asJsonObject().get("type")))
                              .filter(type -> type.contains("array")))
                      .allMatch(type -> type.contains("null"));
                })
            .count();

    assertThat(bodies).isGreaterThan(8);
    assertThat(
            schema("ApiKeyChange").getJsonObject("properties").getJsonObject("scopes").toString())
        .contains("\"null\"");
  }

  @Test
  void wordsAreThoseOfTheCode() {
    assertThat(words("Scope")).isEqualTo(Arrays.stream(Scope.values()).map(Scope::code).toList());
    assertThat(words("ProblemCode"))
        .isEqualTo(Arrays.stream(ProblemType.values()).map(ProblemType::code).toList());
    assertThat(words("OAuthError"))
        .isEqualTo(Arrays.stream(TokenError.values()).map(TokenError::code).toList());
    assertThat(words("AuditAction")).contains("API_KEY_REFRESHED", "SIGNED_IN");
  }

  private List<String> words(String schema) {
    JsonArray words = schema(schema).getJsonArray("enum");
    return words.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }

  @Test
  void answersSayWhichMembersTheyAlwaysHave() {
    assertThat(
            document.getJsonObject("components").getJsonObject("schemas").entrySet().stream()
                .filter(schema -> schema.getValue().asJsonObject().containsKey("properties"))
                .filter(schema -> !schema.getValue().asJsonObject().containsKey("required"))
                .map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "Address",
            "ApiKeyChange",
            "Contact",
            "Decision",
            "KeyLimitChange",
            "KeyLimitCreation",
            "Reason",
            "Scores",
            "SecretRotation",
            "SupplierData",
            "Suspension",
            "WebhookChange");
  }

  /** A document whose operation says nothing would demand the secret of an API key there. */
  @Test
  void openAddressDemandsNothingAndIsNoVersionedObject() {
    JsonObject status =
        document.getJsonObject("paths").getJsonObject("/api/v1/status").getJsonObject("get");

    assertThat(status.getJsonArray("security")).isEmpty();
    assertThat(status.getJsonObject("responses").keySet()).contains("200").doesNotContain("304");
    assertThat(status.containsKey("parameters")).isFalse();
  }

  @Test
  void namesAreThoseOfThings() {
    assertThat(document.getJsonObject("components").getJsonObject("schemas").keySet())
        .contains("SupplierList", "FieldError")
        .noneMatch(name -> name.contains("View") || name.matches(".*[0-9]|.*Inner"));
  }

  @Test
  void waysToAuthenticateAreDeclared() {
    JsonObject schemes = document.getJsonObject("components").getJsonObject("securitySchemes");

    assertThat(schemes.getJsonObject("secret").getString("scheme")).isEqualTo("bearer");
    assertThat(schemes.getJsonObject("header").getString("name")).isEqualTo("X-API-Key");
    assertThat(schemes.getJsonObject("client").getString("scheme")).isEqualTo("basic");
    assertThat(
            schemes
                .getJsonObject("oauth2")
                .getJsonObject("flows")
                .getJsonObject("clientCredentials")
                .getString("tokenUrl"))
        .isEqualTo("http://" + HOST + "/api/v1/oauth/token");
  }
}
