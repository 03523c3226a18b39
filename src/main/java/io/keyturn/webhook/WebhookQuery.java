package io.keyturn.webhook;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.paging.Slice;
import io.keyturn.problem.ProblemException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads pages of webhooks and of their deliveries, the newest first. */
record WebhookQuery(EntityManager entities, OrganisationId organisationId) {
  static final String WEBHOOKS = "webhooks/-created_at";
  static final String DELIVERIES = "webhook-deliveries/-created_at";

  /**
   * Webhooks.
   *
   * @param owner to whom they belong; null for all
   */
  ListView<WebhookView> webhooks(@Nullable UUID owner, Paging paging) {
    String where =
        " from Webhook o where o.organisationId = :organisation"
            + (owner == null ? "" : " and o.ownerId = :owner");
    Map<String, Object> parameters = owner == null ? Map.of() : Map.of("owner", owner);
    List<WebhookView> read =
        page("select o" + where, Webhook.class, parameters, paging).stream()
            .map(WebhookView::of)
            .toList();
    Long total = paging.counted() ? count(where, parameters) : null;
    return new ListView<>(
        paging.cut(read),
        paging.page(read, w -> new Cursor(WEBHOOKS, w.createdAt().toString(), w.id()), total));
  }

  /** Webhooks whose address, description or owner a search finds. */
  Slice<WebhookView> slice(Search search, int first, int most) {
    String where =
        " from Webhook o where o.organisationId = :organisation"
            + search.and("o.url", "o.description", "o.ownerName");
    List<WebhookView> rows =
        search
            .bind(
                entities.createQuery(
                    "select o" + where + " order by o.createdAt desc, o.id desc", Webhook.class))
            .setParameter("organisation", organisationId)
            .setFirstResult(first)
            .setMaxResults(most)
            .getResultStream()
            .map(WebhookView::of)
            .toList();
    long total =
        search
            .bind(entities.createQuery("select count(o)" + where, Long.class))
            .setParameter("organisation", organisationId)
            .getSingleResult();
    return new Slice<>(rows, total);
  }

  ListView<WebhookDeliveryView> deliveries(Webhook webhook, @Nullable String state, Paging paging) {
    String where =
        " from WebhookDelivery o where o.organisationId = :organisation and o.webhookId = :webhook"
            + (state == null ? "" : " and o.state = :state");
    Map<String, Object> parameters =
        state == null
            ? Map.of("webhook", webhook.id())
            : Map.of("webhook", webhook.id(), "state", state(state));
    List<WebhookDeliveryView> read =
        page("select o" + where, WebhookDelivery.class, parameters, paging).stream()
            .map(delivery -> WebhookDeliveryView.of(delivery, webhook))
            .toList();
    Long total = paging.counted() ? count(where, parameters) : null;
    return new ListView<>(
        paging.cut(read),
        paging.page(read, d -> new Cursor(DELIVERIES, d.createdAt().toString(), d.id()), total));
  }

  private static WebhookDelivery.State state(String text) {
    for (WebhookDelivery.State state : WebhookDelivery.State.values()) {
      if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
        return state;
      }
    }
    throw ProblemException.invalid("state", "must be pending, delivered or failed");
  }

  private <T> List<T> page(
      String jpql, Class<T> type, Map<String, Object> parameters, Paging paging) {
    Cursor after = paging.after();
    String behind =
        after == null ? "" : " and o.createdAt <= :at and (o.createdAt < :at or o.id < :id)";
    TypedQuery<T> query =
        set(
            entities.createQuery(jpql + behind + " order by o.createdAt desc, o.id desc", type),
            parameters);
    if (after != null) {
      query.setParameter("at", after.time()).setParameter("id", after.id());
    }
    return query.setMaxResults(paging.fetch()).getResultList();
  }

  private long count(String where, Map<String, Object> parameters) {
    return set(entities.createQuery("select count(o)" + where, Long.class), parameters)
        .getSingleResult();
  }

  private <T> TypedQuery<T> set(TypedQuery<T> query, Map<String, Object> parameters) {
    query.setParameter("organisation", organisationId);
    parameters.forEach(query::setParameter);
    return query;
  }
}
