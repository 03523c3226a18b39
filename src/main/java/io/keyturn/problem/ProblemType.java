package io.keyturn.problem;

import java.util.Locale;

/** Every kind of failure that a client can see, with its HTTP status and its title. */
public enum ProblemType {
  MALFORMED_REQUEST(400, "The request cannot be read."),
  AMBIGUOUS_CREDENTIALS(400, "More than one secret was sent."),
  CREDENTIAL_IN_QUERY(400, "A secret does not belong in the address."),
  UNAUTHENTICATED(401, "Unauthenticated."),
  SECRET_REFRESHED(401, "Unauthenticated."),
  SECRET_EXPIRED(401, "Unauthenticated."),
  KEY_REVOKED(401, "Unauthenticated."),
  KEY_EXPIRED(401, "Unauthenticated."),
  INSUFFICIENT_SCOPE(403, "The API key lacks a scope."),
  NETWORK_NOT_ALLOWED(403, "The API key is not allowed from this network."),
  LOCATION_NOT_ALLOWED(403, "The API key is limited to other locations."),
  FORBIDDEN(403, "This is not allowed."),
  NOT_FOUND(404, "There is no such object."),
  METHOD_NOT_ALLOWED(405, "This method is not allowed here."),
  NOT_ACCEPTABLE(406, "The requested format is not offered."),
  REQUEST_TIMEOUT(408, "The request took too long to arrive."),
  CONFLICT(409, "The request conflicts with the current state."),
  REQUEST_IN_PROGRESS(409, "The same request is still running."),
  AUDIT_LOG_BROKEN(409, "The audit log is not as it was written."),
  LENGTH_REQUIRED(411, "The length of the body is required."),
  PRECONDITION_FAILED(412, "The object is at another version."),
  CONTENT_TOO_LARGE(413, "The body is too large."),
  UNSUPPORTED_MEDIA_TYPE(415, "This media type is not accepted here."),
  MISDIRECTED_REQUEST(421, "The Host names no organisation."),
  INVALID(422, "The request has invalid values."),
  PRECONDITION_REQUIRED(428, "An If-Match header is required."),
  RATE_LIMITED(429, "Too many requests."),
  INTERNAL_ERROR(500, "Something went wrong on our side."),
  UNAVAILABLE(503, "The service is unavailable for the moment.");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The code in {@code snake_case}: the last part of the problem's {@code type}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type for an HTTP status that the container or JAX-RS raises. */
  public static ProblemType ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 408 -> REQUEST_TIMEOUT;
      case 411 -> LENGTH_REQUIRED;
      case 412 -> PRECONDITION_FAILED;
      case 413 -> CONTENT_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 421 -> MISDIRECTED_REQUEST;
      case 503 -> UNAVAILABLE;
      default -> status >= 400 && status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR;
    };
  }
}
