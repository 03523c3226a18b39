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

  /** A client certificate with its private key. */
  @Schema(
      name = "ClientCertificateInput",
      requiredProperties = {"certificate_chain", "private_key"},
      examples =
          """
          {"certificate_chain": "-----BEGIN CERTIFICATE-----\\n\
          MIIBMTCB2AIBATAKBggqhkjOPQQDAjAkMRAwDgYDVQQDDAdrZXl0dXJuMRAwDgYD\\n\
          VQQKDAdFeGFtcGxlMCAXDTI0MDEwMTAwMDAwMFoYDzIxMjMxMjMxMDAwMDAwWjAk\\n\
          MRAwDgYDVQQDDAdrZXl0dXJuMRAwDgYDVQQKDAdFeGFtcGxlMFkwEwYHKoZIzj0C\\n\
          AQYIKoZIzj0DAQcDQgAEQiVI+I+3gv+17KN0RFLHKh5Vj71vc75eSOkyMsxFxbFs\\n\
          TNEMTLjVuKFxOelIgsiZJXKZNCX0FBmrfpCkKklCcjAKBggqhkjOPQQDAgNIADBF\\n\
          AiBFJbJLozTXiTjRxW2yb3gvdcHbNobui7PpbF5WSmJszwIhAIwnHAzbvbdOfkbs\\n\
          aZHlErhFgxCUKeTwuR9elb2p+o1Y\\n\
          -----END CERTIFICATE-----\\n", \
          "private_key": "-----BEGIN PRIVATE KEY-----\\n\
          MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg5stb3YCqRa6clejB\\n\
          VHZnn/7JU8FoUecR50OTlYnGT8GhRANCAARCJUj4j7eC/7Xso3REUscqHlWPvW9z\\n\
          vl5I6TIyzEXFsWxM0QxMuNW4oXE56UiCyJklcpk0JfQUGat+kKQqSUJy\\n\
          -----END PRIVATE KEY-----\\n"}\
          """,
      description = "The key of the example is a public test key (RFC 9500 §2.3).")
  public record Certificate(
      @Schema(
              name = "certificate_chain",
              maxLength = 20_000,
              description =
                  "PEM: the certificate, then the certificates of its issuers in order, without"
                      + " the root.")
          @Nullable String certificateChain,
      @Schema(
              name = "private_key",
              maxLength = 20_000,
              writeOnly = true,
              description =
                  "PEM: the private key, PKCS#8 (`BEGIN PRIVATE KEY`) without a password; RSA from"
                      + " 2048 bits on, EC or Ed25519.")
          @Nullable String privateKey) {

    /** Never the key. */
    @Override
    public String toString() {
      return "Certificate";
    }
  }
}
