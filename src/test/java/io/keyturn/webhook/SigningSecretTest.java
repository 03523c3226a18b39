package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SigningSecretTest {
  private static final String PAYLOAD = "{\"type\":\"api_key.refreshed\",\"name\":\"Müller\"}";

  /** The example of the specification. */
  @Test
  void signatureIsThatOfTheSpecification() {
    SigningSecret secret =
        new SigningSecret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void receiverVerifiesWithEitherSecret() throws Exception {
    SigningSecret current = SigningSecret.create();
    SigningSecret previous = SigningSecret.create();
    long now = Instant.now().getEpochSecond();
    String signatures =
        current.sign("evt_1", now, PAYLOAD) + " " + previous.sign("evt_1", now, PAYLOAD);
    HttpHeaders headers = headers(now, signatures);

    new Webhook(current.text()).verify(PAYLOAD, headers);
    new Webhook(previous.text()).verify(PAYLOAD, headers);

    Webhook other = new Webhook(SigningSecret.create().text());
    assertThatThrownBy(() -> other.verify(PAYLOAD, headers))
        .isInstanceOf(WebhookVerificationException.class);
    Webhook right = new Webhook(current.text());
    assertThatThrownBy(() -> right.verify(PAYLOAD + " ", headers))
        .isInstanceOf(WebhookVerificationException.class);
  }

  private static HttpHeaders headers(long timestamp, String signatures) {
    return HttpHeaders.of(
        Map.of(
            "webhook-id", List.of("evt_1"),
            "webhook-timestamp", List.of(Long.toString(timestamp)),
            "webhook-signature", List.of(signatures)),
        (name, value) -> true);
  }
}
