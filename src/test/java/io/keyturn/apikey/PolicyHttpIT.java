package io.keyturn.apikey;

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
import org.junit.jupiter.api.Test;

/** When a key refreshes itself: on its own clock, by a policy that can be changed. */
class PolicyHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);

  private JsonObject read(Key key) {
    return Manager.ok(
        new Manager(SERVER, manager.organisation(), "api-keys:read").get("/" + key.id()), 200);
  }

  private static Instant time(JsonObject key, String member) {
    return Instant.parse(key.getString(member));
  }

  private Key key(String interval, String grace) {
    return control.key(Control.wish().in(manager.organisation()).policy(interval, grace));
  }

  @Test
  void dueTimesFollowTheKeysOwnClockHoweverLateTheBatchRan() {
    Key key = key("PT5H", "PT1H");
    Instant created = time(read(key), "created_at");

    control.turn(Duration.ofHours(13));
    control.refreshDue();

    JsonObject late = read(key);
    assertThat(late.getInt("secret_number")).isEqualTo(2);
    assertThat(time(late, "next_refresh_at")).isEqualTo(created.plus(Duration.ofHours(15)));
    assertThat(time(late, "secret_expires_at")).isEqualTo(created.plus(Duration.ofHours(16)));
  }

  @Test
  void changedPolicyCountsForTheCurrentSecretAtOnceAndIsAudited() {
    Key key = key("PT24H", "PT1H");
    Instant created = time(read(key), "created_at");
    control.turn(Duration.ofHours(7));
    Manager now = new Manager(SERVER, manager.organisation(), "api-keys:manage suppliers:read");

    JsonObject changed =
        Manager.ok(
            now.change(key.id(), "{\"refresh_interval\":\"PT3H\",\"grace_period\":\"PT2H\"}"), 200);

    assertThat(changed.getString("refresh_interval")).isEqualTo("PT3H");
    assertThat(changed.getString("grace_period")).isEqualTo("PT2H");
    assertThat(time(changed, "next_refresh_at")).isEqualTo(created.plus(Duration.ofHours(9)));
    assertThat(time(changed, "secret_expires_at")).isEqualTo(created.plus(Duration.ofHours(11)));
    Eventually.within1s(
        () -> {
          Answer me = api.me(key.secret());
          assertThat(me.status()).as(me.body()).isEqualTo(200);
          assertThat(time(me.json(), "next_refresh_at"))
              .isEqualTo(created.plus(Duration.ofHours(9)));
          assertThat(time(me.json(), "secret_expires_at"))
              .isEqualTo(created.plus(Duration.ofHours(11)));
        });
    assertThat(
            control.sql(
                "SELECT details FROM audit_event WHERE action = 'API_KEY_POLICY_CHANGED' AND subject_id = '%s'"
                    .formatted(key.id())))
        .singleElement()
        .asString()
        .contains("PT24H")
        .contains("PT3H")
        .contains("PT1H")
        .contains("PT2H");
  }

  @Test
  void keyRefreshesByItsNewPolicy() {
    Key key = key("P90D", "PT0S");
    control.turn(Duration.ofDays(2));
    control.refreshDue();
    assertThat(read(key).getInt("secret_number")).isEqualTo(1);

    Manager now = new Manager(SERVER, manager.organisation(), "api-keys:manage suppliers:read");
    Manager.ok(now.change(key.id(), "{\"refresh_interval\":\"PT1H\"}"), 200);
    control.turn(Duration.ofMinutes(61));
    control.refreshDue();

    assertThat(read(key).getInt("secret_number")).isEqualTo(2);
    assertProblem(api.me(key.secret()), 401, "secret_refreshed");
  }

  @Test
  void changedPolicyRevivesNoSecretThatHasEnded() {
    Key key = key("PT24H", "PT1H");
    control.awayFromTheMinute();
    control.turn(Duration.ofHours(26));
    assertProblem(api.me(key.secret()), 401, "secret_expired");
    Manager now = new Manager(SERVER, manager.organisation(), "api-keys:manage suppliers:read");

    JsonObject changed =
        Manager.ok(
            now.change(key.id(), "{\"refresh_interval\":\"PT40H\",\"grace_period\":\"PT9H\"}"),
            200);

    assertThat(changed.getInt("secret_number")).isEqualTo(2);
    assertThat(time(changed, "next_refresh_at"))
        .isEqualTo(time(changed, "created_at").plus(Duration.ofHours(40)));
    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "secret_refreshed"));
    assertThat(api.me(control.reveal(key).secret()).status()).isEqualTo(200);
    assertThat(
            control.sql(
                "SELECT details FROM audit_event WHERE action = 'API_KEY_REFRESHED' AND actor_type = 'SYSTEM' AND subject_id = '%s'"
                    .formatted(key.id())))
        .singleElement()
        .asString()
        .contains("automatic");
  }

  @Test
  void changedPolicyLeavesOutNoRefreshThatIsDue() {
    Key key = key("PT24H", "PT1H");
    control.awayFromTheMinute();
    control.turn(Duration.ofHours(24).plusMinutes(10));
    Manager now = new Manager(SERVER, manager.organisation(), "api-keys:manage suppliers:read");

    JsonObject changed = Manager.ok(now.change(key.id(), "{\"refresh_interval\":\"PT40H\"}"), 200);

    assertThat(changed.getInt("secret_number")).isEqualTo(2);
    assertThat(time(changed, "old_secret_expires_at"))
        .as("as it was promised")
        .isEqualTo(time(changed, "created_at").plus(Duration.ofHours(25)));
    Eventually.within1s(
        () -> assertThat(api.me(key.secret()).header("X-API-Key-Retired-At")).isPresent());
    assertThat(api.me(key.secret()).status()).isEqualTo(200);
  }

  @Test
  void changedPolicyCutsNoGracePeriodThatWasPromised() {
    Key first = key("PT24H", "PT1H");
    Key second = control.refresh(first, Duration.ofHours(20));
    Manager now = new Manager(SERVER, manager.organisation(), "api-keys:manage suppliers:read");

    Manager.ok(
        now.change(first.id(), "{\"refresh_interval\":\"PT1H\",\"grace_period\":\"PT0S\"}"), 200);
    control.turn(Duration.ofHours(19));
    control.refreshDue();

    assertThat(api.me(first.secret()).status()).isEqualTo(200);
    assertThat(api.me(second.secret()).status()).isEqualTo(200);
  }

  @Test
  void gracePeriodIsNeverLongerThanTheInterval() {
    Key key = key("PT24H", "PT12H");

    Answer answer = manager.change(key.id(), "{\"refresh_interval\":\"PT6H\"}");

    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("grace_period");
  }

  @Test
  void noChangeIsNoChange() {
    Key key = key("PT24H", "PT1H");
    JsonObject before = read(key);

    Manager.ok(
        manager.change(
            key.id(),
            "{\"name\":\"%s\",\"refresh_interval\":\"P1D\",\"scopes\":[\"suppliers:read\"]}"
                .formatted(key.name())),
        200);

    assertThat(read(key)).isEqualTo(before);
    assertThat(
            control.sql(
                "SELECT action FROM audit_event WHERE subject_id = '%s'".formatted(key.id())))
        .hasSize(1);
  }
}
