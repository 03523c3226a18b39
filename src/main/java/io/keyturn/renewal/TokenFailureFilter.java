package io.keyturn.renewal;

import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.StringReader;
import java.util.regex.Pattern;

/**
 * Answers failures that any endpoint can have (a query parameter, a wrong method, no database) in
 * the form of OAuth 2.0 (RFC 6749 §5.2) at the token endpoint.
 */
@Provider
public class TokenFailureFilter implements ContainerResponseFilter {
  private static final Pattern TOKEN_ENDPOINT = Pattern.compile("/?oauth/token/?");
  private static final Pattern NOT_IN_A_DESCRIPTION =
      Pattern.compile("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() < 400
        || !(response.getEntity() instanceof String problem)
        || !MediaType.valueOf(Problem.MEDIA_TYPE).equals(response.getMediaType())
        || !TOKEN_ENDPOINT.matcher(request.getUriInfo().getPath()).matches()) {
      return;
    }
    if (response.getStatus() == ProblemType.INVALID.status()) {
      response.setStatus(TokenError.INVALID_REQUEST.status());
    }
    response.setEntity(
        failure(response.getStatus(), problem), null, MediaType.APPLICATION_JSON_TYPE);
    response.getHeaders().putSingle("Pragma", "no-cache");
  }

  private static String failure(int status, String problem) {
    JsonObject told;
    try (JsonReader reader = Json.createReader(new StringReader(problem))) {
      told = reader.readObject();
    }
    return Json.createObjectBuilder()
        .add("error", TokenError.ofStatus(status).code())
        .add(
            "error_description",
            NOT_IN_A_DESCRIPTION.matcher(told.getString("detail", "")).replaceAll("'"))
        .add("request_id", told.getString("request_id", ""))
        .build()
        .toString();
  }
}
