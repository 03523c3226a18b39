package io.keyturn.document;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostmanCollectionTest {
  private static JsonObject document = JsonValue.EMPTY_JSON_OBJECT;
  private static JsonObject collection = JsonValue.EMPTY_JSON_OBJECT;

  @BeforeAll
  static void readDocument() throws IOException {
    String text = Files.readString(ApiDocumentTest.FILE);
    document = parse(text);
    collection = parse(PostmanCollection.of(text, "https://keyturn.example"));
  }

  private static JsonObject parse(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonValue::asJsonObject);
  }

  private static Stream<JsonObject> requests() {
    return objects(collection.getJsonArray("item"))
        .flatMap(folder -> objects(folder.getJsonArray("item")))
        .map(item -> item.getJsonObject("request"));
  }

  private static JsonObject request(String method, String raw) {
    return requests()
        .filter(r -> r.getString("method").equals(method))
        .filter(r -> r.getJsonObject("url").getString("raw").equals("{{base_url}}" + raw))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachOperationIsARequest() {
    List<String> operations =
        document.getJsonObject("paths").entrySet().stream()
            .flatMap(
                path ->
                    path.getValue().asJsonObject().keySet().stream()
                        .map(
                            method ->
                                method.toUpperCase(Locale.ROOT)
                                    + " {{base_url}}"
                                    + path.getKey().replaceAll("\\{([^}]*)}", ":$1")))
            .toList();

    assertThat(
            requests()
                .map(r -> r.getString("method") + " " + r.getJsonObject("url").getString("raw")))
        .containsExactlyInAnyOrderElementsOf(operations);
  }

  @Test
  void addressAndSecretAreVariables() {
    assertThat(collection.getJsonArray("variable").toString())
        .isEqualTo(
            "[{\"key\":\"base_url\",\"value\":\"https://keyturn.example\"},"
                + "{\"key\":\"secret\",\"value\":\"\"}]");
    assertThat(collection.getJsonObject("auth").toString()).contains("{{secret}}");
  }

  @Test
  void optionalParametersAreSwitchedOff() {
    JsonObject url = request("GET", "/api/v1/suppliers").getJsonObject("url");

    assertThat(objects(url.getJsonArray("query"))).hasSizeGreaterThan(5);
    assertThat(objects(url.getJsonArray("query"))).allMatch(p -> p.getBoolean("disabled"));
    JsonObject change = request("PATCH", "/api/v1/suppliers/:id");
    assertThat(objects(change.getJsonArray("header")))
        .anyMatch(h -> h.getString("key").equals("If-Match") && !h.getBoolean("disabled"));
    assertThat(
            change.getJsonObject("url").getJsonArray("variable").getJsonObject(0).getString("key"))
        .isEqualTo("id");
  }

  @Test
  void bodiesAreTheExamplesOfTheDocument() {
    JsonObject created = request("POST", "/api/v1/suppliers");

    assertThat(parse(created.getJsonObject("body").getString("raw"))).containsKey("name");
    JsonObject file = request("POST", "/api/v1/supplier-imports").getJsonObject("body");
    assertThat(objects(file.getJsonArray("formdata")))
        .anyMatch(f -> f.getString("type").equals("file"));
    JsonObject token = request("POST", "/api/v1/oauth/token");
    assertThat(token.getJsonObject("body").getString("mode")).isEqualTo("urlencoded");
    assertThat(token.getJsonObject("auth").getString("type")).isEqualTo("basic");
  }

  @Test
  void openAddressNeedsNoSecret() {
    assertThat(
            Optional.ofNullable(request("GET", "/api/v1/status").getJsonObject("auth"))
                .map(a -> a.getString("type")))
        .contains("noauth");
    assertThat(request("GET", "/api/v1/me")).doesNotContainKey("auth");
  }
}
