package io.keyturn.apikey;

import io.keyturn.secret.Hmac;

/** Signs rows of credentials for tests of other packages, as {@link Credential} does. */
public final class SignedRows {
  private SignedRows() {}

  public static byte[] mac(SignedRow row, Hmac rowKey) {
    return row.mac(rowKey);
  }
}
