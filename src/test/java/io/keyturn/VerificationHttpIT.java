package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.Api.Answer;
import io.keyturn.Control.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What a secret is worth, by status and by words. */
class VerificationHttpIT {
  private final Api api = KeyturnServer.shared().api();
  private final Control control = KeyturnServer.shared().control();

  @Test
  void livingKeyTellsAboutItself() {
    Key key = control.key();

    Answer answer = api.me(key.secret());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getJsonObject("organisation").getString("domain")).isEqualTo("demo");
    assertThat(answer.json().getJsonObject("api_key").getString("id")).isEqualTo(key.id());
    assertThat(answer.json().getInt("secret_number")).isEqualTo(1);
    assertThat(answer.json().getJsonArray("scopes").getString(0)).isEqualTo("suppliers:read");
  }

  @Test
  void refreshedSecretSaysSoAndWhen() {
    Key key = control.key();
    Instant before = control.now().truncatedTo(ChronoUnit.SECONDS);
    control.refresh(key, Duration.ZERO);

    Answer answer = api.me(key.secret());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("secret_refreshed");
    assertThat(answer.json().getString("detail")).contains(before.toString().substring(0, 16));
  }
}
