package io.keyturn.usage;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import java.util.Comparator;

/** Names a credential: a key and a number. */
public record CredentialNumber(OrganisationId organisationId, ApiKeyId keyId, int number)
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
