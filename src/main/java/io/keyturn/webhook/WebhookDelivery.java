package io.keyturn.webhook;

import io.keyturn.database.BulkTable;
import io.keyturn.event.Told;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** An event that a webhook is told, with the newest attempt. */
@Entity
@DynamicUpdate
class WebhookDelivery {
  /**
   * The waits before further attempts (Standard Webhooks, <i>Retries</i>). All in all they are
   * longer than the days after which a webhook is disabled: a delivery that fails for good where
   * nothing else was accepted disables it, so that somebody learns of the loss.
   */
  static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /** With so many failed attempts, the waits between them are 17 hours. */
  private static final int LASTING = 7;

  /** A node that claimed deliveries and ended leaves them to others after this time. */
  private static final Duration LEASE = Duration.ofMinutes(4);

  static final BulkTable<WebhookDelivery> TABLE =
      BulkTable.<WebhookDelivery>named("webhook_delivery")
          .uuid("id", delivery -> delivery.id)
          .uuid("organisation_id", delivery -> delivery.organisationId.value())
          .uuid("webhook_id", delivery -> delivery.webhookId)
          .bigint("event_sequence", delivery -> delivery.eventSequence)
          .text("event_id", delivery -> delivery.eventId)
          .text("event_type", delivery -> delivery.eventType)
          .text("payload", delivery -> delivery.payload)
          .text("state", delivery -> delivery.state.name())
          .integer("attempts", delivery -> delivery.attempts)
          .time("created_at", delivery -> delivery.createdAt)
          .time("due_at", delivery -> delivery.dueAt);

  /** What became of a delivery. */
  enum State {
    /** It will be sent, or sent again. */
    PENDING,
    DELIVERED,
    /** All attempts failed, or the owner may no longer read it. */
    FAILED
  }

  @Id private UUID id;
  private OrganisationId organisationId;
  private UUID webhookId;
  private @Nullable Long eventSequence;
  private String eventId;
  private String eventType;
  private String payload;

  @Enumerated(EnumType.STRING)
  private State state;

  private int attempts;
  private Instant createdAt;
  private @Nullable Instant dueAt;
  private @Nullable Instant claimedUntil;
  private @Nullable Instant attemptedAt;
  private @Nullable Integer status;
  private @Nullable String answer;

  @Enumerated(EnumType.STRING)
  private Attempt.@Nullable Failure failure;

  private @Nullable Integer millis;

  protected WebhookDelivery() {}

  WebhookDelivery(Webhook webhook, Told event, @Nullable Long sequence, Instant now) {
    this.id = UUID.randomUUID();
    this.organisationId = webhook.organisationId();
    this.webhookId = webhook.id();
    this.eventSequence = sequence;
    this.eventId = event.id();
    this.eventType = event.type();
    this.payload = event.json();
    this.state = State.PENDING;
    this.createdAt = now;
    this.dueAt = now;
  }

  UUID id() {
    return id;
  }

  UUID webhookId() {
    return webhookId;
  }

  String eventId() {
    return eventId;
  }

  String eventType() {
    return eventType;
  }

  String payload() {
    return payload;
  }

  State state() {
    return state;
  }

  int attempts() {
    return attempts;
  }

  Instant createdAt() {
    return createdAt;
  }

  @Nullable Instant dueAt() {
    return dueAt;
  }

  @Nullable Instant attemptedAt() {
    return attemptedAt;
  }

  @Nullable Integer status() {
    return status;
  }

  @Nullable String answer() {
    return answer;
  }

  Attempt.@Nullable Failure failure() {
    return failure;
  }

  @Nullable Integer millis() {
    return millis;
  }

  /** Keeps other nodes from sending it for some minutes. */
  void claim(Instant now) {
    dueAt = now.plus(LEASE);
    claimedUntil = dueAt;
  }

  /** Whether a node is sending it, or is about to. */
  boolean sending(Instant now) {
    return claimedUntil != null && now.isBefore(claimedUntil);
  }

  /**
   * Sends it once more, whatever became of it. Where a node is sending it, this comes after that
   * attempt; no other node takes it meanwhile.
   */
  void sendAgain(Instant now) {
    state = State.PENDING;
    attempts = 0;
    dueAt = sending(now) ? claimedUntil : now;
    claimedUntil = null;
  }

  /** Sends it no more, because the webhook's owner may no longer read it. */
  void withhold() {
    state = State.FAILED;
    failure = Attempt.Failure.OWNER_MAY_NOT_READ;
    status = null;
    answer = null;
    millis = null;
    dueAt = null;
    claimedUntil = null;
  }

  /** Records an attempt, and when the next is due. */
  void record(Attempt attempt, Instant now) {
    boolean wantedAgain = claimedUntil == null;
    attempts++;
    attemptedAt = attempt.at();
    claimedUntil = null;
    status = attempt.status();
    answer = attempt.answer();
    failure = attempt.failure();
    millis = attempt.millis();
    if (wantedAgain) {
      state = State.PENDING;
      dueAt = now;
    } else if (attempt.accepted()) {
      state = State.DELIVERED;
      dueAt = null;
    } else if (attempts > WAITS.size()) {
      state = State.FAILED;
      dueAt = null;
    } else {
      dueAt = now.plus(jittered(WAITS.get(attempts - 1)));
    }
  }

  /**
   * Whether it has been refused for most of a day. The first attempts say little: they may fail by
   * a fault of minutes.
   */
  boolean lasting() {
    return attempts >= LASTING;
  }

  /** Up to a tenth more, so that what failed together does not come back together. */
  private static Duration jittered(Duration wait) {
    return wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 10 + 1));
  }
}
