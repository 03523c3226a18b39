package io.keyturn.apikey;

import io.keyturn.access.LocationLimit;
import io.keyturn.organisation.OrganisationId;

/**
 * A key of an organisation is being limited to locations. Whoever knows the locations observes it
 * in the same transaction, and refuses ids of none with 422 for {@code restrict.locations}.
 */
public record KeyLimited(OrganisationId organisationId, LocationLimit limit) {}
