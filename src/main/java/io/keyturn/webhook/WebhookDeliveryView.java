package io.keyturn.webhook;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A delivery as the API answers it. */
@Schema(name = "WebhookDelivery", description = "An event that a webhook is told.")
public record WebhookDeliveryView(
    UUID id,
    @Schema(name = "event_id", description = "The receiver gets it as `webhook-id`.")
        String eventId,
    @Schema(examples = "api_key.refreshed") String type,
    @Schema(
            enumeration = {"pending", "delivered", "failed"},
            description = "`pending`: it will be sent, or sent again.")
        String state,
    @Schema(description = "How often it was sent.") int attempts,
    @Schema(name = "created_at") Instant createdAt,
    @Schema(
            name = "next_attempt_at",
            nullable = true,
            description =
                "When it is sent next. During an attempt: when it counts as lost. Null while the webhook is"
                    + " disabled.")
        @Nullable Instant nextAttemptAt,
    @Schema(
            name = "held_because",
            nullable = true,
            examples = "receiver_paused",
            description =
                "Why a pending delivery waits: `webhook_disabled`, or `receiver_paused`: the receiver fails,"
                    + " and is left in peace until `next_attempt_at`.")
        @Nullable String heldBecause,
    @Schema(
            name = "attempted_at",
            nullable = true,
            description =
                "When it was sent last. The receiver gets this time, in seconds, as `webhook-timestamp`.")
        @Nullable Instant attemptedAt,
    @Schema(nullable = true, description = "The status of the last answer.")
        @Nullable Integer status,
    @Schema(nullable = true, description = "The beginning of the last answer's body.")
        @Nullable String answer,
    @Schema(
            nullable = true,
            examples = "timeout",
            description =
                "Why there was no answer: `owner_may_not_read`, `address_not_allowed`, `client_certificate_expired`,"
                    + " `unknown_host`, `no_connection`, `tls`, `timeout`, `no_http` or `internal_error`.")
        @Nullable String failure,
    @Schema(nullable = true, description = "How long the last attempt took, in milliseconds.")
        @Nullable Integer millis,
    @Schema(description = "The body that is sent.") String payload) {

  static WebhookDeliveryView of(WebhookDelivery delivery, Webhook webhook) {
    boolean enabled = webhook.state() == Webhook.State.ENABLED;
    Attempt.Failure failure = delivery.failure();
    return new WebhookDeliveryView(
        delivery.id(),
        delivery.eventId(),
        delivery.eventType(),
        delivery.state().name().toLowerCase(Locale.ROOT),
        delivery.attempts(),
        delivery.createdAt(),
        enabled ? delivery.dueAt() : null,
        heldBecause(delivery, webhook),
        delivery.attemptedAt(),
        delivery.status(),
        delivery.answer(),
        failure == null ? null : failure.name().toLowerCase(Locale.ROOT),
        delivery.millis(),
        delivery.payload());
  }

  private static @Nullable String heldBecause(WebhookDelivery delivery, Webhook webhook) {
    Instant due = delivery.dueAt();
    if (due == null) {
      return null;
    }
    if (webhook.state() != Webhook.State.ENABLED) {
      return "webhook_disabled";
    }
    // A pause moves what waits to its end. What is sent all the same is due at another time.
    return due.equals(webhook.pausedUntil()) ? "receiver_paused" : null;
  }
}
