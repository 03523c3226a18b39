package io.keyturn.audit;

import io.keyturn.keyring.Keyring;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** The append-only account of all that was done. An event joins the transaction of its change. */
@ApplicationScoped
public class AuditLog {
  @Inject private Keyring keyring;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * Appends an event to an organisation's chain.
   *
   * @param action in the past tense, {@code API_KEY_REFRESHED}
   * @param details further facts, without secrets
   */
  @Transactional
  public void append(
      UUID organisationId, Actor actor, String action, Subject subject, Map<String, ?> details) {
    AuditHead head = entities.find(AuditHead.class, organisationId, LockModeType.PESSIMISTIC_WRITE);
    if (head == null) {
      head = new AuditHead(organisationId);
      entities.persist(head);
    }
    JsonObjectBuilder json = Json.createObjectBuilder();
    details.forEach((name, value) -> json.add(name, String.valueOf(value)));
    AuditEvent event =
        new AuditEvent(
            head.next(),
            clock.instant(),
            action,
            actor,
            subject,
            json.build().toString(),
            head.mac(),
            keyring.auditKey());
    entities.persist(event);
    head.moveTo(event);
  }
}
