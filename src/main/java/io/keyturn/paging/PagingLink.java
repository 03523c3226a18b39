package io.keyturn.paging;

import io.keyturn.http.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The address of the next page in a header {@code Link} (RFC 8288), on every list. */
@Provider
public class PagingLink implements ContainerResponseFilter {
  @Context private HttpServletRequest client;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof ListView<?> list && list.page().nextCursor() != null) {
      UriInfo uri = request.getUriInfo();
      response
          .getHeaders()
          .putSingle(
              HttpHeaders.LINK,
              next(
                  ClientAddress.ofServer(client) + uri.getRequestUri().getRawPath(),
                  uri.getQueryParameters(),
                  list.page().nextCursor()));
    }
  }

  /** The address of the current page with all its parameters, and with another cursor. */
  static String next(String address, MultivaluedMap<String, String> parameters, String cursor) {
    Map<String, List<String>> all = new TreeMap<>(parameters);
    all.put("cursor", List.of(cursor));
    // The query is encoded again, since the client's own text may contain characters that end a
    // link.
    String query =
        all.entrySet().stream()
            .flatMap(p -> p.getValue().stream().map(v -> encode(p.getKey()) + "=" + encode(v)))
            .collect(Collectors.joining("&"));
    return "<" + address + "?" + query + ">; rel=\"next\"";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
