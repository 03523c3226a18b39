package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.KeyturnServer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Everybody may ask whether the API answers. */
class StatusHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  @Test
  void statusTellsNameVersionAndTimeWithoutASecret() {
    Answer answer = SERVER.api().send("GET", "/api/v1/status");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonObject status = answer.json();
    assertThat(status.keySet()).containsExactlyInAnyOrder("name", "version", "time");
    assertThat(status.getString("name")).isEqualTo("Keyturn");
    assertThat(status.getString("version")).matches("[0-9]+[.][0-9]+[.][0-9]+(-SNAPSHOT)?");
    assertThat(Instant.parse(status.getString("time")))
        .isBetween(
            SERVER.control().now().minus(Duration.ofMinutes(1)),
            SERVER.control().now().plus(Duration.ofMinutes(1)));
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }
}
