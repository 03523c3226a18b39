package io.keyturn.verification;

import io.keyturn.secret.Secret;

/** Why a text cannot be the secret of an API key. */
enum MalformedSecret {
  /** It is the secret of a renewal credential. */
  RENEWAL_SECRET,
  /** It does not look like a secret. */
  NO_SECRET,
  /** A secret stands in it behind other characters. */
  TEXT_BEFORE,
  /** It is too short, too long, or its checksum is wrong. */
  MISTYPED;

  /**
   * Finds the reason.
   *
   * @param prefix what all secrets of this installation begin with
   * @param text what {@link Secret#parse} does not read
   */
  static MalformedSecret of(String prefix, String text) {
    if (text.contains(prefix + "_renew_")) {
      return RENEWAL_SECRET;
    }
    if (!Secret.occursIn(prefix, text)) {
      return NO_SECRET;
    }
    return text.startsWith(prefix + "_") ? MISTYPED : TEXT_BEFORE;
  }
}
