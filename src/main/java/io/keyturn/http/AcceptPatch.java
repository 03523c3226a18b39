package io.keyturn.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Sends the media types of a change when {@code PATCH} is among the allowed methods (RFC 5789
 * §3.1).
 */
@Provider
public class AcceptPatch implements ContainerResponseFilter {
  static final String HEADER = "Accept-Patch";

  /** A change is a merge patch (RFC 7396). Plain JSON has the same meaning. */
  static final String TYPES = "application/merge-patch+json, application/json";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String allowed = response.getHeaderString(HttpHeaders.ALLOW);
    if (request.getMethod().equals(HttpMethod.PATCH)
        || (allowed != null && allowed.contains(HttpMethod.PATCH))) {
      response.getHeaders().putSingle(HEADER, TYPES);
    }
  }
}
