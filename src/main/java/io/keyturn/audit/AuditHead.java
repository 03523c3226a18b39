package io.keyturn.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** The newest link of an organisation's chain. Its row is the lock under which the chain grows. */
@Entity
class AuditHead {
  @Id private UUID organisationId;
  private long sequence;
  private byte[] mac;

  protected AuditHead() {}

  AuditHead(UUID organisationId) {
    this.organisationId = organisationId;
    this.mac = new byte[0];
  }

  AuditEvent.Key next() {
    return new AuditEvent.Key(organisationId, sequence + 1);
  }

  byte[] mac() {
    return mac;
  }

  void moveTo(AuditEvent event) {
    sequence = event.sequence();
    mac = event.mac();
  }
}
