package io.keyturn.webhook;

import io.keyturn.apikey.ActorRights;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.database.InList;
import io.keyturn.database.SkipLocked;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.secret.Seal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Claims the deliveries that are due, and records what became of them. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class Deliveries {
  private static final Logger LOG = Logger.getLogger(Deliveries.class.getName());

  /** With the longest time of an attempt, well within the lease of a claim. */
  private static final int CLAIM = 10;

  /** So many are made ahead, and changed by one statement, so that it takes a moment. */
  static final int MOST_AT_ONCE = 1_000;

  private static final Duration KEPT = Duration.ofDays(30);

  @Inject private Keyring keyring;
  @Inject private ActorRights rights;
  @Inject private Organisations organisations;
  @Inject private AuditLog audit;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * A delivery to send, with all that it needs.
   *
   * @param secrets all that count; each signs
   * @param client by which Keyturn identifies itself, if by anything
   * @param until when the claim ends
   */
  record Claimed(
      UUID id,
      URI url,
      String eventId,
      String payload,
      List<SigningSecret> secrets,
      @Nullable ClientIdentity client,
      Instant until) {}

  /** A webhook with deliveries that are due. */
  record Due(OrganisationId organisationId, UUID webhookId) {}

  /** The webhooks with deliveries that are due, without those of suspended organisations. */
  List<Due> due() {
    return entities
        .createQuery(
            "select new io.keyturn.webhook.Deliveries$Due(w.organisationId, w.id) from Webhook w"
                + " join Organisation o on o.id = w.organisationId"
                + " where o.suspendedAt is null and w.state = ENABLED and exists (select 1 from WebhookDelivery d where"
                + " d.webhookId = w.id and d.dueAt <= :now and d.createdAt >= :oldest)",
            Due.class)
        .setParameter("now", clock.instant())
        .setParameter("oldest", oldest())
        .getResultList();
  }

  private Instant oldest() {
    return clock.instant().minus(KEPT);
  }

  /**
   * Claims some due deliveries of a webhook, in the order of their events. What its owner may no
   * longer read is not sent, and what is too old waits to be deleted.
   */
  List<Claimed> claim(UUID webhookId) {
    Webhook webhook = entities.find(Webhook.class, webhookId);
    if (webhook == null
        || webhook.state() != Webhook.State.ENABLED
        || organisations
            .byId(webhook.organisationId())
            .filter(organisation -> !organisation.suspended())
            .isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    List<WebhookDelivery> due =
        SkipLocked.in(
                entities
                    .createQuery(
                        "select d from WebhookDelivery d where d.webhookId = :webhook"
                            + " and d.dueAt <= :now and d.createdAt >= :oldest"
                            + " order by d.dueAt, d.eventSequence",
                        WebhookDelivery.class)
                    .setParameter("webhook", webhookId)
                    .setParameter("now", now)
                    .setParameter("oldest", oldest())
                    .setMaxResults(CLAIM))
            .getResultList();
    if (due.isEmpty()) {
      return List.of();
    }
    OwnerRights owner = OwnerRights.of(rights, webhook);
    for (WebhookDelivery delivery : due) {
      if (owner.read(delivery)) {
        delivery.claim(now);
      } else {
        delivery.withhold();
      }
    }
    return claimed(webhook, due.stream().filter(owner::read).toList(), now);
  }

  private List<Claimed> claimed(Webhook webhook, List<WebhookDelivery> due, Instant now) {
    ClientCertificate client = webhook.client();
    Seal seal = keyring.sealOf(webhook.dataKeyId());
    Seal clientSeal = client == null ? seal : keyring.sealOf(client.dataKeyId());
    List<SigningSecret> secrets;
    ClientIdentity identity;
    try {
      secrets = webhook.secrets(seal, now);
      identity = client == null ? null : client.identity(clientSeal, webhook.clientPlace());
    } catch (Seal.BrokenSeal | IllegalStateException e) {
      LOG.log(Level.WARNING, "the secrets of webhook " + webhook.id() + " do not open", e);
      for (WebhookDelivery delivery : due) {
        record(delivery, webhook.url(), Attempt.internalError(now));
        // The next failure reads the webhook's row again.
        entities.flush();
      }
      return List.of();
    }
    return due.stream()
        .map(
            d ->
                new Claimed(
                    d.id(),
                    webhook.url(),
                    d.eventId(),
                    d.payload(),
                    secrets,
                    identity,
                    Objects.requireNonNull(d.dueAt())))
        .toList();
  }

  /** An attempt that was made, and the address that was called. */
  record Sent(UUID id, URI url, Attempt attempt) {}

  /**
   * Records attempts of one webhook, in order. An answer 410 disables the webhook; so do three days
   * without an accepted delivery, once a delivery has failed for most of a day. After a slow
   * failure, and where it has failed for long, all that waits for the receiver waits longer.
   *
   * @param unsent what was claimed behind the attempts, which others may claim where this does not
   *     go on
   * @return whether the webhook's other deliveries should go on now
   */
  boolean record(List<Sent> sent, List<Claimed> unsent) {
    Map<UUID, WebhookDelivery> deliveries = deliveries(sent);
    boolean goesOn = true;
    for (Sent each : sent) {
      WebhookDelivery delivery = deliveries.get(each.id());
      // Without it, the webhook was deleted meanwhile.
      goesOn = delivery != null && record(delivery, each.url(), each.attempt());
    }
    if (!goesOn) {
      release(unsent);
    }
    return goesOn;
  }

  /** Ends the claim of what was not sent, unless another node has claimed it since. */
  void release(List<Claimed> unsent) {
    if (unsent.isEmpty()) {
      return;
    }
    Webhook webhook =
        entities
            .createQuery(
                "select w from Webhook w, WebhookDelivery d where d.id = :id and w.id = d.webhookId",
                Webhook.class)
            .setParameter("id", unsent.get(0).id())
            .getSingleResultOrNull();
    Instant now = clock.instant();
    Instant paused = webhook == null ? null : webhook.pausedUntil();
    List<UUID> ids = unsent.stream().map(Claimed::id).toList();
    Query query =
        entities.createQuery(
            "update WebhookDelivery d set d.dueAt = :due, d.claimedUntil = null where d.state = PENDING"
                + " and d.claimedUntil = :mine and d.id in "
                + InList.of("id", ids.size()));
    InList.parameters("id", ids).forEach(query::setParameter);
    query
        .setParameter("due", paused == null || paused.isBefore(now) ? now : paused)
        .setParameter("mine", unsent.get(0).until())
        .executeUpdate();
  }

  private Map<UUID, WebhookDelivery> deliveries(List<Sent> sent) {
    TypedQuery<WebhookDelivery> query =
        entities.createQuery(
            "select d from WebhookDelivery d where d.id in " + InList.of("id", sent.size()),
            WebhookDelivery.class);
    // Locked: somebody may want it sent again at this moment.
    return InList.set(query, "id", sent.stream().map(Sent::id).toList())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .collect(Collectors.toMap(WebhookDelivery::id, Function.identity()));
  }

  private boolean record(WebhookDelivery delivery, URI called, Attempt attempt) {
    Instant now = clock.instant();
    delivery.record(attempt, now);
    Webhook webhook = entities.find(Webhook.class, delivery.webhookId());
    if (webhook == null || (attempt.accepted() && webhook.failingSince() == null)) {
      return true;
    }
    entities.refresh(webhook, LockModeType.PESSIMISTIC_WRITE);
    if (!webhook.url().equals(called)) {
      // The address was corrected meanwhile: this answer says nothing of the new receiver.
      return false;
    }
    if (attempt.accepted()) {
      webhook.accepted();
      goOn(webhook);
      // Else a failure behind it, which refreshes the row again, would not know of it.
      entities.flush();
      return true;
    }
    boolean tooLong = webhook.failed(delivery.lasting(), now);
    if (webhook.state() == Webhook.State.ENABLED && (attempt.gone() || tooLong)) {
      disable(webhook, attempt.gone() ? Webhook.Because.GONE : Webhook.Because.FAILING);
    }
    if (attempt.slowFailure() || webhook.failsForLong(now)) {
      pause(webhook, now);
      return false;
    }
    return webhook.state() == Webhook.State.ENABLED;
  }

  /**
   * Else each of the receiver's deliveries would fail as this one did, and keep a thread meanwhile.
   */
  private void pause(Webhook webhook, Instant now) {
    Instant until = webhook.pause(now);
    move(webhook, until, " and d.dueAt <= :now", Map.of("now", now));
    // What is released next reads the webhook's row.
    entities.flush();
  }

  /** Ends a pause, and lets what waits for its end be sent now. */
  @Transactional(Transactional.TxType.MANDATORY)
  void goOn(Webhook webhook) {
    Instant now = clock.instant();
    Instant until = webhook.pausedUntil();
    webhook.endPause();
    if (until != null && until.isAfter(now)) {
      move(
          webhook,
          now,
          " and d.dueAt > :now and d.dueAt <= :until and d.claimedUntil is null",
          Map.of("now", now, "until", until));
    }
  }

  /** Some deliveries of a webhook are due at another time. Those beyond follow by themselves. */
  private void move(Webhook webhook, Instant due, String which, Map<String, Instant> times) {
    Query query =
        entities.createQuery(
            "update WebhookDelivery moved set moved.dueAt = :due where moved.id in (select d.id from"
                + " WebhookDelivery d where d.webhookId = :webhook"
                + which
                + " order by d.dueAt fetch first "
                + MOST_AT_ONCE
                + " rows only)");
    times.forEach(query::setParameter);
    query.setParameter("due", due).setParameter("webhook", webhook.id()).executeUpdate();
  }

  /** Disables a webhook for a reason that no person and no key has decided. */
  @Transactional(Transactional.TxType.MANDATORY)
  void disable(Webhook webhook, Webhook.Because why) {
    webhook.disable(why);
    audit.append(
        webhook.organisationId(),
        Actor.SYSTEM,
        AuditAction.WEBHOOK_DISABLED,
        webhook.subject(),
        Map.of("because", why.name()));
  }

  /**
   * Deletes some of the deliveries that are older than 30 days.
   *
   * @return whether there may be more
   */
  boolean forgetSome() {
    return entities
            .createQuery(
                "delete from WebhookDelivery d where d.id in (select old.id from WebhookDelivery"
                    + " old where old.createdAt < :before order by old.createdAt fetch first "
                    + MOST_AT_ONCE
                    + " rows only)")
            .setParameter("before", oldest())
            .executeUpdate()
        == MOST_AT_ONCE;
  }
}
