package io.keyturn.problem;

import jakarta.servlet.ServletRequest;
import java.util.UUID;

/**
 * The id in the header {@code X-Request-Id} of each answer. The server creates it; a client's id is
 * ignored.
 */
public final class RequestId {
  public static final String HEADER = "X-Request-Id";
  private static final String ATTRIBUTE = RequestId.class.getName();

  private RequestId() {}

  /** The id of this request, created at the first call. */
  public static String of(ServletRequest request) {
    Object id = request.getAttribute(ATTRIBUTE);
    if (id == null) {
      id = UUID.randomUUID().toString();
      request.setAttribute(ATTRIBUTE, id);
    }
    return (String) id;
  }
}
