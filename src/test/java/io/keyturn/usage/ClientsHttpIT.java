package io.keyturn.usage;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who calls with which secret. */
class ClientsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);
  private final Key key = control.key(Control.wish().in(manager.organisation()));

  private int call(String secret, String userAgent) {
    return api.send(
            "GET", "/api/v1/me", "Authorization", "Bearer " + secret, "User-Agent", userAgent)
        .status();
  }

  private List<JsonObject> clients() {
    return Manager.ok(manager.get("/" + key.id() + "/usage"), 200)
        .getJsonArray("clients")
        .getValuesAs(JsonObject.class);
  }

  private JsonObject client(int number, String agent) {
    return clients().stream()
        .filter(c -> c.getInt("secret_number") == number)
        .filter(c -> c.getString("user_agent", "").equals(agent))
        .findFirst()
        .orElseThrow(() -> new AssertionError(number + " " + agent + " is not in " + clients()));
  }

  @Test
  void clientsAreCountedByAddressAndUserAgent() {
    Instant before = control.now();
    for (int i = 0; i < 3; i++) {
      call(key.secret(), "erp/1");
    }
    call(key.secret(), "erp/2");

    Eventually.within(
        SOON,
        () -> {
          JsonObject one = client(1, "erp/1");
          assertThat(one.getInt("accepted")).isEqualTo(3);
          assertThat(one.getInt("refused")).isZero();
          assertThat(one.getString("address")).isEqualTo("127.0.0.1");
          assertThat(Instant.parse(one.getString("last_accepted_at")))
              .isBetween(before, control.now());
          assertThat(one.isNull("last_refused_at")).isTrue();
          assertThat(client(1, "erp/2").getInt("accepted")).isEqualTo(1);
        });
    call(key.secret(), "erp/1");
    Eventually.within(SOON, () -> assertThat(client(1, "erp/1").getInt("accepted")).isEqualTo(4));
  }

  @Test
  void clientsOfADeadSecretAreCountedToo() {
    Key second = control.refresh(key, Duration.ZERO);
    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "secret_refreshed"));
    assertThat(call(key.secret(), "late/1")).isEqualTo(401);
    assertThat(call(second.secret(), "new/1")).isEqualTo(200);
    control.revoke(second);
    Eventually.within1s(() -> assertProblem(api.me(second.secret()), 401, "key_revoked"));
    assertThat(call(second.secret(), "leaver/1")).isEqualTo(401);

    Eventually.within(
        SOON,
        () -> {
          assertThat(client(1, "late/1").getInt("refused")).isEqualTo(1);
          assertThat(client(1, "late/1").getInt("accepted")).isZero();
          assertThat(client(1, "late/1").isNull("last_refused_at")).isFalse();
          assertThat(client(2, "new/1").getInt("accepted")).isEqualTo(1);
          assertThat(client(2, "leaver/1").getInt("refused")).isEqualTo(1);
        });
  }

  @Test
  void userAgentIsCutAndEachSecretHasFiftyClientsAndOthers() {
    for (int i = 0; i < 60; i++) {
      call(key.secret(), "agent " + i);
    }
    call(key.secret(), "x".repeat(5_000));

    Eventually.within(
        SOON,
        () -> {
          List<JsonObject> all = clients();
          assertThat(all.stream().mapToInt(c -> c.getInt("accepted")).sum()).isEqualTo(61);
          assertThat(all).hasSize(51);
          assertThat(all).filteredOn(c -> c.isNull("address")).hasSize(1);
          assertThat(all)
              .allSatisfy(
                  c -> assertThat(c.getString("user_agent", "").length()).isLessThanOrEqualTo(200));
        });
  }

  @Test
  void clientsAreForgottenWithTheirSecret() {
    call(key.secret(), "old/1");
    Eventually.within(SOON, () -> client(1, "old/1"));
    control.refresh(key, Duration.ZERO);

    control.turn(Duration.ofDays(31));
    control.refreshDue();

    assertThat(
            control.sql(
                "SELECT 1 FROM client_sighting WHERE api_key_id = '%s' AND number = 1"
                    .formatted(key.id())))
        .isEmpty();
  }
}
