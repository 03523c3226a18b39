package io.keyturn.apikey.rest;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refreshing over the API: by a manager, by the key itself, and because a secret leaked. */
class ApiRefreshHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);

  private Key key(String scopes) {
    return control.key(Control.wish().in(manager.organisation()).scopes(scopes));
  }

  private Answer refresh(Key key, String body) {
    return manager.post("/" + key.id() + "/refresh", body);
  }

  private Answer self(String secret, String body) {
    return manager.as(secret, "/self/refresh", body);
  }

  private static String secret(Answer answer) {
    return Manager.ok(answer, 200).getString("secret");
  }

  private static Instant until(Answer me) {
    return Instant.parse(me.json().getString("secret_expires_at"));
  }

  @Test
  void refreshGivesTheNextSecretAndKeepsTheOldOneForItsGracePeriod() {
    Key key = key("suppliers:read");
    Instant before = control.now();

    Answer answer = refresh(key, "{\"replaces\":1,\"grace_period\":\"PT2H\"}");

    JsonObject now = Manager.ok(answer, 200).getJsonObject("api_key");
    assertThat(now.getInt("secret_number")).isEqualTo(2);
    assertThat(Instant.parse(now.getString("old_secret_expires_at")))
        .isBetween(before.plus(Duration.ofHours(2)), control.now().plus(Duration.ofHours(2)));
    assertThat(api.me(secret(answer)).json().getInt("secret_number")).isEqualTo(2);
    Eventually.within1s(
        () -> assertThat(api.me(key.secret()).header("X-API-Key-Retired-At")).isPresent());
  }

  @Test
  void keysOwnGracePeriodIsTheDefault() {
    Key key = control.key(Control.wish().in(manager.organisation()).policy("PT24H", "PT3H"));
    Instant before = control.now();

    refresh(key, "{\"replaces\":1}");

    Eventually.within1s(
        () ->
            assertThat(until(api.me(key.secret())))
                .isBetween(
                    before.plus(Duration.ofHours(3)), control.now().plus(Duration.ofHours(3))));
  }

  @Test
  void replicasThatNameTheSameNumberGetTheSameSuccessor() throws Exception {
    Key key = key("suppliers:read api-keys:refresh-self");
    ExecutorService replicas = Executors.newFixedThreadPool(20);
    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      boolean itself = i % 2 == 0;
      answers.add(
          replicas.submit(
              () ->
                  itself
                      ? self(key.secret(), "{\"replaces\":1,\"grace_period\":\"PT1H\"}")
                      : refresh(key, "{\"replaces\":1,\"grace_period\":\"PT1H\"}")));
    }
    List<String> secrets = new ArrayList<>();
    for (Future<Answer> answer : answers) {
      secrets.add(secret(answer.get()));
    }
    replicas.shutdown();

    assertThat(Set.copyOf(secrets)).hasSize(1);
    assertThat(api.me(secrets.get(0)).json().getInt("secret_number")).isEqualTo(2);
    assertThat(
            control.sql(
                "SELECT number FROM credential WHERE api_key_id = '%s'".formatted(key.id())))
        .hasSize(2);
  }

  @Test
  void answerNeverPairsASecretWithTheNumberOfAnother() throws Exception {
    Key key = key("suppliers:read");
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      String body = "{\"replaces\":%d}".formatted(i);
      answers.add(
          clients.submit(
              () -> {
                Answer answer = refresh(key, body);
                while (answer.status() == 422) {
                  answer = refresh(key, body);
                }
                return answer;
              }));
    }
    for (int i = 1; i <= 40; i++) {
      JsonObject issued = Manager.ok(answers.get(i - 1).get(), 200);
      String secret = issued.getString("secret");
      JsonObject now = issued.getJsonObject("api_key");
      assertThat(now.getInt("secret_number")).isEqualTo(i + 1);
      assertThat(now.getString("secret_masked")).endsWith(secret.substring(secret.length() - 4));
    }
    clients.shutdown();
  }

  @Test
  void headersOfARefreshAreThoseOfTheSecretThatWasSentAsItIsNow() {
    Key key = key("suppliers:read api-keys:refresh-self");
    Instant before = control.now().truncatedTo(ChronoUnit.SECONDS);

    Answer kept = self(key.secret(), "{\"replaces\":1,\"grace_period\":\"PT2H\"}");
    Answer stopped = self(secret(kept), "{\"replaces\":2,\"grace_period\":\"PT0S\"}");

    assertThat(time(kept, "X-API-Key-Retired-At")).isBetween(before, control.now());
    assertThat(time(kept, "X-API-Key-Expires-At"))
        .isEqualTo(time(kept, "X-API-Key-Retired-At").plus(Duration.ofHours(2)));
    assertThat(time(stopped, "X-API-Key-Retired-At")).isBetween(before, control.now());
    assertThat(stopped.header("X-API-Key-Expires-At"))
        .isEqualTo(stopped.header("X-API-Key-Retired-At"));

    Answer ofAnother = refresh(key, "{\"replaces\":3}");
    assertThat(ofAnother.header("X-API-Key-Retired-At")).isEmpty();
    assertThat(ofAnother.header("X-API-Key-Expires-At"))
        .isEqualTo(api.me(manager.key().secret()).header("X-API-Key-Expires-At"));
  }

  private static Instant time(Answer answer, String header) {
    return Instant.parse(answer.header(header).orElseThrow());
  }

  @Test
  void numberOfHistoryIsAConflictThatNamesTheCurrentOne() {
    Key key = key("suppliers:read");
    refresh(key, "{\"replaces\":1}");
    refresh(key, "{\"replaces\":2}");

    Answer answer = refresh(key, "{\"replaces\":1}");

    assertProblem(answer, 409, "conflict");
    assertThat(answer.json().getInt("current_number")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                       | replaces
          {"replaces":null}                        | replaces
          {"replaces":0}                           | replaces
          {"replaces":2}                           | replaces
          {"replaces":-1}                          | replaces
          {"replaces":1.5}                         | replaces
          {"replaces":99999999999}                 | replaces
          {"replaces":"1"}                         | replaces
          {"replaces":1,"grace_period":"PT25H"}    | grace_period
          {"replaces":1,"grace_period":"-PT1S"}    | grace_period
          {"replaces":1,"grace_period":"1h"}       | grace_period
          {"replaces":1,"secret":"mine"}           | secret
          """)
  void wrongMemberIsInvalidAndRefreshesNothing(String body, String field) {
    Key key = key("suppliers:read api-keys:refresh-self");

    for (Answer answer : List.of(refresh(key, body), self(key.secret(), body))) {
      assertProblem(answer, 422, "invalid");
      assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
          .isEqualTo(field);
    }

    assertThat(api.me(key.secret()).json().getInt("secret_number")).isEqualTo(1);
    assertThat(api.me(key.secret()).header("X-API-Key-Retired-At")).isEmpty();
  }

  @Test
  void twoReplicasLiveThroughTenRefreshesOfTheirOwn() {
    Key key = key("suppliers:read api-keys:refresh-self");
    String one = key.secret();
    String two = key.secret();
    for (int number = 1; number <= 10; number++) {
      String body = "{\"replaces\":%d,\"grace_period\":\"PT1H\"}".formatted(number);
      one = secret(self(one, body));
      assertThat(api.me(two).status()).as("the other goes on with its own").isEqualTo(200);
      two = secret(self(two, body));
      assertThat(two).isEqualTo(one);
    }
  }

  @Test
  void secretInItsGracePeriodFetchesItsSuccessorButEndsNone() {
    Key key = key("suppliers:read api-keys:refresh-self");
    String second = secret(self(key.secret(), "{\"replaces\":1}"));

    assertProblem(self(key.secret(), "{\"replaces\":2}"), 422, "invalid");

    assertThat(api.me(second).json().getInt("secret_number")).isEqualTo(2);
    assertThat(api.me(second).header("X-API-Key-Retired-At")).isEmpty();
  }

  @Test
  void strictOrganisationSaysWhyASuccessorIsNotRepeated() {
    control.sql(
        "UPDATE organisation SET strict = TRUE WHERE domain = '%s'"
            .formatted(manager.organisation()));
    Key key = key("suppliers:read api-keys:refresh-self");
    String second = secret(self(key.secret(), "{\"replaces\":1}"));

    Answer again = self(key.secret(), "{\"replaces\":1}");

    assertProblem(again, 409, "conflict");
    assertThat(again.json().getString("detail")).contains("keeps no secrets");
    assertThat(again.json().getInt("current_number")).isEqualTo(2);
    assertThat(api.me(second).status()).isEqualTo(200);
  }

  @Test
  void strictOrganisationsKeyLivesThroughTheAutomaticRefreshByItself() {
    control.sql(
        "UPDATE organisation SET strict = TRUE WHERE domain = '%s'"
            .formatted(manager.organisation()));
    Key key = key("suppliers:read api-keys:refresh-self");
    String secret = key.secret();
    int number = 1;
    for (int day = 0; day < 3; day++) {
      control.turn(Duration.ofHours(24).plusMinutes(1));
      control.refreshDue();
      assertThat(api.me(secret).json().getInt("secret_number")).isEqualTo(number);
      assertProblem(
          self(secret, "{\"replaces\":%d,\"grace_period\":\"PT25H\"}".formatted(number)),
          422,
          "invalid");

      Answer answer = self(secret, "{\"replaces\":%d}".formatted(number));

      String before = secret;
      secret = secret(answer);
      number += 2;
      assertThat(answer.json().getJsonObject("api_key").getInt("secret_number")).isEqualTo(number);
      assertThat(api.me(secret).json().getInt("secret_number")).isEqualTo(number);
      Eventually.within1s(() -> assertProblem(api.me(before), 401, "secret_refreshed"));
      assertThat(accepted(key)).as("never three").isEqualTo(2);
    }

    Answer again = self(secret, "{\"replaces\":%d}".formatted(number - 1));
    assertProblem(again, 409, "conflict");
    assertThat(
            control
                .sql(
                    "SELECT cause FROM credential WHERE api_key_id = '%s' ORDER BY number"
                        .formatted(key.id()))
                .stream()
                .map(row -> row.getString("cause")))
        .containsExactly(
            "CREATED", "AUTOMATIC", "MANUAL", "AUTOMATIC", "MANUAL", "AUTOMATIC", "MANUAL");
  }

  @Test
  void strictOrganisationsSecretOfUnknownCauseIsNotIssuedOnceMore() {
    control.sql(
        "UPDATE organisation SET strict = TRUE WHERE domain = '%s'"
            .formatted(manager.organisation()));
    Key key = key("suppliers:read api-keys:refresh-self");
    control.turn(Duration.ofHours(24).plusMinutes(1));
    control.refreshDue();
    control.sql(
        "UPDATE credential SET cause = 'UNKNOWN' WHERE api_key_id = '%s' AND number = 2"
            .formatted(key.id()));

    assertProblem(self(key.secret(), "{\"replaces\":1}"), 409, "conflict");
  }

  private int accepted(Key key) {
    return control
        .sql(
            "SELECT number FROM credential WHERE api_key_id = '%s' AND accepted_until > '%s'"
                .formatted(key.id(), control.now()))
        .size();
  }

  @Test
  void expiredKeyIsNotRefreshed() {
    Key key = key("suppliers:read");
    control.sql("UPDATE api_key SET expires_at = created_at WHERE id = '%s'".formatted(key.id()));

    assertProblem(refresh(key, "{\"replaces\":1}"), 409, "conflict");
  }

  @Test
  void leakedKeyHasNoSecretButTheNewOne() {
    Key first = key("suppliers:read");
    Key second = control.refresh(first, Duration.ofHours(5));

    Answer answer =
        manager.post("/" + first.id() + "/leaked", "{\"reason\":\"pasted into a ticket\"}");

    String third = secret(answer);
    Eventually.within1s(() -> assertProblem(api.me(first.secret()), 401, "secret_refreshed"));
    Eventually.within1s(() -> assertProblem(api.me(second.secret()), 401, "secret_refreshed"));
    assertThat(api.me(third).json().getInt("secret_number")).isEqualTo(3);
    List<String> actions =
        control
            .sql(
                "SELECT action, details FROM audit_event WHERE subject_id = '%s' ORDER BY sequence"
                    .formatted(first.id()))
            .stream()
            .map(row -> row.getString("action") + " " + row.getString("details"))
            .collect(Collectors.toList());
    assertThat(actions).hasSize(4);
    assertThat(actions.get(2))
        .startsWith("API_KEY_LEAKED")
        .contains("\"number\":\"2\"")
        .contains("pasted into a ticket");
    assertThat(actions.get(3)).startsWith("API_KEY_REFRESHED").contains("leaked");
  }

  @Test
  void leakNeedsAReason() {
    Key key = key("suppliers:read");

    for (String body :
        List.of(
            "{}",
            "{\"reason\":\" \"}",
            "{\"reason\":\"" + "x".repeat(501) + "\"}",
            "{\"why\":\"x\"}")) {
      assertProblem(manager.post("/" + key.id() + "/leaked", body), 422, "invalid");
    }
    assertThat(api.me(key.secret()).json().getInt("secret_number")).isEqualTo(1);
  }

  @Test
  void answersWithASecretAreNotCached() {
    Key key = key("suppliers:read");

    assertThat(refresh(key, "{\"replaces\":1}").header("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @CsvSource({
    "self/refresh,leaked",
    "%s/refresh,leaked",
    "%s/leaked,leaked",
    "self/refresh,refresh"
  })
  void secretThatWasJustStoppedFetchesNoOther(String path, String stop) {
    for (int i = 0; i < 3; i++) {
      Key key = key("suppliers:read api-keys:manage api-keys:refresh-self");
      assertThat(api.me(key.secret()).status()).as("believed from now on").isEqualTo(200);
      String reason = "{\"reason\":\"pasted into a ticket\"}";
      String dead = stop.equals("leaked") ? reason : "{\"replaces\":1,\"grace_period\":\"PT0S\"}";
      String next = secret(manager.post("/" + key.id() + "/" + stop, dead));

      Answer answer =
          manager.as(
              key.secret(),
              "/" + path.formatted(key.id()),
              path.endsWith("leaked") ? reason : "{\"replaces\":1}");

      assertProblem(answer, 401, "secret_refreshed");
      assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("invalid_token");
      assertThat(api.me(next).json().getInt("secret_number")).isEqualTo(2);
      assertThat(api.me(next).header("X-API-Key-Retired-At")).isEmpty();
    }
  }
}
