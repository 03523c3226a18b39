package io.keyturn.user.signin;

import java.time.Instant;

/**
 * A sign-in that was begun in a browser and has not come back. It is used once.
 *
 * @param state what must come back in the address (RFC 6749 §10.12)
 * @param nonce what must come back in the ID token
 * @param verifier what proves that the code is ours (RFC 7636)
 * @param redirect the address to which the provider leads back
 * @param goal the page that was asked for
 * @param anew whether the provider was told to ask once more for the person's password
 */
record PendingSignIn(
    String state,
    String nonce,
    String verifier,
    String redirect,
    String goal,
    boolean anew,
    Instant until) {

  /** Without what must not be known. */
  @Override
  public String toString() {
    return "Begun[" + until + "]";
  }
}
