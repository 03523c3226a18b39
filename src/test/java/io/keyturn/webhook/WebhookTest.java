package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.audit.Actor;
import io.keyturn.event.EventType;
import io.keyturn.keyring.Keyring.DataKey;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Seal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  private static Webhook webhook(String url, String owner) {
    return new Webhook(
        new OrganisationId(UUID.randomUUID()),
        URI.create(url),
        "",
        EnumSet.of(EventType.API_KEY_CREATED),
        new Actor(Actor.Type.PERSON, UUID.randomUUID(), owner, null),
        SigningSecret.create(),
        new DataKey(UUID.randomUUID(), new Seal(new byte[32])),
        0,
        NOW);
  }

  /** A webhook whose deliveries fail for the first time. */
  static Webhook failing() {
    Webhook webhook = webhook("https://erp.example.com/hooks", "ada@example.com");
    assertThat(webhook.failed(true, NOW)).isFalse();
    return webhook;
  }

  @Test
  void threeDaysOfFailuresAreTooLong() {
    Webhook webhook = failing();

    assertThat(webhook.failed(true, NOW.plus(Duration.ofHours(71)))).isFalse();
    assertThat(webhook.failed(true, NOW.plus(Duration.ofHours(73)))).isTrue();
    assertThat(webhook.failingSince()).isEqualTo(NOW);
  }

  @Test
  void onlyAnotherAddressBeginsWithoutFailures() {
    Webhook webhook = failing();

    webhook.change(webhook.url(), "the same address", null);
    assertThat(webhook.failingSince()).isEqualTo(NOW);

    webhook.change(URI.create("https://erp.example.com/corrected"), null, null);
    assertThat(webhook.failingSince()).isNull();
  }

  /** Between the days there may have been no event. */
  @Test
  void singleFaultLongAfterAnOutageIsNotTooLong() {
    Webhook webhook = failing();

    assertThat(webhook.failed(false, NOW.plus(Duration.ofDays(14)))).isFalse();
  }

  @Test
  void acceptedDeliveryEndsTheFailures() {
    Webhook webhook = failing();
    webhook.accepted();

    assertThat(webhook.failed(true, NOW.plus(Duration.ofDays(14)))).isFalse();
    assertThat(webhook.failingSince()).isEqualTo(NOW.plus(Duration.ofDays(14)));
  }
}
