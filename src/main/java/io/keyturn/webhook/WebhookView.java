package io.keyturn.webhook;

import io.keyturn.event.EventType;
import io.keyturn.http.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook as the API answers it; never with its secret. */
@Schema(name = "Webhook", description = "An address that is told of events.")
public record WebhookView(
    UUID id,
    @Schema(examples = "https://erp.example.com/hooks/keyturn") String url,
    String description,
    @Schema(examples = "[\"api_key.refreshed\"]", description = "The events that it is told of.")
        List<String> types,
    @Schema(description = "Whether events are delivered.") boolean enabled,
    @Schema(
            name = "disabled_because",
            nullable = true,
            examples = "gone",
            description =
                "`by_hand`; `gone`: the receiver answered 410. `failing`: nothing was accepted for three"
                    + " days. `owner`: its owner has ended, or may read nothing of it.")
        @Nullable String disabledBecause,
    @Schema(name = "owner_type", description = "`api_key` or `person`.") String ownerType,
    @Schema(name = "owner_id", description = "It is told of what its owner may read.") UUID ownerId,
    @Schema(name = "owner_name", description = "As it was when the webhook was created.")
        String ownerName,
    @Schema(name = "created_at") Instant createdAt,
    @Schema(
            name = "previous_secret_until",
            nullable = true,
            description = "Until then the previous secret signs, too.")
        @Nullable Instant previousSecretUntil,
    @Schema(
            name = "failing_since",
            nullable = true,
            description = "The first failed attempt after the last accepted delivery.")
        @Nullable Instant failingSince,
    @Schema(
            name = "client_certificate",
            nullable = true,
            description = "By which Keyturn identifies itself to the receiver, where it does.")
        @Nullable ClientCertificateView clientCertificate,
    @Schema(description = "Grows with each change; the header ETag holds it too.") int version)
    implements Versioned {

  static WebhookView of(Webhook webhook) {
    Webhook.Because because = webhook.disabledBecause();
    ClientCertificate client = webhook.client();
    return new WebhookView(
        webhook.id(),
        webhook.url().toString(),
        webhook.description(),
        webhook.types().stream().map(EventType::code).toList(),
        webhook.state() == Webhook.State.ENABLED,
        because == null ? null : because.name().toLowerCase(Locale.ROOT),
        webhook.ownerType().name().toLowerCase(Locale.ROOT),
        webhook.ownerId(),
        webhook.ownerName(),
        webhook.createdAt(),
        webhook.previousUntil(),
        webhook.failingSince(),
        client == null ? null : ClientCertificateView.of(client.certificate()),
        webhook.version());
  }
}
