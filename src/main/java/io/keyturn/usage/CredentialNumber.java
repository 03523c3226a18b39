package io.keyturn.usage;

import java.util.Comparator;
import java.util.UUID;

/** Names a credential: a key and a number. */
public record CredentialNumber(UUID organisationId, UUID keyId, int number)
    implements Comparable<CredentialNumber> {
  /** The request property that holds the credential of the request. */
  public static final String PROPERTY = "io.keyturn.credential";

  private static final Comparator<CredentialNumber> ORDER =
      Comparator.comparing(CredentialNumber::keyId).thenComparing(CredentialNumber::number);

  /** Sorts by key, so that all nodes lock rows in the same order. */
  @Override
  public int compareTo(CredentialNumber other) {
    return ORDER.compare(this, other);
  }
}
