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
import java.util.Set;
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

  /** What operations decide, and what their callers must be ready for. */
  private static final Set<Integer> OF_OPERATIONS = Set.of(403, 404, 409, 412, 428);

  /** The operator's operations are 404, and not in the document, where there is no operator. */
  private static final String OPERATOR = "operator";

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

  /**
   * Fails where the document does not name an answer's code, or its status. Statuses that no
   * operation is to name are those of addresses and headers that nothing reads.
   */
  static void check(String method, String address, Api.Answer answer) {
    if (!answer.header("Content-Type").orElse("").startsWith("application/problem+json")) {
      return;
    }
    Optional<JsonObject> operation =
        OPERATIONS.stream()
            .filter(o -> o.method().equals(method) && o.addresses().matcher(address).matches())
            .findFirst()
            .map(Operation::said);
    String status = Integer.toString(answer.status());
    operation
        .filter(o -> OF_OPERATIONS.contains(answer.status()) && !ofOperator(o))
        .ifPresent(
            o ->
                assertThat(o.getJsonObject("responses").keySet())
                    .as("statuses of %s %s in the document: %s", method, address, answer.body())
                    .contains(status));
    operation
        .flatMap(o -> examples(o.getJsonObject("responses"), status))
        .ifPresent(
            examples ->
                assertThat(examples.keySet())
                    .as("problems of %s %s in the document", method, address)
                    .contains(answer.code()));
  }

  private static boolean ofOperator(JsonObject operation) {
    return operation.containsKey("security")
        && operation.getJsonArray("security").getValuesAs(JsonObject.class).stream()
            .anyMatch(way -> way.containsKey(OPERATOR));
  }

  private static Optional<JsonObject> examples(JsonObject responses, String status) {
    return Optional.ofNullable(responses.getJsonObject(status))
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
