package io.keyturn.document;

import io.keyturn.access.Scope;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Which problems an answer of a failure can be: an example of each, whose name is the problem's
 * code.
 */
final class ProblemCodes {
  private static final String REF = "#/components/examples/";

  /** What a key that is limited to locations may not do everywhere. */
  private static final Set<Scope> OF_LOCATIONS =
      EnumSet.of(Scope.SUPPLIERS_WRITE, Scope.AUDIT_LOG_READ, Scope.WEBHOOKS_MANAGE);

  private ProblemCodes() {}

  /** Adds the problems to a failure of an operation. */
  static void add(OpenAPI document, Endpoint endpoint, String status, APIResponse response) {
    add(document, response, types(status).filter(type -> possible(endpoint, type)));
  }

  /** Adds the problems to a failure of many operations. */
  static void add(OpenAPI document, String status, APIResponse response) {
    add(document, response, types(status));
  }

  private static void add(OpenAPI document, APIResponse response, Stream<ProblemType> types) {
    MediaType problem = response.getContent().getMediaType(Problem.MEDIA_TYPE);
    if (problem != null) {
      types.forEach(
          type -> {
            document
                .getComponents()
                .addExample(
                    type.code(),
                    OASFactory.createExample().summary(type.title()).value(example(type)));
            problem.addExample(type.code(), OASFactory.createExample().ref(REF + type.code()));
          });
    }
  }

  private static Stream<ProblemType> types(String status) {
    return Arrays.stream(ProblemType.values())
        .filter(type -> Integer.toString(type.status()).equals(status));
  }

  private static boolean possible(Endpoint endpoint, ProblemType type) {
    boolean verification = endpoint.path().endsWith("/verification");
    return switch (type) {
      case SECRET_REFRESHED, SECRET_EXPIRED, KEY_REVOKED, KEY_EXPIRED -> !endpoint.ofOperator();
      case INSUFFICIENT_SCOPE -> !endpoint.scopes().isEmpty();
      case LOCATION_NOT_ALLOWED -> endpoint.scopes().stream().anyMatch(OF_LOCATIONS::contains);
      case FORBIDDEN -> endpoint.path().contains("/api-keys");
      case CONFLICT -> !verification;
      case REQUEST_IN_PROGRESS ->
          verification
              || Schemas.parameters(endpoint.operation()).stream()
                  .anyMatch(parameter -> "Idempotency-Key".equals(parameter.getName()));
      case AUDIT_LOG_BROKEN -> verification;
      default -> true;
    };
  }

  private static Map<String, Object> example(ProblemType type) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "/problems/" + type.code());
    problem.put("title", type.title());
    problem.put("status", type.status());
    problem.put("code", type.code());
    problem.put("detail", detail(type));
    problem.put("request_id", "0d2c8b7e-1f6a-4c55-9d0e-3b1a2c4d5e6f");
    if (type == ProblemType.INVALID) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("field", "limit");
      error.put("message", "must be from 1 to 200");
      problem.put("errors", List.of(error));
    }
    return problem;
  }

  private static String detail(ProblemType type) {
    return switch (type) {
      case MALFORMED_REQUEST -> "The body is not JSON.";
      case AMBIGUOUS_CREDENTIALS ->
          "Send the secret in Authorization or in X-API-Key, not in both.";
      case CREDENTIAL_IN_QUERY -> "Send the secret in a header.";
      case UNAUTHENTICATED -> "This secret is not known here.";
      case SECRET_REFRESHED ->
          "This secret was refreshed at 2026-01-31T12:00:00Z. Use the key's new secret.";
      case SECRET_EXPIRED -> "This secret expired at 2026-01-31T12:00:00Z.";
      case KEY_REVOKED -> "This API key was revoked at 2026-01-31T12:00:00Z.";
      case KEY_EXPIRED -> "This API key expired at 2026-01-31T12:00:00Z.";
      case INSUFFICIENT_SCOPE -> "The API key lacks the scope suppliers:read.";
      case NETWORK_NOT_ALLOWED -> "The API key is not allowed from the address 192.0.2.7.";
      case LOCATION_NOT_ALLOWED -> "The API key is limited to other locations.";
      case FORBIDDEN -> "Nobody gives a key more than they have.";
      case NOT_FOUND -> "Nothing is found at this address.";
      case METHOD_NOT_ALLOWED -> "The header Allow names the methods of this address.";
      case NOT_ACCEPTABLE -> "Answers are application/json.";
      case REQUEST_TIMEOUT -> "The body did not arrive within 20 seconds.";
      case CONFLICT -> "Read the object anew, and decide again.";
      case REQUEST_IN_PROGRESS -> "The first request with this Idempotency-Key is still running.";
      case AUDIT_LOG_BROKEN -> "The event 4711 is not as it was written.";
      case LENGTH_REQUIRED -> "Send Content-Length.";
      case PRECONDITION_FAILED -> "The object was changed meanwhile. Read it anew.";
      case CONTENT_TOO_LARGE -> "The body is larger than 1 MiB.";
      case UNSUPPORTED_MEDIA_TYPE -> "Send the body as application/json.";
      case MISDIRECTED_REQUEST -> "No organisation has this host.";
      case INVALID -> "limit must be from 1 to 200.";
      case PRECONDITION_REQUIRED -> "Send If-Match with the ETag of what you read.";
      case RATE_LIMITED -> "Wait for the seconds that Retry-After names.";
      case INTERNAL_ERROR ->
          "The request failed because of an internal error. The request's id finds the cause in"
              + " the server's log.";
      case UNAVAILABLE -> "The database does not answer now. Try again soon.";
    };
  }
}
