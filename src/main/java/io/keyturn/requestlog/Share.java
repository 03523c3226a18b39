package io.keyturn.requestlog;

import org.jspecify.annotations.Nullable;

/**
 * A part of an organisation's request log with bounds of its own, so that requests of one kind
 * cannot push out requests of another kind. Nobody can fill the shares of a key without its secret.
 */
enum Share {
  /** Requests with the secret of a key, answered with a status below 400. */
  DONE(60, 1_000),

  /** Requests with a secret that a key has or had, answered with a status from 400 on. */
  REFUSED(30, 500),

  /** Requests without a secret that is known. Anybody can send them. */
  STRANGER(10, 100);

  private static final int FAILED = 400;
  private static final int WHOLE = 100;

  private final int percent;
  private final int atOnce;

  Share(int percent, int atOnce) {
    this.percent = percent;
    this.atOnce = atOnce;
  }

  /**
   * The share of a request.
   *
   * @param key the key whose secret was sent; null when it is not known
   */
  static Share of(@Nullable Object key, int status) {
    if (key == null) {
      return STRANGER;
    }
    return status < FAILED ? DONE : REFUSED;
  }

  /** How many rows of an organisation belong to this share, of so many in all. */
  int rows(int ofAll) {
    return Math.toIntExact((long) ofAll * percent / WHOLE);
  }

  /** How many requests of an organisation a node writes at once, which is every five seconds. */
  int atOnce() {
    return atOnce;
  }
}
