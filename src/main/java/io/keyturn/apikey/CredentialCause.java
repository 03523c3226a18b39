package io.keyturn.apikey;

import java.util.Locale;

/** Why a credential was issued. */
public enum CredentialCause {
  /** With its key. */
  CREATED,
  /** The time of its key's automatic refresh had come. */
  AUTOMATIC,
  /** Somebody asked for a refresh. */
  MANUAL,
  /** The secret before leaked. */
  LEAKED,
  /** A renewal credential was sent when the secret before was due, or could not be read. */
  RENEWAL;

  /** As the audit log says it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
