package io.keyturn.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Accepts two habits of clients, before the resource is chosen. A form sends each empty field
 * ({@code ?q=&status=active}); such a parameter is dropped. A generated client may accept only the
 * type of failures, {@code application/problem+json}; such a client also gets JSON.
 */
@Provider
@PreMatching
public class RequestForm implements ContainerRequestFilter {
  private static final String JSON = "application/json";
  private static final String DEMANDED_SCOPE = "scope=";

  @Override
  public void filter(ContainerRequestContext request) {
    // The whole address is put together at its first reading only, which most requests never need.
    if (!request.getUriInfo().getQueryParameters(false).isEmpty()) {
      dropEmptyParameters(request);
    }
    List<String> accepted = request.getHeaders().get(HttpHeaders.ACCEPT);
    if (accepted != null && asksForJsonByAnotherName(accepted)) {
      request.getHeaders().add(HttpHeaders.ACCEPT, JSON);
    }
  }

  private static void dropEmptyParameters(ContainerRequestContext request) {
    URI address = request.getUriInfo().getRequestUri();
    String query = address.getRawQuery();
    String given = query == null ? null : withoutEmpty(query);
    if (given != null && !given.equals(query)) {
      request.setRequestUri(
          UriBuilder.fromUri(address).replaceQuery(given.isEmpty() ? null : given).build());
    }
  }

  /**
   * A query without its empty parameters. The scope that a gateway demands is kept even when empty.
   * Without it, a mistake in the gateway's configuration would admit every key.
   */
  static String withoutEmpty(String query) {
    if (!query.endsWith("=") && !query.contains("=&")) {
      return query;
    }
    return Stream.of(query.split("&"))
        .filter(
            parameter ->
                !parameter.endsWith("=")
                    || parameter.indexOf('=') == 0
                    || parameter.equals(DEMANDED_SCOPE))
        .collect(Collectors.joining("&"));
  }

  /** Whether {@code application/*+json} or a type of that form is accepted (RFC 6839 §3.1). */
  static boolean asksForJsonByAnotherName(List<String> accepted) {
    return accepted.stream()
        .filter(header -> header.indexOf('+') >= 0)
        .flatMap(header -> Stream.of(header.split(",")))
        .map(RequestForm::acceptedType)
        .anyMatch(
            type -> type != null && type.startsWith("application/") && type.endsWith("+json"));
  }

  /** The type of a media range in lower case; null for a range that is refused with q=0. */
  private static @Nullable String acceptedType(String range) {
    String[] parts = range.toLowerCase(Locale.ROOT).replaceAll("\\s", "").split(";");
    boolean refused = Stream.of(parts).anyMatch(part -> part.matches("q=0(\\.0*)?"));
    return parts.length == 0 || refused ? null : parts[0];
  }
}
