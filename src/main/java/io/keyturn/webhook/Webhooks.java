package io.keyturn.webhook;

import io.keyturn.access.Caller;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.event.EventFeed;
import io.keyturn.event.EventType;
import io.keyturn.event.EventView;
import io.keyturn.http.IfMatch;
import io.keyturn.keyring.Keyring;
import io.keyturn.keyring.Keyring.DataKey;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.paging.Slice;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The webhooks of an organisation. */
@ApplicationScoped
@Transactional
public class Webhooks {
  private static final int MOST = 100;
  private static final int LONGEST_DESCRIPTION = 200;
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  @Inject private WebhookSettings settings;
  @Inject private Keyring keyring;
  @Inject private EventFeed feed;
  @Inject private AuditLog audit;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * What a webhook is to be. Null members stay as they are, or get their defaults.
   *
   * @param types codes of event types
   */
  public record Wish(
      @Nullable String url,
      @Nullable String description,
      @Nullable List<String> types,
      @Nullable Boolean enabled) {}

  /** A webhook with a new secret, which is shown once. */
  public record WithSecret(WebhookView webhook, String secret) {}

  /**
   * Creates a webhook that is told of events from now on.
   *
   * @param scopes of the owner, which is told only of what it may read
   * @throws ProblemException 422 for a member at fault, 403 for a type that the owner may not read,
   *     409 when the organisation has 100 webhooks
   */
  public WithSecret create(
      OrganisationId organisationId, Wish wish, Set<Scope> scopes, Actor owner) {
    if (wish.url() == null) {
      throw ProblemException.invalid("url", "must be given");
    }
    Set<EventType> types =
        wish.types() == null ? EventType.within(scopes) : types(wish.types(), scopes);
    refuseTooMany(organisationId);
    SigningSecret secret = SigningSecret.create();
    Webhook webhook =
        new Webhook(
            organisationId,
            new TargetPolicy(settings).target(wish.url()),
            description(wish.description() == null ? "" : wish.description()),
            types,
            owner,
            secret,
            keyring.dataKey(organisationId.value()),
            feed.newest(organisationId),
            clock.instant());
    if (Boolean.FALSE.equals(wish.enabled())) {
      webhook.disable(Webhook.Because.BY_HAND);
    }
    entities.persist(webhook);
    append(webhook, owner, AuditAction.WEBHOOK_CREATED, Map.of());
    return new WithSecret(WebhookView.of(webhook), secret.text());
  }

