package io.keyturn.http;

import io.keyturn.config.Settings;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Allows pages of other sites to read answers of the API (CORS). The setting names the sites; by
 * default there are none. Cookies never count, since the API accepts only secrets of keys.
 */
@Provider
@PreMatching
public class CrossOrigin implements ContainerRequestFilter, ContainerResponseFilter {
  /**
   * The headers of an answer that scripts may read, beside the headers that are always readable.
   */
  static final String EXPOSED =
      "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate,"
          + " X-API-Key-Expires-At, X-API-Key-Retired-At, X-Request-Id";

  private static final String ORIGIN = "Origin";
  private static final String METHOD = "Access-Control-Request-Method";

  @Inject private Settings settings;

  /** Answers a browser's preflight request. */
  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getMethod().equals("OPTIONS")
        && request.getHeaderString(METHOD) != null
        && allowed(request.getHeaderString(ORIGIN))) {
      request.abortWith(
          Response.noContent()
              .header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
              .header(
                  "Access-Control-Allow-Headers",
                  "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match,"
                      + " X-API-Key")
              .header("Access-Control-Max-Age", "3600")
              .build());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.putSingle("Access-Control-Expose-Headers", EXPOSED);
    if (!settings.allowedOrigins().isEmpty()) {
      headers.add(HttpHeaders.VARY, ORIGIN);
    }
    String origin = request.getHeaderString(ORIGIN);
    if (allowed(origin)) {
      headers.putSingle("Access-Control-Allow-Origin", origin);
    }
  }

  private boolean allowed(@Nullable String origin) {
    return origin != null && settings.allowedOrigins().contains(origin);
  }
}
