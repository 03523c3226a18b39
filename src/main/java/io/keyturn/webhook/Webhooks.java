package io.keyturn.webhook;

import io.keyturn.access.Caller;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.event.EventFeed;
import io.keyturn.event.EventType;
import io.keyturn.http.Ids;
import io.keyturn.http.IfMatch;
import io.keyturn.keyring.Keyring;
import io.keyturn.keyring.Keyring.DataKey;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.paging.Slice;
import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The webhooks of an organisation. */
@ApplicationScoped
@Transactional
public class Webhooks {
  private static final int MOST = 100;

  /** Why the audit log is chosen with nothing else. */
  public static final String ALONE =
      "audit.recorded stands alone: it tells of all other events, too";

  /** The member of a problem that says until when the previous secret counts. */
  public static final String PREVIOUS_UNTIL = "previous_secret_until";

  private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  @Inject private WebhookSettings settings;
  @Inject private Keyring keyring;
  @Inject private EventFeed feed;
  @Inject private AuditLog audit;
  @Inject private Clock clock;
  @Inject private Deliveries deliveries;
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
   * @throws ProblemException 422 for the members at fault, 403 for a type that the owner may not
   *     read, 409 when the organisation has 100 webhooks
   */
  public WithSecret create(
      OrganisationId organisationId, Wish wish, Set<Scope> scopes, Actor owner) {
    FieldErrors errors = new FieldErrors();
    errors.check(
        () -> {
          if (wish.url() == null) {
            throw ProblemException.invalid("url", "must be given");
          }
        });
    WishCheck.Fit fit = WishCheck.fit(wish, new TargetPolicy(settings), scopes, errors);
    errors.refuse();
    refuseTooMany(organisationId);
    SigningSecret secret = SigningSecret.create();
    Webhook webhook =
        new Webhook(
            organisationId,
            Objects.requireNonNull(fit.url()),
            Objects.requireNonNullElse(fit.description(), ""),
            fit.types() == null ? EventType.within(scopes) : fit.types(),
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
    // Nobody else of the organisation counts until the commit. The event of the creation needs this
    // lock anyway.
    audit.lock(List.of(organisationId));
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
   * The webhook that a path names. For a key that is limited to locations, only its own webhooks
   * exist.
   *
   * @throws ProblemException 404
   */
  UUID visible(Caller caller, String idInPath) {
    UUID id = Ids.inPath("webhook", idInPath);
    if (caller.reach().locations().limited()
        && !found(caller.organisationId(), id).ownerId().equals(caller.keyId().value())) {
      throw ProblemException.notFound("webhook");
    }
    return id;
  }

  Webhook found(OrganisationId organisationId, UUID id) {
    Webhook webhook = entities.find(Webhook.class, id);
    if (webhook == null || !webhook.organisationId().equals(organisationId)) {
      throw ProblemException.notFound("webhook");
    }
    return webhook;
  }

  /** Locked, because deliveries change the row, too. */
  Webhook locked(OrganisationId organisationId, UUID id) {
    Webhook webhook = found(organisationId, id);
    entities.refresh(webhook, LockModeType.PESSIMISTIC_WRITE);
    return webhook;
  }

  /**
   * Changes a webhook. It still belongs to its owner, and is told of what the owner may read. Its
   * address is changed only by whoever may read all that it was and will be told of: what waits
   * goes to the new address.
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
    if (wish.url() != null) {
      WishCheck.refuseUnread(told(webhook), scopes);
    }
    FieldErrors errors = new FieldErrors();
    WishCheck.Fit fit = WishCheck.fit(wish, new TargetPolicy(settings), scopes, errors);
    URI before = webhook.url();
    webhook.change(fit.url(), fit.description(), fit.types());
    errors.check(
        () -> {
          if (webhook.plain() && webhook.client() != null) {
            throw ProblemException.invalid(
                "url", "must begin with https://, because the webhook has a client certificate");
          }
        });
    errors.refuse();
    if (!webhook.url().equals(before)) {
      deliveries.goOn(webhook);
    }
    boolean enabled = webhook.state() == Webhook.State.ENABLED;
    if (wish.enabled() != null && wish.enabled() != enabled) {
      if (enabled) {
        webhook.disable(Webhook.Because.BY_HAND);
      } else {
        webhook.enable();
        deliveries.goOn(webhook);
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
    return flushed(webhook);
  }

  /** What a webhook is told of, and what waits from the time when it was told of more. */
  private Set<EventType> told(Webhook webhook) {
    Set<EventType> types = webhook.types();
    entities
        .createQuery(
            "select distinct d.eventType from WebhookDelivery d where d.webhookId = :webhook"
                + " and d.dueAt is not null",
            String.class)
        .setParameter("webhook", webhook.id())
        .getResultStream()
        .forEach(code -> EventType.of(code).ifPresent(types::add));
    return types;
  }

  /** The webhook with the version that its change gets. */
  WebhookView flushed(Webhook webhook) {
    entities.flush();
    return WebhookView.of(webhook);
  }

  /**
   * Begins to count the days of failures anew, at the end of an organisation's suspension. Nothing
   * was sent in that time, so it is no time of failures.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void resumed(OrganisationId organisationId) {
    entities
        .createQuery(
            "update Webhook w set w.failingSince = null where w.organisationId = :organisation"
                + " and w.failingSince is not null")
        .setParameter("organisation", organisationId)
        .executeUpdate();
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
   * @throws ProblemException 404; 422 for {@code overlap}; 409 during an overlap, unless it is to
   *     end now: only two secrets sign, and the receiver may know only the older of them
   */
  public WithSecret rotateSecret(
      OrganisationId organisationId, UUID id, Duration overlap, Actor actor) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw ProblemException.invalid("overlap", "must be PT0S to P7D");
    }
    Webhook webhook = locked(organisationId, id);
    Instant now = clock.instant();
    if (!overlap.isZero()) {
      webhook.overlap(now).ifPresent(Webhooks::refuseThird);
    }
    SigningSecret next = SigningSecret.create();
    DataKey key = keyring.dataKey(organisationId.value());
    webhook.rotate(next, key, keyring.sealOf(webhook.dataKeyId()), now.plus(overlap));
    append(
        webhook, actor, AuditAction.WEBHOOK_SECRET_ROTATED, Map.of("overlap", overlap.toString()));
    return new WithSecret(flushed(webhook), next.text());
  }

  private static void refuseThird(Instant until) {
    throw new ProblemException(
            ProblemType.CONFLICT,
            "The previous secret still counts until "
                + until
                + ". Rotate with an overlap of PT0S to end it at once.")
        .member(PREVIOUS_UNTIL, until);
  }

  static void refuseDisabled(Webhook webhook) {
    if (webhook.state() != Webhook.State.ENABLED) {
      throw new ProblemException(ProblemType.CONFLICT, "The webhook is disabled; enable it first.");
    }
  }

  void append(Webhook webhook, Actor actor, AuditAction action, Map<String, ?> details) {
    audit.append(webhook.organisationId(), actor, action, webhook.subject(), details);
  }
}
