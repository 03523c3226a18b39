package io.keyturn.renewal;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.renewal.Renewals.Candidate;
import io.keyturn.support.Fields;
import java.util.UUID;

/** Renewal credentials as they are found, for tests of other packages. */
public final class Candidates {
  private Candidates() {}

  /**
   * A renewal credential of a key in the organisation {@code demo}.
   *
   * @param networks CIDR blocks with spaces between
   */
  public static Candidate of(OrganisationId organisationId, ApiKeyId keyId, String networks) {
    RenewalCredential credential = new RenewalCredential();
    Fields.set(credential, "id", UUID.randomUUID());
    Fields.set(credential, "networks", networks);
    return new Candidate(credential, keyId, organisationId, "demo", "ERP", "suppliers:read", null);
  }
}
