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
 * Which other sites' pages may read answers of the API (CORS): those that the setting names, which
 * is none by default. Cookies never count here, for the API knows secrets of keys only.
 */
@Provider
@PreMatching
public class CrossOrigin implements ContainerRequestFilter, ContainerResponseFilter {
  /** What scripts may read of an answer, beside the few headers that they always may. */
  static final String EXPOSED =
      "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate,"
          + " X-API-Key-Expires-At, X-API-Key-Retired-At, X-Request-Id";

  private static final String ORIGIN = "Origin";
  private static final String METHOD = "Access-Control-Request-Method";

  @Inject private Settings settings;

  /** Answers the question that a browser asks before a request with a secret. */
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
