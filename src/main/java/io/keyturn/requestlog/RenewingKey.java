package io.keyturn.requestlog;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;

/** The key of a request that sends a renewal credential instead of the secret of the key. */
public record RenewingKey(OrganisationId organisationId, ApiKeyId keyId) {
  /** The request property that holds it. */
  public static final String PROPERTY = RenewingKey.class.getName();
}
