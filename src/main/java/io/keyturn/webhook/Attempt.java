package io.keyturn.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one attempt to deliver.
 *
 * @param at when it was made: a request has this time, in seconds, as {@code webhook-timestamp}
 * @param status of the answer; null when there was none
 * @param answer the beginning of the answer's body
 * @param failure why there was no answer; null when there was one
 * @param millis how long it took
 */
record Attempt(
    Instant at,
    @Nullable Integer status,
    @Nullable String answer,
    @Nullable Failure failure,
    int millis) {
  private static final int GONE_STATUS = 410;
  private static final int SLOW_MILLIS = 5_000;

  /** An attempt that came to nothing by a fault of Keyturn's own. */
  static Attempt internalError(Instant now) {
    return new Attempt(now, null, null, Failure.INTERNAL_ERROR, 0);
  }

  /** Why there was no answer. */
  enum Failure {
    /** The webhook's owner may no longer read the event: nothing was sent. */
    OWNER_MAY_NOT_READ,
    ADDRESS_NOT_ALLOWED,
    CLIENT_CERTIFICATE_EXPIRED,
    UNKNOWN_HOST,
    NO_CONNECTION,
    TLS,
    TIMEOUT,
    NO_HTTP,
    /** A fault of Keyturn's own, which its log tells: nothing was sent. */
    INTERNAL_ERROR
  }

  /** Whether the receiver has accepted the event. */
  boolean accepted() {
    return status != null && status >= 200 && status < 300;
  }

  /** Whether it was in vain and took so long that others could have been told meanwhile. */
  boolean slowFailure() {
    return !accepted() && millis >= SLOW_MILLIS;
  }

  /** Whether the receiver wants no more events. */
  boolean gone() {
    return status != null && status == GONE_STATUS;
  }
}
