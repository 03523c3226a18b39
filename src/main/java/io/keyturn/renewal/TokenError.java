package io.keyturn.renewal;

import java.util.Locale;

/** The error codes of the token endpoint (RFC 6749 §5.2). */
enum TokenError {
  INVALID_REQUEST(400),
  INVALID_CLIENT(401),
  INVALID_GRANT(400),
  UNSUPPORTED_GRANT_TYPE(400),
  INVALID_SCOPE(400),
  /** Not of that section, which knows no throttling: the word of RFC 6749 §4.1.2.1 for it. */
  TEMPORARILY_UNAVAILABLE(429);

  private final int status;

  TokenError(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
