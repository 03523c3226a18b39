package io.keyturn.webhook;

import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ActorRights;
import io.keyturn.event.EventType;
import io.keyturn.event.EventView;
import java.util.Set;

/**
 * What the owner of a webhook may read now. The webhook is told no more.
 *
 * @param types the events, with those of the audit log
 * @param reach the suppliers
 */
record OwnerRights(Set<EventType> types, Reach reach) {

  /** The rights of a webhook's owner. */
  static OwnerRights of(ActorRights rights, Webhook webhook) {
    ActorRights.Rights owner =
        rights.of(webhook.organisationId(), webhook.ownerType(), webhook.ownerId());
    Set<Scope> scopes = owner.reach().locations().reading(owner.scopes());
    Set<EventType> types = EventType.within(scopes);
    if (scopes.contains(Scope.AUDIT_LOG_READ)) {
      types.add(EventType.AUDIT_RECORDED);
    }
    return new OwnerRights(types, owner.reach());
  }

  /** Whether the owner may read a delivery. A test tells of nothing, and everybody may read it. */
  boolean read(WebhookDelivery delivery) {
    return EventType.of(delivery.eventType()).map(types::contains).orElse(true)
        && EventView.admitted(reach.locations(), delivery.eventType(), delivery.payload());
  }
}
