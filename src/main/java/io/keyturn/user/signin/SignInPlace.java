package io.keyturn.user.signin;

import org.jspecify.annotations.Nullable;

/**
 * Where somebody gives a password.
 *
 * @param address for the audit log
 * @param known what tells this place from all others at which the same account was signed in to
 *     before; null for a place that nobody knows
 */
public record SignInPlace(String address, @Nullable String known) {
  /** A place that nobody knows. */
  static SignInPlace unknown(String address) {
    return new SignInPlace(address, null);
  }

  boolean isKnown() {
    return known != null;
  }
}
