package io.keyturn.user.signin;

import java.time.Instant;

/**
 * A sign-in that a browser has begun and the provider has not answered yet. It is used once.
 *
 * @param state the value that the answer's address must repeat (RFC 6749 §10.12)
 * @param nonce the value that the ID token must repeat
 * @param codeVerifier the proof that this client requested the code (RFC 7636)
 * @param redirectUri the address to which the provider sends the browser back
 * @param returnTo the page that the person asked for
 * @param forcePassword whether the provider was told to ask for the person's password again
 */
record PendingSignIn(
    String state,
    String nonce,
    String codeVerifier,
    String redirectUri,
    String returnTo,
    boolean forcePassword,
    Instant until) {

  /** Leaves out the values that must stay secret. */
  @Override
  public String toString() {
    return "PendingSignIn[" + until + "]";
  }
}
