package io.keyturn.verification;

/** What a secret is presented for, which decides what is checked and what is counted. */
enum Use {
  /** A request of the key's own: its networks are checked, and its quotas take one request. */
  REQUEST,

  /**
   * A request about the secrets of others: the key's networks are checked. It takes nothing from
   * the key's quotas, because the keys that are asked about pay for it.
   */
  VERIFYING,

  /**
   * The question of a key that may ask: the request itself was made elsewhere. It is counted, but
   * no quota and no network refuses it, and an unknown secret is no failure of its sender.
   */
  INTROSPECTION
}
