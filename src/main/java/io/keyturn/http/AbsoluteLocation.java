package io.keyturn.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Makes {@code Location} absolute, because some clients do not resolve a relative address. This is
 * the last step, so that a replayed answer names the host of its own request.
 */
@Provider
public class AbsoluteLocation implements ContainerResponseFilter {
  @Context private HttpServletRequest client;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String location = response.getHeaderString(HttpHeaders.LOCATION);
    if (location != null && location.startsWith("/")) {
      response
          .getHeaders()
          .putSingle(HttpHeaders.LOCATION, ClientAddress.ofServer(client) + location);
    }
  }
}
