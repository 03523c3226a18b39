package io.keyturn.usage;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keys' requests were answered, by hour. */
class UsageHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);
  private final Key key = control.key(Control.wish().in(manager.organisation()));

  private JsonObject usage(String parameters) {
    return Manager.ok(manager.get("/" + key.id() + "/usage" + parameters), 200);
  }

  private static long sum(JsonObject usage, String status) {
    return usage.getJsonArray("hours").getValuesAs(JsonObject.class).stream()
        .mapToLong(hour -> hour.getInt(status))
        .sum();
  }

  @Test
  void answersAreCountedByHourAndKindOfStatus() {
    Instant before = control.now().truncatedTo(ChronoUnit.HOURS);
    for (int i = 0; i < 3; i++) {
      assertThat(api.me(key.secret()).status()).isEqualTo(200);
    }
    assertThat(api.get("/api/v1/audit-events", key.secret()).status()).isEqualTo(403);
    assertThat(api.get("/api/v1/suppliers?limit=0", key.secret()).status()).isEqualTo(422);

    Eventually.within(
        SOON,
        () -> {
          JsonObject usage = usage("");
          assertThat(sum(usage, "status_2xx")).isEqualTo(3);
          assertThat(sum(usage, "status_3xx")).isZero();
          assertThat(sum(usage, "status_4xx")).isEqualTo(2);
          assertThat(sum(usage, "status_5xx")).isZero();
        });
    JsonObject hour = usage("").getJsonArray("hours").getJsonObject(0);
    assertThat(Instant.parse(hour.getString("hour"))).isBetween(before, control.now());
    assertThat(Instant.parse(usage("").getString("to")))
        .isAfter(control.now())
        .isBeforeOrEqualTo(control.now().plus(Duration.ofHours(1)));

    control.revoke(key);
    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "key_revoked"));
    Eventually.within(SOON, () -> assertThat(sum(usage(""), "status_4xx")).isGreaterThan(2));
  }

  @Test
  void windowNamesTheHoursThatAreAnswered() {
    Instant hour = control.now().truncatedTo(ChronoUnit.HOURS);
    for (int i = 1; i <= 30; i++) {
      control.used(key, hour.minus(Duration.ofHours(i)), i, 0);
    }

    assertThat(usage("").getJsonArray("hours")).as("a day").hasSize(23);
    String from = hour.minus(Duration.ofHours(5)).toString();
    String to = hour.minus(Duration.ofHours(2)).toString();
    assertThat(
            usage("?from=" + from + "&to=" + to)
                .getJsonArray("hours")
                .getValuesAs(JsonObject.class))
        .extracting(h -> h.getInt("status_2xx"))
        .containsExactly(5, 4, 3);
    assertThat(sum(usage("?from=" + hour.minus(Duration.ofDays(30))), "status_2xx")).isEqualTo(465);
  }

  @ParameterizedTest
  @CsvSource({
    "?from=yesterday, from",
    "?to=2026-01-01, to",
    "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, from",
    "?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z, from",
    "?from=-5000-01-01T00:00:00Z, from",
    "?to=%2B20000-01-01T00:00:00Z, to",
    "?hours=24, hours"
  })
  void wrongParameterIsInvalidAndNamed(String parameters, String field) {
    Answer answer = manager.get("/" + key.id() + "/usage" + parameters);

    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
  }

  @Test
  void hoursAreForgottenAfterThirtyDays() {
    api.me(key.secret());
    String rows = "SELECT 1 FROM usage_hour WHERE api_key_id = '" + key.id() + "'";
    Eventually.within(SOON, () -> assertThat(control.sql(rows)).isNotEmpty());
    control.turn(Duration.ofDays(29));
    control.refreshDue();
    assertThat(control.sql(rows)).isNotEmpty();

    control.turn(Duration.ofDays(1).plusHours(2));
    control.refreshDue();

    assertThat(control.sql(rows)).isEqualTo(List.of());
  }
}
