package io.keyturn.problem;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;

/**
 * A problem document (RFC 9457).
 *
 * @param members further members, in order
 */
public record Problem(
    ProblemType type, String detail, List<FieldError> errors, Map<String, Object> members) {

  public static final String MEDIA_TYPE = "application/problem+json";

  /** The attribute of a request that holds the problem with which it was answered. */
  public static final String ATTRIBUTE = Problem.class.getName();

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of(), Map.of());
  }

  public static Problem of(ProblemException e) {
    return new Problem(e.type(), e.detail(), e.errors(), e.members());
  }

  /** What is said of a bare status. */
  public static Problem ofStatus(int status) {
    ProblemType type = ProblemType.ofStatus(status);
    return of(
        type,
        switch (type) {
          case NOT_FOUND -> "Nothing is found at this address.";
          case METHOD_NOT_ALLOWED -> "The header Allow names the methods of this address.";
          case NOT_ACCEPTABLE -> "Answers are application/json.";
          case UNSUPPORTED_MEDIA_TYPE -> "Send the body as application/json.";
          case CONTENT_TOO_LARGE -> "The body is larger than this server reads.";
          case INTERNAL_ERROR ->
              "The request failed because of an internal error. The request's id finds the"
                  + " cause in the server's log.";
          default -> "The request cannot be read.";
        });
  }

  /** The document as JSON text, with the id of the request that it answers. */
  public String toJson(String requestId) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("type", "/problems/" + type.code())
            .add("title", type.title())
            .add("status", type.status())
            .add("code", type.code())
            .add("detail", detail)
            .add("request_id", requestId);
    members.forEach(
        (name, value) -> {
          if (value instanceof Number n) {
            json.add(name, n.longValue());
          } else {
            json.add(name, value.toString());
          }
        });
    if (!errors.isEmpty()) {
      JsonArrayBuilder array = Json.createArrayBuilder();
      errors.forEach(
          e ->
              array.add(
                  Json.createObjectBuilder().add("field", e.field()).add("message", e.message())));
      json.add("errors", array);
    }
    return json.build().toString();
  }
}
