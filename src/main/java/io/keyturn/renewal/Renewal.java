package io.keyturn.renewal;

/** What became of a try to renew. */
sealed interface Renewal {

  /** The secret to go on with. */
  record Renewed(RenewedSecret secret) implements Renewal {}

  /** The right client, but its key has just ended, or its network is not allowed. */
  record Refused() implements Renewal {}

  /** The right client, but its key lacks a scope that was asked for. */
  record ScopeLacking() implements Renewal {}

  /** The right client, but its key has reached its planned end. */
  record KeyExpired() implements Renewal {}
}
