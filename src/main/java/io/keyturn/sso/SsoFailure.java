package io.keyturn.sso;

import io.keyturn.user.SsoRefusal;

/** A sign-in that ended before anybody was vouched for. The message is for the log. */
final class SsoFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final SsoRefusal why;

  SsoFailure(SsoRefusal why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  SsoRefusal why() {
    return why;
  }
}
