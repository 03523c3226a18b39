package io.keyturn.webhook;

import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ActorRights;
import io.keyturn.event.EventType;
import io.keyturn.event.EventView;
import java.util.Optional;
import java.util.Set;

/**
 * What the owner of a webhook may read now. The webhook is told no more.
 *
 * @param types the events, with those of the audit log
 * @param reach the suppliers
 */
record OwnerRights(Set<EventType> types, Reach reach) {

  /**
   * The rights of a webhook's owner. The audit log tells of all suppliers: a key with a limit reads
   * none of it.
   */
  static OwnerRights of(ActorRights rights, Webhook webhook) {
    ActorRights.Rights owner =
        rights.of(webhook.organisationId(), webhook.ownerType(), webhook.ownerId());
    Set<EventType> types = EventType.within(owner.scopes(), owner.reach().locations());
    if (owner.scopes().contains(Scope.AUDIT_LOG_READ) && !owner.reach().locations().limited()) {
      types.add(EventType.AUDIT_RECORDED);
    }
    return new OwnerRights(types, owner.reach());
  }

  /** Whether the owner may read a delivery. A test tells of nothing, and everybody may read it. */
  boolean read(WebhookDelivery delivery) {
    Optional<EventType> type = EventType.of(delivery.eventType());
    return type.isEmpty()
        || (types.contains(type.get())
            && EventView.admitted(reach.locations(), type.get(), delivery.payload()));
  }
}
