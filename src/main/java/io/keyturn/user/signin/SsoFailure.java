package io.keyturn.user.signin;

import java.net.SocketTimeoutException;
import java.util.stream.Stream;

/** A sign-in that ended before anybody was vouched for. The message is for the log. */
class SsoFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final SsoRefusal why;

  /** The provider took a connection, or should have, and said nothing until the time-out. */
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

  /** For a failure to reach the provider, which may have been caused by its silence. */
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
