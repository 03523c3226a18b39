package io.keyturn.renewal;

import java.util.Locale;

/** The error codes of the token endpoint (RFC 6749 §5.2). */
public enum TokenError {
  INVALID_REQUEST(400),
  INVALID_CLIENT(401),
  INVALID_GRANT(400),
  UNSUPPORTED_GRANT_TYPE(400),
  INVALID_SCOPE(400),
  /** These are not of that section, but the words of RFC 6749 §4.1.2.1 for the same. */
  SERVER_ERROR(500),
  TEMPORARILY_UNAVAILABLE(503);

  private final int status;

  TokenError(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  /** What a failure is that any endpoint has. */
  static TokenError ofStatus(int status) {
    if (status == 429 || status == TEMPORARILY_UNAVAILABLE.status) {
      return TEMPORARILY_UNAVAILABLE;
    }
    return status >= 500 ? SERVER_ERROR : INVALID_REQUEST;
  }

  /** As it is sent. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
