package io.keyturn.notice;

import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** Up to which event of the audit log the people of an organisation have notices. */
@Entity
class NoticePlace {
  @Id private OrganisationId organisationId;
  private long eventSequence;

  protected NoticePlace() {}

  NoticePlace(OrganisationId organisationId) {
    this.organisationId = organisationId;
  }

  OrganisationId organisationId() {
    return organisationId;
  }

  long eventSequence() {
    return eventSequence;
  }

  /** Notices exist for all events up to this number. */
  void reached(long sequence) {
    eventSequence = Math.max(eventSequence, sequence);
  }
}
