package io.keyturn.user.signin;

import org.jspecify.annotations.Nullable;

/**
 * The place from which a person enters a password.
 *
 * @param address for the audit log
 * @param known identifies this place among the known places of the account; null for an unknown
 *     place
 */
public record SignInPlace(String address, @Nullable String known) {
  /** An unknown place. */
  static SignInPlace unknown(String address) {
    return new SignInPlace(address, null);
  }

  boolean isKnown() {
    return known != null;
  }
}
