package io.keyturn.support;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The problems that the OpenAPI document names for each operation, beside those that happen. */
final class DocumentedProblems {
  /** An operation, and the addresses that it answers. */
  private record Operation(String method, Pattern addresses, String path, JsonObject said) {
    /** Of two operations that fit, the address with fewer parameters answers. */
    long parameters() {
      return path.chars().filter(c -> c == '{').count();
    }
  }

  private static final JsonObject DOCUMENT = read();
  private static final List<Operation> OPERATIONS = operations();

  private DocumentedProblems() {}

  private static JsonObject read() {
    try (var reader =
        Json.createReader(
            Files.newBufferedReader(Path.of("src/main/webapp/META-INF/openapi.json")))) {
      return reader.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Operation> operations() {
    return DOCUMENT.getJsonObject("paths").entrySet().stream()
        .flatMap(
            path ->
                path.getValue().asJsonObject().entrySet().stream()
                    .map(
                        operation ->
                            new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                addresses(path.getKey()),
                                path.getKey(),
                                operation.getValue().asJsonObject())))
        .sorted(Comparator.comparingLong(Operation::parameters))
        .toList();
  }

  private static Pattern addresses(String path) {
    return Pattern.compile(
        Stream.of(path.split("/"))
            .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
            .collect(Collectors.joining("/", "", "(\\?.*)?")));
  }

  /** Fails where the document names the status of an answer, but not its code. */
  static void check(String method, String address, Api.Answer answer) {
    if (!answer.header("Content-Type").orElse("").startsWith("application/problem+json")) {
      return;
    }
    examples(method, address, Integer.toString(answer.status()))
        .ifPresent(
            examples ->
                assertThat(examples.keySet())
                    .as("problems of %s %s in the document", method, address)
                    .contains(answer.code()));
  }

  private static Optional<JsonObject> examples(String method, String address, String status) {
    return OPERATIONS.stream()
        .filter(o -> o.method().equals(method) && o.addresses().matcher(address).matches())
        .findFirst()
        .map(operation -> operation.said().getJsonObject("responses").getJsonObject(status))
        .map(DocumentedProblems::resolved)
        .map(response -> response.getJsonObject("content"))
        .map(content -> content.getJsonObject("application/problem+json"))
        .map(problem -> problem.getJsonObject("examples"));
  }

  private static JsonObject resolved(JsonObject response) {
    return response.containsKey("$ref")
        ? (JsonObject) DOCUMENT.getValue(response.getString("$ref").substring(1))
        : response;
  }
}
