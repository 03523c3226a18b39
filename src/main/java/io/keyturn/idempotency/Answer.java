package io.keyturn.idempotency;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a POST.
 *
 * @param location the path of the object that it created; null where it created none
 * @param body JSON, which may hold a secret
 */
public record Answer(int status, @Nullable String location, String body) {

  /** The response with this answer. */
  public Response response() {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.LOCATION, location)
        .entity(body)
        .build();
  }
}
