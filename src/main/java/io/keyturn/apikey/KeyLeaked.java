package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;

/**
 * A key's secret leaked and was stopped. Observers end, in the same transaction, everything else
 * that gives access to the key's secrets.
 */
public record KeyLeaked(OrganisationId organisationId, ApiKeyId keyId) {}
