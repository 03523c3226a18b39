package io.keyturn.webhook;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.event.EventFeed;
import io.keyturn.event.EventType;
import io.keyturn.event.EventView;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a webhook was sent, for whoever looks after it and tries it. */
@ApplicationScoped
@Transactional
public class DeliveryHistory {
  /** The list and its order, as a cursor names it. */
  public static final String LIST = WebhookQuery.DELIVERIES;

  @Inject private Webhooks webhooks;
  @Inject private EventFeed feed;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * A page of a webhook's deliveries, the newest first.
   *
   * @param state pending, delivered or failed; null for all
   * @param scopes of whoever reads them, for they hold the events
   * @param limit of whoever reads them: deliveries of other suppliers are left out
   * @throws ProblemException 403 for deliveries of events that the reader may not read; 404; 422
   */
  public ListView<WebhookDeliveryView> page(
      OrganisationId organisationId,
      UUID webhookId,
      @Nullable String state,
      Set<Scope> scopes,
      LocationLimit limit,
      Paging paging) {
    Webhook webhook = webhooks.found(organisationId, webhookId);
    ListView<WebhookDeliveryView> page =
        new WebhookQuery(entities, organisationId).deliveries(webhook, state, paging);
    Set<EventType> types = webhook.types();
    page.data().forEach(delivery -> EventType.of(delivery.type()).ifPresent(types::add));
    WishCheck.refuseUnread(types, scopes);
    return new ListView<>(
        page.data().stream()
            .filter(delivery -> EventView.admitted(limit, delivery.type(), delivery.payload()))
            .toList(),
        page.page());
  }

  /**
   * Sends a delivery once more.
   *
   * @param scopes of whoever is answered the event
   * @param limit of whoever is answered the event
   * @throws ProblemException 403 for an event that they may not read; 404, also for one of a
   *     supplier beyond the limit; 409 while the webhook is disabled
   */
  public WebhookDeliveryView sendAgain(
      OrganisationId organisationId,
      UUID webhookId,
      UUID deliveryId,
      Set<Scope> scopes,
      LocationLimit limit) {
    Webhook webhook = webhooks.found(organisationId, webhookId);
    Webhooks.refuseDisabled(webhook);
    // Locked, so that no node claims it meanwhile.
    WebhookDelivery delivery =
        entities.find(WebhookDelivery.class, deliveryId, LockModeType.PESSIMISTIC_WRITE);
    if (delivery == null
        || !Objects.equals(delivery.webhookId(), webhookId)
        || !EventView.admitted(limit, delivery.eventType(), delivery.payload())) {
      throw ProblemException.notFound("delivery");
    }
    WishCheck.refuseUnread(
        EventType.of(delivery.eventType()).map(EnumSet::of).orElse(EnumSet.noneOf(EventType.class)),
        scopes);
    delivery.sendAgain(clock.instant());
    return WebhookDeliveryView.of(delivery, webhook);
  }

  /**
   * Sends an event of the type {@code webhook.test}.
   *
   * @throws ProblemException 404; 409 while the webhook is disabled
   */
  public WebhookDeliveryView test(OrganisationId organisationId, UUID id, Actor actor) {
    Webhook webhook = webhooks.found(organisationId, id);
    Webhooks.refuseDisabled(webhook);
    Instant now = clock.instant();
    EventView event =
        new EventView(
            "evt_test_" + UUID.randomUUID().toString().replace("-", ""),
            "webhook.test",
            now,
            new EventView.Data(
                feed.newest(organisationId),
                new EventView.Who(
                    actor.type().name().toLowerCase(Locale.ROOT), actor.id(), actor.name()),
                new EventView.What("webhook", id, webhook.subject().name()),
                Map.of()));
    WebhookDelivery delivery = new WebhookDelivery(webhook, event, null, now);
    entities.persist(delivery);
    return WebhookDeliveryView.of(delivery, webhook);
  }
}
