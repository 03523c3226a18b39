package io.keyturn.document;

import io.keyturn.access.Scope;
import io.keyturn.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The failures of operations: problem documents, most of them shared by many operations. */
final class Failures {
  /** The name and the description of a shared failure. */
  private record Common(String name, String description) {}

  private static final Map<String, Common> COMMON = new LinkedHashMap<>();

  static {
    COMMON.put(
        "400",
        new Common(
            "Malformed",
            "The request cannot be read, has two secrets, or has a secret in its address."));
    COMMON.put(
        "401", new Common("Unauthenticated", "The secret is not accepted; the problem says why."));
    COMMON.put(
        "403",
        new Common("Forbidden", "The key lacks a scope, or may not be used from this network."));
    COMMON.put("406", new Common("NotAcceptable", "Answers are JSON, which Accept excludes."));
    COMMON.put("408", new Common("TooSlow", "The body took too long to arrive."));
    COMMON.put("413", new Common("TooLarge", "The body is larger than 1 MiB."));
    COMMON.put("415", new Common("UnsupportedMediaType", "The body's media type is not read."));
    COMMON.put(
        "422",
        new Common("Invalid", "A member or parameter is unknown or wrong; the problem names it."));
    COMMON.put("429", new Common("RateLimited", "Too many requests, or too many wrong secrets."));
    COMMON.put(
        "500", new Common("InternalError", "The request failed because of an internal error."));
    COMMON.put(
        "503", new Common("Unavailable", "The database, or another part, does not answer now."));
  }

  private static final Map<String, String> OF_TOKENS =
      Map.of(
          "400", "`invalid_request`, `invalid_grant`, `unsupported_grant_type`, `invalid_scope`",
          "401", "`invalid_client`: the client is unknown, or its secret is wrong",
          "429", "`temporarily_unavailable`: too many wrong credentials came from this address",
          "500", "`server_error`",
          "503", "`temporarily_unavailable`");

  private Failures() {}

  static void declare(OpenAPI document) {
    document.getComponents().addSchema("Problem", problem());
    document
        .getComponents()
        .addSchema(
            "FieldError",
            object()
                .description("What is wrong with one member or parameter.")
                .addProperty("field", text("Its name."))
                .addProperty("message", text("What it must be.")));
    COMMON.forEach(
        (status, common) -> {
          APIResponse response = problem(status, common.description());
          ProblemCodes.add(document, status, response);
          document.getComponents().addResponse(common.name(), response);
        });
  }

  /** The problem document of RFC 9457, with further members. */
  private static Schema problem() {
    return object()
        .description(
            "Why a request failed (RFC 9457). Some kinds have further members: `scope`"
                + " names the missing scope, `current_number` the number of the current secret.")
        .addProperty("type", text("Where the problem is explained.").format("uri-reference"))
        .addProperty("title", text("The problem in a few words."))
        .addProperty(
            "status",
            OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .format("int32")
                .description("The status of the answer."))
        .addProperty("code", text("The same as the last part of the type."))
        .addProperty("detail", text("What went wrong this time."))
        .addProperty("request_id", text("The same as `X-Request-Id`.").format("uuid"))
        .addProperty(
            "errors",
            OASFactory.createSchema()
                .addType(SchemaType.ARRAY)
                .description("With status 422 only.")
                .items(Schemas.ref("FieldError")))
        .required(List.of("type", "title", "status", "code", "detail", "request_id"));
  }

  private static Schema object() {
    return OASFactory.createSchema().addType(SchemaType.OBJECT);
  }

  private static Schema text(String description) {
    return Schemas.string().description(description);
  }

  private static APIResponse problem(String status, String description) {
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(description)
            .content(content(Problem.MEDIA_TYPE, "Problem"));
    Headers.ofFailure(response, status);
    return response;
  }

  private static Content content(String mediaType, String schema) {
    return OASFactory.createContent()
        .addMediaType(mediaType, OASFactory.createMediaType().schema(Schemas.ref(schema)));
  }

  /** Adds the failures that no annotation names, and describes all of them. */
  static void add(OpenAPI document, Endpoint endpoint) {
    Map<String, APIResponse> responses =
        new LinkedHashMap<>(endpoint.operation().getResponses().getAPIResponses());
    if (endpoint.path().equals(DocumentServlet.TOKEN_PATH)) {
      OF_TOKENS.forEach((status, why) -> responses.put(status, oauth(status, why)));
    }
    for (String status : common(endpoint)) {
      responses.computeIfAbsent(status, s -> common(endpoint, s));
    }
    responses.forEach(
        (status, response) -> {
          if (!status.startsWith("2") && !status.startsWith("3") && response.getRef() == null) {
            if (response.getContent() == null) {
              response.setContent(content(Problem.MEDIA_TYPE, "Problem"));
            }
            Headers.ofFailure(response, status);
            ProblemCodes.add(document, endpoint, status, response);
          }
        });
    Map<String, APIResponse> sorted = new LinkedHashMap<>();
    // Sorted, because a generated client accepts the media type of the first response.
    responses.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .forEach(response -> sorted.put(response.getKey(), response.getValue()));
    endpoint.operation().getResponses().setAPIResponses(sorted);
  }

  private static APIResponse oauth(String status, String why) {
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(why)
            .content(content("application/json", "TokenError"));
    Headers.ofFailure(response, status);
    return response;
  }

  private static APIResponse common(Endpoint endpoint, String status) {
    List<Scope> scopes = endpoint.scopes();
    if (status.equals("403") && !scopes.isEmpty()) {
      return problem(
          status,
          "The key lacks a scope, or may not be used from this network. This needs "
              + scopes.stream().map(s -> "`" + s.code() + "`").collect(Collectors.joining(", "))
              + ".");
    }
    if (status.equals("401") && endpoint.ofOperator()) {
      return problem(status, "The operator's token is absent or wrong.");
    }
    return OASFactory.createAPIResponse().ref(Objects.requireNonNull(COMMON.get(status)).name());
  }

  private static List<String> common(Endpoint endpoint) {
    List<String> statuses = new ArrayList<>(List.of("400", "429", "500", "503"));
    if (!endpoint.anonymous()) {
      statuses.add("401");
    }
    // The OAuth endpoint is anonymous, and reports wrong parameters with its own error codes.
    if (!endpoint.anonymous() || !endpoint.hasBody()) {
      statuses.add("422");
    }
    if (endpoint.ofKeys()) {
      statuses.add("403");
    }
    if (endpoint.operation().getResponses().getAPIResponse("204") == null) {
      statuses.add("406");
    }
    if (endpoint.hasBody()) {
      statuses.add("408");
      statuses.add("413");
      if (!endpoint.anonymous()) {
        statuses.add("415");
      }
    }
    return statuses;
  }
}
