package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.event.EventView;
import io.keyturn.webhook.WebhookDelivery.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WebhookDeliveryTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final Attempt REFUSED = new Attempt(NOW, 500, "", null, 1);

  private static WebhookDelivery delivery() {
    EventView event =
        new EventView(
            "evt_1",
            "api_key.created",
            NOW,
            new EventView.Data(
                1,
                new EventView.Who("person", null, "Ada"),
                new EventView.What("api_key", null, "ERP"),
                Map.of()));
    return new WebhookDelivery(WebhookTest.failing(), event, 1L, NOW);
  }

  private static void refuse(WebhookDelivery delivery, Instant now) {
    delivery.claim(now);
    delivery.record(REFUSED, now);
  }

  @Test
  void refusedDeliveryIsSentTenTimesInThreeDaysAndThenFails() {
    WebhookDelivery delivery = delivery();
    Instant time = NOW;
    for (Duration wait : WebhookDelivery.WAITS) {
      refuse(delivery, time);
      assertThat(delivery.state()).isEqualTo(State.PENDING);
      assertThat(delivery.dueAt())
          .isBetween(time.plus(wait), time.plus(wait).plus(wait.dividedBy(10)));
      time = time.plus(wait);
    }

    refuse(delivery, time);

    assertThat(delivery.attempts()).isEqualTo(10);
    assertThat(delivery.state()).isEqualTo(State.FAILED);
    assertThat(delivery.dueAt()).isNull();
    assertThat(Duration.between(NOW, time)).isBetween(Duration.ofDays(3), Duration.ofHours(77));
  }

  /** Else nobody would learn of its loss: no other delivery fails, and no other is accepted. */
  @Test
  void onlyDeliveryOfQuietDaysDisablesItsWebhookWhenItFailsForGood() {
    WebhookDelivery delivery = delivery();
    Webhook webhook = WebhookTest.failing();
    Instant time = NOW;
    boolean disabled = false;
    while (delivery.state() == State.PENDING) {
      assertThat(disabled).isFalse();
      refuse(delivery, time);
      disabled = webhook.failed(delivery.lasting(), time);
      time = Objects.requireNonNullElse(delivery.dueAt(), time);
    }

    assertThat(disabled).isTrue();
  }

  @Test
  void deliveriesThatFailTogetherDoNotComeBackTogether() {
    Set<Instant> due = new TreeSet<>();
    for (int i = 0; i < 50; i++) {
      WebhookDelivery delivery = delivery();
      refuse(delivery, NOW);
      due.add(Objects.requireNonNull(delivery.dueAt()));
    }

    assertThat(due).hasSizeGreaterThan(10);
  }

  @Test
  void firstAttemptsAreNoLastingFailure() {
    WebhookDelivery delivery = delivery();
    for (int i = 0; i < 6; i++) {
      refuse(delivery, NOW);
      assertThat(delivery.lasting()).isFalse();
    }
    refuse(delivery, NOW);

    assertThat(delivery.lasting()).isTrue();
  }

  @Test
  void deliveryIsBeingSentFromItsClaimToItsOutcome() {
    WebhookDelivery delivery = delivery();
    assertThat(delivery.sending(NOW)).isFalse();
    delivery.claim(NOW);
    assertThat(delivery.sending(NOW)).isTrue();
    assertThat(delivery.sending(NOW.plus(Duration.ofMinutes(5))))
        .as("its node has ended")
        .isFalse();
    delivery.record(REFUSED, NOW);

    assertThat(delivery.sending(NOW)).isFalse();
  }
}
