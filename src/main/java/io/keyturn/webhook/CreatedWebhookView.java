package io.keyturn.webhook;

import io.keyturn.http.Versioned;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A webhook with its new secret, the answer to a creation and a rotation. */
@Schema(name = "WebhookWithSecret")
public record CreatedWebhookView(
    WebhookView webhook,
    @Schema(
            examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=",
            description =
                "The secret that signs deliveries (Standard Webhooks). It is shown only here.")
        String secret)
    implements Versioned {

  @Override
  public int version() {
    return webhook.version();
  }

  static CreatedWebhookView of(Webhooks.WithSecret created) {
    return new CreatedWebhookView(created.webhook(), created.secret());
  }
}
