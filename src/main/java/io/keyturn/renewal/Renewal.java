package io.keyturn.renewal;

/** The outcome of a renewal. */
sealed interface Renewal {

  /** The key's current secret. */
  record Renewed(RenewedSecret secret) implements Renewal {}

  /**
   * The credentials are right, but the key has just ended, or the client's network is not allowed.
   */
  record Refused() implements Renewal {}

  /** The credentials are right, but the key lacks a scope that was asked for. */
  record ScopeLacking() implements Renewal {}

  /** The credentials are right, but the key has reached its planned end. */
  record KeyExpired() implements Renewal {}
}
