package io.keyturn.verification;

import java.time.Instant;
import java.util.Optional;

/**
 * A genuine row, with what is read out of it once.
 *
 * @param row what the database said; its deadlines are compared with the clock at each use
 */
record KnownCredential(CredentialRecord row, CallerCredential credential) {

  static KnownCredential of(CredentialRecord row) {
    return new KnownCredential(row, row.credential());
  }

  /** Whether the key belongs to an organisation, where one is named. */
  boolean belongsTo(Optional<String> organisation) {
    return organisation.isEmpty() || organisation.get().equals(row.organisationDomain());
  }

  /** Why the secret is not accepted at that time; nothing while it is. */
  Optional<Verification.Refused> refusal(Instant now) {
    return row.refusal(credential.number(), now);
  }
}
