package io.keyturn.document;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;

/**
 * The OpenAPI document as a Postman collection, format 2.1.0: a folder for each tag, a request for
 * each operation. The variables {@code base_url} and {@code secret} belong to the collection.
 * Optional parameters are there, switched off.
 *
 * @see <a href="https://schema.postman.com/collection/json/v2.1.0/docs/index.html">Postman
 *     Collection Format</a>
 */
final class PostmanCollection {
  private static final String SCHEMA =
      "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
  private static final Set<String> SECRET_OF_KEY = Set.of("secret", "header");

  private final JsonObject document;

  private PostmanCollection(JsonObject document) {
    this.document = document;
  }

  /**
   * The collection as JSON.
   *
   * @param openApi the OpenAPI document as JSON
   * @param baseUrl the server's address, without a slash at the end
   */
  static String of(String openApi, String baseUrl) {
    JsonObject document = Json.createReader(new StringReader(openApi)).readObject();
    return new PostmanCollection(document).collection(baseUrl).toString();
  }

  private JsonObject collection(String baseUrl) {
    JsonObject info = document.getJsonObject("info");
    JsonArrayBuilder folders = Json.createArrayBuilder();
    folders().forEach((tag, requests) -> folders.add(folder(tag, requests)));
    return Json.createObjectBuilder()
        .add(
            "info",
            Json.createObjectBuilder()
                .add("name", info.getString("title"))
                .add("description", info.getString("description", ""))
                .add("schema", SCHEMA))
        .add("auth", auth("bearer", "token", "{{secret}}"))
        .add(
            "variable",
            Json.createArrayBuilder()
                .add(variable("base_url", baseUrl))
                .add(variable("secret", "")))
        .add("item", folders)
        .build();
  }

  private static JsonObject folder(String tag, List<JsonObject> requests) {
    return Json.createObjectBuilder()
        .add("name", tag)
        .add("item", Json.createArrayBuilder(requests))
        .build();
  }

  private Map<String, List<JsonObject>> folders() {
    Map<String, List<JsonObject>> folders = new LinkedHashMap<>();
    document
        .getJsonArray("tags")
        .forEach(tag -> folders.put(tag.asJsonObject().getString("name"), new ArrayList<>()));
    document
        .getJsonObject("paths")
        .forEach(
            (path, methods) ->
                methods
                    .asJsonObject()
                    .forEach(
                        (method, operation) -> {
                          JsonObject described = operation.asJsonObject();
                          String tag = described.getJsonArray("tags").getString(0);
                          folders
                              .computeIfAbsent(tag, t -> new ArrayList<>())
                              .add(request(method, path, described));
                        }));
    folders.values().removeIf(List::isEmpty);
    return folders;
  }

  private JsonObject request(String method, String path, JsonObject operation) {
    List<JsonObject> parameters = parameters(operation);
    JsonArrayBuilder headers = Json.createArrayBuilder();
    in("header", parameters).forEach(p -> headers.add(entry(p)));
    JsonObjectBuilder request =
        Json.createObjectBuilder()
            .add("method", method.toUpperCase(Locale.ROOT))
            .add("description", operation.getString("description", ""))
            .add("url", url(path, parameters));
    auth(operation).ifPresent(auth -> request.add("auth", auth));
    JsonObject content =
        operation.containsKey("requestBody")
            ? operation.getJsonObject("requestBody").getJsonObject("content")
            : JsonValue.EMPTY_JSON_OBJECT;
    content.entrySet().stream()
        .findFirst()
        .ifPresent(
            body -> {
              if (!body.getKey().startsWith("multipart/")) {
                headers.add(variable("Content-Type", body.getKey()));
              }
              request.add("body", body(body.getKey(), body.getValue().asJsonObject()));
            });
    return Json.createObjectBuilder()
        .add("name", operation.getString("summary"))
        .add("request", request.add("header", headers))
        .build();
  }

  private List<JsonObject> parameters(JsonObject operation) {
    JsonArray array = operation.getJsonArray("parameters");
    return array == null ? List.of() : array.stream().map(this::resolved).toList();
  }

  /** What a reference within the document leads to; another value is returned as it is. */
  private JsonObject resolved(JsonValue value) {
    JsonObject object = value.asJsonObject();
    String reference = object.getString("$ref", "");
    return reference.isEmpty()
        ? object
        : Json.createPointer(reference.substring(1)).getValue(document).asJsonObject();
  }

