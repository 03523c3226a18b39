package io.keyturn.renewal;

import java.util.Locale;

/** The error codes of the token endpoint (RFC 6749 §5.2). */
public enum TokenError {
  INVALID_REQUEST(400),
  INVALID_CLIENT(401),
  INVALID_GRANT(400),
  UNSUPPORTED_GRANT_TYPE(400),
  INVALID_SCOPE(400),
  /** Not defined in §5.2. RFC 6749 §4.1.2.1 defines both codes for the authorization endpoint. */
  SERVER_ERROR(500),
  TEMPORARILY_UNAVAILABLE(503);

  private final int status;

  TokenError(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  /** The code for a failure that any endpoint can have. */
  static TokenError ofStatus(int status) {
    if (status == 429 || status == TEMPORARILY_UNAVAILABLE.status) {
      return TEMPORARILY_UNAVAILABLE;
    }
    return status >= 500 ? SERVER_ERROR : INVALID_REQUEST;
  }

  /** The code as it is sent. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
