package io.keyturn.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Sends the version of an object as {@code ETag}. A client that has this version already gets 304
 * (RFC 9110 §8.8.3 and §13.1.2).
 */
@Provider
public class EntityTagFilter implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!(response.getEntity() instanceof Versioned answer)) {
      return;
    }
    EntityTag tag = new EntityTag(Integer.toString(answer.version()));
    response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
    if (isRead(request.getMethod())
        && names(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag.getValue())) {
      response.setStatusInfo(Status.NOT_MODIFIED);
      response.setEntity(null);
    }
  }

  private static boolean isRead(String method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  /**
   * Whether a header names a tag. A malformed header names none, so that the client gets the whole
   * answer.
   */
  private static boolean names(@Nullable String header, String tag) {
    return header != null && (header.strip().equals("*") || EntityTags.weak(header).contains(tag));
  }
}
