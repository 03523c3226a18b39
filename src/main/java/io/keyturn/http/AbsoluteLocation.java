package io.keyturn.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Completes the address of what was created: not every client resolves a relative {@code Location}.
 * It is done last, so that an answer that is repeated later names the host of its own request.
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
