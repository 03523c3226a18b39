package io.keyturn.access;

import io.keyturn.organisation.OrganisationId;

/**
 * The suppliers that somebody may see and change: those of an organisation, or of some of its
 * locations alone. Whoever reads or writes suppliers must say for whom.
 */
public record Reach(OrganisationId organisationId, LocationLimit locations) {
  /** All suppliers of an organisation: the reach of its people. */
  public static Reach all(OrganisationId organisationId) {
    return new Reach(organisationId, LocationLimit.NONE);
  }
}
