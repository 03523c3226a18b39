package io.keyturn.user.signin;

import java.net.SocketTimeoutException;
import java.util.stream.Stream;

/** A sign-in that failed before the person was authenticated. The message is for the log. */
class SsoFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final SsoRefusal why;

  /** The provider did not accept a connection, or did not answer, before the time-out. */
  static final class Silent extends SsoFailure {
    private static final long serialVersionUID = 1L;

    Silent(String message) {
      super(SsoRefusal.UNREACHABLE, message);
    }
  }

  SsoFailure(SsoRefusal why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  /** A failure to reach the provider; its cause may be a time-out. */
  static SsoFailure unreachable(Throwable thrown, String message) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
            .limit(20)
            .anyMatch(SocketTimeoutException.class::isInstance)
        ? new Silent(message)
        : new SsoFailure(SsoRefusal.UNREACHABLE, message);
  }

  SsoRefusal why() {
    return why;
  }
}
