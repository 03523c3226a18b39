package io.keyturn.document;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.BackwardIncompatibleProp;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;

/** No change of the API breaks a client of the last release. */
class ReleasedDocumentTest {
  private static final Path RELEASED = Path.of("src/test/openapi/released.json");

  /** Lists of words and scopes grow: the guide tells clients to take unknown words. */
  private static final OpenApiDiffOptions OPTIONS =
      OpenApiDiffOptions.builder()
          .configProperty(
              BackwardIncompatibleProp.RESPONSE_ENUM_INCREASED.getPropertyName(), "false")
          .configProperty(
              BackwardIncompatibleProp.SECURITY_SCHEME_SCOPES_INCREASED.getPropertyName(), "false")
          .build();

  private static final JsonValue NULL = Json.createValue("null");

  @Test
  void documentBreaksNoClientOfTheLastRelease() throws IOException {
    ChangedOpenApi changes = compare(Files.readString(ApiDocumentTest.FILE));

    assertThat(changes.isIncompatible())
        .as(
            "removed: %s, changed: %s",
            changes.getMissingEndpoints(), changes.getChangedOperations())
        .isFalse();
  }

  /** The comparison sees each kind of change, also in a document of OpenAPI 3.1. */
  @ParameterizedTest
  @CsvSource({
    "/paths/~1api~1v1~1me, , true",
    "/components/schemas/ApiKey/properties/name, , true",
    "/components/schemas/ApiKey/properties/name, {\"type\":\"integer\"}, true",
    "/components/schemas/ApiKeyCreation/required, '[\"name\",\"networks\"]', true",
    "/components/schemas/ApiKeyChange/properties/name, '{\"type\":[\"integer\",\"null\"]}', true",
    "/components/schemas/ApiKey/properties/added, {\"type\":\"string\"}, false",
    "/components/schemas/AuditAction/enum/0, \"ADDED\", false"
  })
  void changeIsSeen(String pointer, String value, boolean breaks) throws IOException {
    JsonObject released = read(Files.readString(RELEASED));
    JsonObject changed =
        value == null
            ? Json.createPointer(pointer).remove(released)
            : Json.createPointer(pointer).add(released, read("{\"v\":" + value + "}").get("v"));

    assertThat(compare(changed.toString()).isIncompatible()).isEqualTo(breaks);
  }

  private static ChangedOpenApi compare(String document) throws IOException {
    return OpenApiCompare.fromContents(
        older(read(Files.readString(RELEASED))).toString(),
        older(read(document)).toString(),
        null,
        OPTIONS);
  }

  /** As OpenAPI 3.0 says it, because the comparison does not read the types of OpenAPI 3.1. */
  private static JsonValue older(JsonValue value) {
    if (value instanceof JsonArray array) {
      return Json.createArrayBuilder(array.stream().map(ReleasedDocumentTest::older).toList())
          .build();
    }
    if (!(value instanceof JsonObject object)) {
      return value;
    }
    JsonObjectBuilder older = Json.createObjectBuilder();
    object.forEach(
        (name, member) -> {
          if (name.equals("openapi")) {
            older.add(name, "3.0.3");
          } else if (name.equals("type") && member instanceof JsonArray types) {
            types.stream()
                .filter(type -> !NULL.equals(type))
                .forEach(type -> older.add(name, type));
            older.add("nullable", types.contains(NULL));
          } else {
            older.add(name, older(member));
          }
        });
    return older.build();
  }

  private static JsonObject read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