  private void refuseTooMany(OrganisationId organisationId) {
    long count =
        entities
            .createQuery(
                "select count(w) from Webhook w where w.organisationId = :organisation", Long.class)
            .setParameter("organisation", organisationId)
            .getSingleResult();
    if (count >= MOST) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The organisation has " + MOST + " webhooks; delete one first.");
    }
  }

  private static String description(String text) {
    String stripped = text.strip();
    if (stripped.length() > LONGEST_DESCRIPTION
        || stripped.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.invalid(
          "description", "must have at most " + LONGEST_DESCRIPTION + " characters in one line");
    }
    return stripped;
  }

  private static Set<EventType> types(List<String> codes, Set<Scope> scopes) {
    if (codes.isEmpty()) {
      throw ProblemException.invalid("types", "must name an event type, or be absent for all");
    }
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      String field = "types[" + i + "]";
      EventType.of(codes.get(i))
          .ifPresentOrElse(
              types::add, () -> errors.add(new FieldError(field, "is not an event type")));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    refuseUnread(types, scopes);
    return types;
  }

  /** Nobody lets an address be told of what they may not read themselves. */
  static void refuseUnread(Set<EventType> types, Set<Scope> scopes) {
    for (EventType type : types) {
      if (!scopes.contains(type.scope())) {
        throw Caller.lacks(type.scope());
      }
    }
  }

  /**
   * A page of webhooks, the newest first.
   *
   * @param owner the key or person to whom they belong; null for all
   */
  public ListView<WebhookView> page(
      OrganisationId organisationId, @Nullable UUID owner, Paging paging) {
    return new WebhookQuery(entities, organisationId).webhooks(owner, paging);
  }

  /**
   * A part of the webhooks whose address, description or owner a search finds, the newest first.
   */
  public Slice<WebhookView> slice(
      OrganisationId organisationId, Search search, int first, int most) {
    return new WebhookQuery(entities, organisationId).slice(search, first, most);
  }

  /**
   * A webhook.
   *
   * @throws ProblemException 404
   */
  public WebhookView get(OrganisationId organisationId, UUID id) {
    return WebhookView.of(found(organisationId, id));
  }

  /**
   * Refuses the webhook of another key or person.
   *
   * @throws ProblemException 404
   */
  void refuseOther(OrganisationId organisationId, UUID id, UUID owner) {
    if (!found(organisationId, id).ownerId().equals(owner)) {
      throw ProblemException.notFound("webhook");
    }
  }

  Webhook found(OrganisationId organisationId, UUID id) {
    Webhook webhook = entities.find(Webhook.class, id);
    if (webhook == null || !webhook.organisationId().equals(organisationId)) {
      throw ProblemException.notFound("webhook");
    }
    return webhook;
  }

  /** Locked, because deliveries change the row, too. */
  private Webhook locked(OrganisationId organisationId, UUID id) {
    Webhook webhook = found(organisationId, id);
    entities.refresh(webhook, LockModeType.PESSIMISTIC_WRITE);
    return webhook;
  }

  /**
   * Changes a webhook. It still belongs to its owner, and is told of what the owner may read. Its
   * address is changed only by whoever may read all that it is told of.
   *
   * @throws ProblemException as for {@link #create}, 404, and 412 for another version
   */
  public WebhookView change(
      OrganisationId organisationId,
      UUID id,
      IfMatch versions,
      Wish wish,
      Set<Scope> scopes,
      Actor actor) {
    Webhook webhook = locked(organisationId, id);
    versions.check(webhook.version());
    webhook.change(
        wish.url() == null ? null : new TargetPolicy(settings).target(wish.url()),
        wish.description() == null ? null : description(wish.description()),
        wish.types() == null ? null : types(wish.types(), scopes));
    if (wish.url() != null) {
      refuseUnread(webhook.types(), scopes);
    }
    boolean enabled = webhook.state() == Webhook.State.ENABLED;
    if (wish.enabled() != null && wish.enabled() != enabled) {
      if (enabled) {
        webhook.disable(Webhook.Because.BY_HAND);
      } else {
        webhook.enable();
      }
      append(
          webhook,
          actor,
          enabled ? AuditAction.WEBHOOK_DISABLED : AuditAction.WEBHOOK_ENABLED,
          enabled ? Map.of("because", "BY_HAND") : Map.of());
    }
    if (wish.url() != null || wish.description() != null || wish.types() != null) {
      append(webhook, actor, AuditAction.WEBHOOK_CHANGED, Map.of());
    }
    entities.flush();
    return WebhookView.of(webhook);
  }

  /**
   * Deletes a webhook and its deliveries.
   *
   * @throws ProblemException 404
   */
  public void delete(OrganisationId organisationId, UUID id, Actor actor) {
    Webhook webhook = locked(organisationId, id);
    append(webhook, actor, AuditAction.WEBHOOK_DELETED, Map.of());
    entities
        .createQuery("delete from WebhookDelivery d where d.webhookId = :webhook")
        .setParameter("webhook", id)
        .executeUpdate();
    entities.remove(webhook);
  }

  /**
   * Replaces the secret. During the overlap both secrets sign each delivery.
   *
   * @throws ProblemException 404; 422 for {@code overlap}
   */
  public WithSecret rotateSecret(
      OrganisationId organisationId, UUID id, Duration overlap, Actor actor) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw ProblemException.invalid("overlap", "must be PT0S to P7D");
    }
    Webhook webhook = locked(organisationId, id);
    SigningSecret next = SigningSecret.create();
    DataKey key = keyring.dataKey(organisationId.value());
    webhook.rotate(next, key, keyring.sealOf(webhook.dataKeyId()), clock.instant().plus(overlap));
    append(
        webhook, actor, AuditAction.WEBHOOK_SECRET_ROTATED, Map.of("overlap", overlap.toString()));
    entities.flush();
    return new WithSecret(WebhookView.of(webhook), next.text());
  }

  /**
   * Sends an event of the type {@code webhook.test}.
   *
   * @throws ProblemException 404; 409 while the webhook is disabled
   */
  public WebhookDeliveryView test(OrganisationId organisationId, UUID id, Actor actor) {
    Webhook webhook = found(organisationId, id);
    refuseDisabled(webhook);
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
                new EventView.What("webhook", id, webhook.url().toString()),
                Map.of()));
    WebhookDelivery delivery = new WebhookDelivery(webhook, event, null, now);
    entities.persist(delivery);
    return WebhookDeliveryView.of(delivery);
  }

  static void refuseDisabled(Webhook webhook) {
    if (webhook.state() != Webhook.State.ENABLED) {
      throw new ProblemException(ProblemType.CONFLICT, "The webhook is disabled; enable it first.");
    }
  }

  private void append(Webhook webhook, Actor actor, AuditAction action, Map<String, ?> details) {
    audit.append(webhook.organisationId(), actor, action, webhook.subject(), details);
  }
}
