package io.keyturn.audit;

import io.keyturn.database.BulkTable;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Hmac;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * The end of an organisation's chain: the newest event's number, and the MAC on which the next
 * event builds. Its row is the lock under which the chain grows.
 */
@Entity
class AuditHead {
  /** The columns that change, and the key. */
  static final BulkTable<AuditHead> TABLE =
      BulkTable.<AuditHead>named("audit_head")
          .bigint("sequence", head -> head.sequence)
          .bytes("mac", head -> head.mac)
          .uuid("organisation_id", head -> head.organisationId.value());

  @Id private OrganisationId organisationId;
  private long sequence;
  private byte[] mac;

  protected AuditHead() {}

  AuditHead(OrganisationId organisationId) {
    this.organisationId = organisationId;
    this.mac = new byte[0];
  }

  /** Creates the next event and advances the head to it. */
  AuditEvent append(
      Instant at, String action, Actor actor, Subject subject, String details, Hmac hmac) {
    AuditEvent event =
        new AuditEvent(
            new AuditEvent.Key(organisationId, sequence + 1),
            at,
            action,
            actor,
            subject,
            details,
            mac,
            hmac);
    sequence = event.sequence();
    mac = event.macBeforeNext(hmac);
    return event;
  }

  OrganisationId organisationId() {
    return organisationId;
  }

  long sequence() {
    return sequence;
  }

  /** Whether this head belongs to the event with that number and that MAC for the next event. */
  boolean fits(long number, byte[] macBeforeNext) {
    return sequence == number && MessageDigest.isEqual(mac, macBeforeNext);
  }
}