  private static List<JsonObject> in(String place, List<JsonObject> parameters) {
    return parameters.stream().filter(p -> p.getString("in").equals(place)).toList();
  }

  /** A parameter of the query or a header. Optional parameters are switched off. */
  private static JsonObject entry(JsonObject parameter) {
    return Json.createObjectBuilder()
        .add("key", parameter.getString("name"))
        .add("value", example(parameter))
        .add("description", parameter.getString("description", ""))
        .add("disabled", !parameter.getBoolean("required", false))
        .build();
  }

  private static String example(JsonObject parameter) {
    JsonValue example = parameter.getOrDefault("example", JsonValue.NULL);
    return example instanceof JsonString text
        ? text.getString()
        : example == JsonValue.NULL ? "" : example.toString();
  }

  private static JsonObject url(String path, List<JsonObject> parameters) {
    JsonArrayBuilder segments = Json.createArrayBuilder();
    for (String segment : path.substring(1).split("/")) {
      segments.add(segment.replaceAll("^\\{(.*)\\}$", ":$1"));
    }
    JsonArrayBuilder query = Json.createArrayBuilder();
    in("query", parameters).forEach(p -> query.add(entry(p)));
    JsonArrayBuilder variables = Json.createArrayBuilder();
    in("path", parameters)
        .forEach(
            p ->
                variables.add(
                    Json.createObjectBuilder()
                        .add("key", p.getString("name"))
                        .add("value", example(p))
                        .add("description", p.getString("description", ""))));
    return Json.createObjectBuilder()
        .add("raw", "{{base_url}}" + path.replaceAll("\\{([^/]*)\\}", ":$1"))
        .add("host", Json.createArrayBuilder().add("{{base_url}}"))
        .add("path", segments)
        .add("query", query)
        .add("variable", variables)
        .build();
  }

  private JsonObject body(String mediaType, JsonObject content) {
    if (mediaType.contains("json")) {
      JsonValue example = content.getOrDefault("example", JsonValue.EMPTY_JSON_OBJECT);
      return Json.createObjectBuilder()
          .add("mode", "raw")
          .add("raw", example.toString())
          .add(
              "options",
              Json.createObjectBuilder()
                  .add("raw", Json.createObjectBuilder().add("language", "json")))
          .build();
    }
    boolean multipart = mediaType.startsWith("multipart/");
    JsonObject schema = resolved(content.getJsonObject("schema"));
    JsonArrayBuilder fields = Json.createArrayBuilder();
    for (Entry<String, JsonValue> field : schema.getJsonObject("properties").entrySet()) {
      boolean file =
          multipart && "binary".equals(resolved(field.getValue()).getString("format", ""));
      JsonObjectBuilder one =
          Json.createObjectBuilder().add("key", field.getKey()).add("type", file ? "file" : "text");
      fields.add(file ? one.addNull("src") : one.add("value", ""));
    }
    String mode = multipart ? "formdata" : "urlencoded";
    return Json.createObjectBuilder().add("mode", mode).add(mode, fields).build();
  }

  /** How an operation is authenticated; empty where it is by the secret of a key. */
  private static Optional<JsonObject> auth(JsonObject operation) {
    JsonArray ways = operation.getJsonArray("security");
    if (ways == null || ways.isEmpty()) {
      return Optional.of(Json.createObjectBuilder().add("type", "noauth").build());
    }
    Set<String> first = ways.getJsonObject(0).keySet();
    if (first.stream().anyMatch(SECRET_OF_KEY::contains)) {
      return Optional.empty();
    }
    return Optional.of(
        first.contains("operator")
            ? auth("bearer", "token", "{{operator_token}}")
            : Json.createObjectBuilder()
                .add("type", "basic")
                .add(
                    "basic",
                    Json.createArrayBuilder()
                        .add(typed("username", "{{client_id}}"))
                        .add(typed("password", "{{client_secret}}")))
                .build());
  }

  private static JsonObject auth(String type, String key, String value) {
    return Json.createObjectBuilder()
        .add("type", type)
        .add(type, Json.createArrayBuilder().add(typed(key, value)))
        .build();
  }

  private static JsonObjectBuilder typed(String key, String value) {
    return variableBuilder(key, value).add("type", "string");
  }

  private static JsonObject variable(String key, String value) {
    return variableBuilder(key, value).build();
  }

  private static JsonObjectBuilder variableBuilder(String key, String value) {
    return Json.createObjectBuilder().add("key", key).add("value", value);
  }
}
