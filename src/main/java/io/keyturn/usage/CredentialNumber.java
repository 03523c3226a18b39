package io.keyturn.usage;

import java.util.Comparator;
import java.util.UUID;

/** Which credential of which key it is. */
public record CredentialNumber(UUID organisationId, UUID keyId, int number)
    implements Comparable<CredentialNumber> {
  /** The property of a request that holds the credential that came with it. */
  public static final String PROPERTY = "io.keyturn.credential";

  private static final Comparator<CredentialNumber> ORDER =
      Comparator.comparing(CredentialNumber::keyId).thenComparing(CredentialNumber::number);

  /** By key, so that all nodes lock rows in one order. */
  @Override
  public int compareTo(CredentialNumber other) {
    return ORDER.compare(this, other);
  }
}
