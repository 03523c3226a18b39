package io.keyturn.audit;

import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** Up to which event the log of an organisation stands in the audit file of some node. */
@Entity
class AuditFilePlace {
  @Id private OrganisationId organisationId;
  private long sequence;

  protected AuditFilePlace() {}

  OrganisationId organisationId() {
    return organisationId;
  }

  /** All events up to this number are in a file. */
  void reached(long newest) {
    sequence = newest;
  }
}
