package io.keyturn.webhook;

import io.keyturn.apikey.ActorRights;
import io.keyturn.database.SkipLocked;
import io.keyturn.event.EventFeed;
import io.keyturn.event.EventType;
import io.keyturn.event.Told;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Makes a delivery of each event for each webhook that wants it. A webhook remembers the number of
 * the last event, in the transaction that makes the deliveries: a crash loses none, and makes none
 * twice.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class Fanout {
  private static final int SOME = 200;

  @Inject private EventFeed feed;
  @Inject private Deliveries deliveries;
  @Inject private ActorRights rights;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * The webhooks that have not reached the newest event of their organisation, without those whose
   * receiver is left in peace. A suspended organisation's webhooks are told later what happened
   * meanwhile.
   */
  List<UUID> behind() {
    return entities
        .createQuery(
            "select w.id from Webhook w, AuditHead h, Organisation o"
                + " where h.organisationId = w.organisationId"
                + " and o.id = w.organisationId and o.suspendedAt is null"
                + " and w.eventSequence < h.sequence and w.state = ENABLED"
                + " and (w.pausedUntil is null or w.pausedUntil <= :now)",
            UUID.class)
        .setParameter("now", clock.instant())
        .getResultList();
  }

  /**
   * Makes deliveries for a webhook, unless another node does so right now.
   *
   * @return whether there may be more events
   */
  boolean some(UUID webhookId) {
    Webhook webhook =
        SkipLocked.in(
                entities
                    .createQuery(
                        "select w from Webhook w where w.id = :id and w.state = ENABLED",
                        Webhook.class)
                    .setParameter("id", webhookId))
            .getSingleResultOrNull();
    if (webhook == null) {
      return false;
    }
    OwnerRights owner = OwnerRights.of(rights, webhook);
    Set<EventType> types = webhook.types();
    types.retainAll(owner.types());
    if (types.isEmpty()) {
      deliveries.disable(webhook, Webhook.Because.OWNER);
      return false;
    }
    Instant now = clock.instant();
    if (waiting(webhook, now) >= Deliveries.MOST_AT_ONCE) {
      // The feed keeps the others until these are sent.
      return false;
    }
    // It may be behind by more than the feed keeps: after a suspension, or while no server ran.
    webhook.reached(feed.beforeKept(webhook.organisationId()));
    EventFeed.Part<? extends Told> part =
        types.contains(EventType.AUDIT_RECORDED)
            ? feed.recorded(webhook.organisationId(), webhook.eventSequence(), SOME)
            : feed.after(owner.reach(), types, webhook.eventSequence(), SOME);
    WebhookDelivery.TABLE.insert(
        entities,
        part.events().stream()
            .map(event -> new WebhookDelivery(webhook, event, event.sequence(), now))
            .toList());
    webhook.reached(part.next().sequence());
    return part.hasMore();
  }

  private long waiting(Webhook webhook, Instant now) {
    return entities
        .createQuery(
            "select count(d) from WebhookDelivery d where d.webhookId = :webhook and d.dueAt <= :now",
            Long.class)
        .setParameter("webhook", webhook.id())
        .setParameter("now", now)
        .getSingleResult();
  }
}
