package io.keyturn.webhook;

import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request bodies about webhooks. Unknown members are refused. */
final class WebhookRequests {
  private WebhookRequests() {}

  /** A webhook to create. */
  @Schema(
      name = "WebhookCreation",
      requiredProperties = "url",
      examples =
          """
          {"url": "https://erp.example.com/hooks/keyturn", "types": ["api_key.refreshed"]}\
          """)
  public record Create(
      @Schema(
              maxLength = 2000,
              examples = "https://erp.example.com/hooks/keyturn",
              description =
                  "https, in the public Internet, or in a network that the operator has listed.")
          @Nullable String url,
      @Schema(maxLength = 200, description = "For people.") @Nullable String description,
      @Schema(
              minItems = 1,
              examples = "[\"api_key.refreshed\"]",
              description =
                  "Event types. The calling key must be able to read what they are about."
                      + " Default: all that it may read.")
          @Nullable List<String> types,
      @Schema(defaultValue = "true") @Nullable Boolean enabled) {

    Webhooks.Wish wish() {
      return new Webhooks.Wish(url, description, types, enabled);
    }
  }

  /** A change of a webhook. */
  @Schema(
      name = "WebhookChange",
      examples = "{\"enabled\": false}",
      description = "Absent members stay as they are; null counts as absent.")
  public record Change(
      @Schema(maxLength = 2000) @Nullable String url,
      @Schema(maxLength = 200) @Nullable String description,
      @Schema(minItems = 1, description = "All event types from now on.")
          @Nullable List<String> types,
      @Schema(description = "`true`: also what happened meanwhile is delivered.")
          @Nullable Boolean enabled) {

    Webhooks.Wish wish() {
      return new Webhooks.Wish(url, description, types, enabled);
    }
  }

  /** A new secret. */
  @Schema(name = "SecretRotation", examples = "{\"overlap\": \"PT24H\"}")
  public record Rotation(
      @Schema(
              implementation = String.class,
              format = "duration",
              defaultValue = "PT24H",
              description = "How long the previous secret signs, too: ISO 8601, PT0S to P7D.")
          @Nullable Duration overlap) {}
}
