package io.keyturn.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Hmac;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditEventViewTest {
  private static AuditEventView view(Subject subject) {
    return AuditEventView.of(
        new AuditEvent(
            new AuditEvent.Key(new OrganisationId(UUID.randomUUID()), 1),
            Instant.EPOCH,
            "WEBHOOK_DISABLED",
            Actor.SYSTEM,
            subject,
            "{}",
            new byte[32],
            new Hmac(new byte[32])));
  }

  /** Such names stand in events from before the name of a webhook was its host. */
  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.com/T0/B1/secret, https://hooks.example.com",
    "https://hooks.example.com:8443?token=secret, https://hooks.example.com:8443",
    "http://[::1]:9000/secret, http://[::1]:9000",
    "https://hooks.example.com, https://hooks.example.com"
  })
  void pathAndQueryOfAWebhookAreNotShown(String stored, String shown) {
    assertThat(view(new Subject("webhook", null, stored)).subject().name()).isEqualTo(shown);
  }

  @Test
  void otherNamesAreShownAsTheyAre() {
    assertThat(view(new Subject("api_key", null, "https://a/b")).subject().name())
        .isEqualTo("https://a/b");
  }

  @Test
  void nameIsNoLongerThanItsColumn() {
    assertThat(view(new Subject("api_key", null, "a".repeat(700))).subject().name()).hasSize(600);
  }
}
