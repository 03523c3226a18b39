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
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys over the API: list, create, read, change, revoke. */
class ApiKeysHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);

  private static String id(JsonObject issued) {
    return issued.getJsonObject("api_key").getString("id");
  }

  @Test
  void keyIsCreatedWithDefaultsAndItsSecretIsInTheAnswerOnly() {
    Answer created = manager.post("", "{\"name\":\"ERP\"}");

    assertThat(created.status()).as(created.body()).isEqualTo(201);
    JsonObject key = created.json().getJsonObject("api_key");
    String secret = created.json().getString("secret");
    assertThat(created.header("Location"))
        .contains(SERVER.uri("/api/v1/api-keys/" + key.getString("id")).toString());
    assertThat(key.getString("name")).isEqualTo("ERP");
    assertThat(key.getString("environment")).isEqualTo("live");
    assertThat(key.getString("status")).isEqualTo("active");
    assertThat(key.getJsonArray("scopes").getValuesAs(JsonString::getString))
        .containsExactly("suppliers:read");
    assertThat(key.getString("refresh_interval")).isEqualTo("PT24H");
    assertThat(key.getString("grace_period")).isEqualTo("PT1H");
    assertThat(key.getInt("secret_number")).isEqualTo(1);
    assertThat(key.getString("created_by")).isEqualTo(manager.key().name());
    assertThat(api.me(secret).status()).isEqualTo(200);
    assertThat(manager.get("/" + key.getString("id")).body()).doesNotContain(secret);
    assertThat(manager.get("").body()).doesNotContain(secret);
  }

  @Test
  void everyMemberIsKept() {
    Instant end =
        control.now().plus(Duration.ofDays(10)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);

    JsonObject key =
        Manager.ok(
                manager.post(
                    "",
                    """
                    {"name":" ERP ","environment":"test","scopes":["suppliers:write","suppliers:read"],
                     "refresh_interval":"P2D","grace_period":"PT90M","expires_at":"%s"}
                    """
                        .formatted(end)),
                201)
            .getJsonObject("api_key");

    assertThat(key.getString("name")).isEqualTo("ERP");
    assertThat(key.getString("environment")).isEqualTo("test");
    assertThat(key.getJsonArray("scopes").getValuesAs(JsonString::getString))
        .containsExactly("suppliers:read", "suppliers:write");
    assertThat(key.getString("refresh_interval")).isEqualTo("PT48H");
    assertThat(key.getString("grace_period")).isEqualTo("PT1H30M");
    assertThat(Instant.parse(key.getString("expires_at"))).isEqualTo(end);
  }

  @Test
  void plannedEndIsKept() {
    Instant end = control.now().plus(Duration.ofHours(30));
    JsonObject created =
        Manager.ok(
            manager.post("", "{\"name\":\"short\",\"expires_at\":\"%s\"}".formatted(end)), 201);
    control.turn(Duration.ofHours(25));
    control.refreshDue();
    assertThat(readAnew(id(created)).getInt("secret_number"))
        .as("refreshed before its end")
        .isEqualTo(2);

    control.turn(Duration.ofHours(24));
    control.refreshDue();

    assertThat(readAnew(id(created)).getInt("secret_number"))
        .as("not refreshed after it")
        .isEqualTo(2);
  }

  /** With a key created just now, for the manager's own has been refreshed with the others. */
  private JsonObject readAnew(String id) {
    return Manager.ok(
        new Manager(SERVER, manager.organisation(), "api-keys:read").get("/" + id), 200);
  }

  @Test
  void listIsPagedTheNewestFirst() {
    List<String> created = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      created.add(0, id(manager.create("key " + i)));
    }
    created.add(manager.key().id());

    List<String> seen = new ArrayList<>();
    String path = "?limit=2&count=true";
    while (!path.isEmpty()) {
      JsonObject list = Manager.ok(manager.get(path), 200);
      list.getJsonArray("data")
          .getValuesAs(JsonObject.class)
          .forEach(k -> seen.add(k.getString("id")));
      JsonObject page = list.getJsonObject("page");
      assertThat(page.getInt("total")).isEqualTo(6);
      path =
          page.getBoolean("has_more")
              ? "?limit=2&count=true&cursor=" + page.getString("next_cursor")
              : "";
    }

    assertThat(seen).containsExactlyElementsOf(created);
  }

  @Test
  void listShowsRevokedKeysOnRequest() {
    String active = id(manager.create("active"));
    String revoked = id(manager.create("revoked"));
    Manager.ok(manager.post("/" + revoked + "/revoke", "{}"), 200);

    assertThat(manager.get("").body()).contains(active).doesNotContain(revoked);
    assertThat(manager.get("?status=revoked").body()).contains(revoked).doesNotContain(active);
    assertThat(manager.get("?status=all").body()).contains(revoked).contains(active);
    assertProblem(manager.get("?status=dead"), 422, "invalid");
    assertProblem(manager.get("?status=living"), 422, "invalid");
    assertProblem(manager.get("?cursor=x"), 422, "invalid");
  }

  @Test
  void keyIsExpiredFromItsPlannedEndUntilItIsRevoked() {
    String end = control.now().plus(Duration.ofHours(1)).toString();
    String active = id(manager.create("active"));
    String expired = id(ending("expired", end));
    String revoked = id(ending("revoked", end));
    assertThat(statuses("").values()).containsOnly("active");
    control.turn(Duration.ofHours(1));
    Manager.ok(manager.post("/" + revoked + "/revoke", "{}"), 200);

    assertThat(statuses("")).containsOnlyKeys(active, manager.key().id());
    assertThat(statuses("?status=active")).doesNotContainKeys(expired, revoked);
    assertThat(statuses("?status=expired")).containsExactly(Map.entry(expired, "expired"));
    assertThat(statuses("?status=revoked")).containsExactly(Map.entry(revoked, "revoked"));
    assertThat(statuses("?status=all"))
        .contains(Map.entry(active, "active"))
        .contains(Map.entry(expired, "expired"))
        .contains(Map.entry(revoked, "revoked"));
    assertThat(manager.get("/" + expired).json().getString("status")).isEqualTo("expired");
    assertThat(
            manager.get("?status=expired&count=true").json().getJsonObject("page").getInt("total"))
        .isEqualTo(1);
    assertProblem(manager.post("", "{\"name\":\"Expired\"}"), 409, "conflict");
  }

  private JsonObject ending(String name, String end) {
    return Manager.ok(
        manager.post("", "{\"name\":\"%s\",\"expires_at\":\"%s\"}".formatted(name, end)), 201);
  }

  /** The states of the keys that a list shows, by the keys' ids. */
  private Map<String, String> statuses(String query) {
    return manager.get(query).json().getJsonArray("data").getValuesAs(JsonObject.class).stream()
        .collect(Collectors.toMap(k -> k.getString("id"), k -> k.getString("status")));
  }

  @Test
  void revokeEndsAKeyForGoodAndMayBeRepeated() {
    JsonObject created = manager.create("leaver");

    JsonObject revoked =
        Manager.ok(
            manager.post("/" + id(created) + "/revoke", "{\"reason\":\"no longer needed\"}"), 200);

    assertThat(revoked.getString("status")).isEqualTo("revoked");
    Eventually.within1s(
        () -> assertProblem(api.me(created.getString("secret")), 401, "key_revoked"));
    assertThat(
            Manager.ok(manager.post("/" + id(created) + "/revoke", "{}"), 200)
                .getString("revoked_at"))
        .isEqualTo(revoked.getString("revoked_at"));
    assertProblem(
        manager.post("/" + id(created) + "/refresh", "{\"replaces\":1}"), 409, "conflict");
    assertProblem(manager.change(id(created), "{\"name\":\"back\"}"), 409, "conflict");
    assertThat(
            control.sql(
                "SELECT details FROM audit_event WHERE action = 'API_KEY_REVOKED' AND subject_id = '%s'"
                    .formatted(id(created))))
        .singleElement()
        .asString()
        .contains("no longer needed");
    assertThat(id(manager.create("leaver"))).as("its name is free").isNotEqualTo(id(created));
  }

  @Test
  void takenNameIsAConflictThatNamesTheHolder() {
    String holder = id(manager.create("Taken"));
    String other = id(manager.create("other"));

    Answer created = manager.post("", "{\"name\":\"tAKEN\"}");
    Answer renamed = manager.change(other, "{\"name\":\"taken\"}");

    assertProblem(created, 409, "conflict");
    assertThat(created.json().getString("id")).isEqualTo(holder);
    assertProblem(renamed, 409, "conflict");
    assertThat(Manager.ok(manager.change(holder, "{\"name\":\"TAKEN\"}"), 200).getString("name"))
        .as("a key's own name is not taken from it")
        .isEqualTo("TAKEN");
  }

  /** The first takes two UTF-16 units each, the second becomes two characters in lower case. */
  @ParameterizedTest
  @ValueSource(strings = {"🔑", "İ"})
  void nameMayHaveAHundredOfAnyCharacter(String character) {
    String name = character.repeat(100);
    String id = id(manager.create("first"));

    JsonObject created = Manager.ok(manager.post("", "{\"name\":\"" + name + "\"}"), 201);

    assertThat(created.getJsonObject("api_key").getString("name")).isEqualTo(name);
    assertThat(manager.get("/" + id(created)).json().getString("name")).isEqualTo(name);
    assertProblem(manager.change(id, "{\"name\":\"" + name + "\"}"), 409, "conflict");
    assertProblem(manager.post("", "{\"name\":\"" + name + "!\"}"), 422, "invalid");
  }

  @Test
  void changeNeedsTheVersionThatWasRead() {
    String id = id(manager.create("versioned"));
    String tag = manager.get("/" + id).header("ETag").orElseThrow();

    assertProblem(manager.patch(id, "{\"name\":\"a\"}"), 428, "precondition_required");
    assertProblem(
        manager.patch(id, "{\"name\":\"a\"}", "If-Match", "nonsense"), 400, "malformed_request");
    assertProblem(
        manager.patch(id, "{\"name\":\"a\"}", "If-Match", "W/" + tag), 412, "precondition_failed");
    Answer changed = manager.patch(id, "{\"name\":\"a\"}", "If-Match", "\"x\", " + tag);
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(changed.header("ETag")).isPresent().isNotEqualTo(java.util.Optional.of(tag));
    assertThat(manager.get("/" + id).header("ETag")).isEqualTo(changed.header("ETag"));
    assertProblem(
        manager.patch(id, "{\"name\":\"b\"}", "If-Match", tag), 412, "precondition_failed");
    assertThat(Manager.ok(manager.get("/" + id), 200).getString("name")).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                   | name
          {"name":null}                                        | name
          {"name":" "}                                         | name
          {"name":7}                                           | name
          {"name":"a","organisation_id":"x"}                   | organisation_id
          {"name":"a","current_number":5}                      | current_number
          {"name":"a","revoked_at":null,"id":"x"}              | id
          {"name":"a","environment":"prod"}                    | environment
          {"name":"a","scopes":"suppliers:read"}               | scopes
          {"name":"a","scopes":["suppliers:read","all"]}       | scopes[1]
          {"name":"a","refresh_interval":"PT59M"}              | refresh_interval
          {"name":"a","refresh_interval":"P91D"}               | refresh_interval
          {"name":"a","refresh_interval":"24h"}                | refresh_interval
          {"name":"a","refresh_interval":3600}                 | refresh_interval
          {"name":"a","refresh_interval":"PT1H0.5S"}           | refresh_interval
          {"name":"a","grace_period":"PT-1H"}                  | grace_period
          {"name":"a","grace_period":"PT24H1S"}                | grace_period
          {"name":"a","refresh_interval":"PT2H","grace_period":"PT3H"} | grace_period
          {"name":"a","expires_at":"2020-01-01T00:00:00Z"}     | expires_at
          {"name":"a","expires_at":"tomorrow"}                 | expires_at
          {"name":"a","expires_at":"+20000-01-01T00:00:00Z"}   | expires_at
          {"name":"a","networks":["10.0.0.1/8"]}               | networks
          {"name":"a","networks":["10.0.0.0/8","example.com"]} | networks
          {"name":"a","networks":"10.0.0.0/8"}                 | networks
          {"name":"a","networks":[5]}                          | networks
          {"name":"a","requests_per_minute":0}                 | requests_per_minute
          {"name":"a","requests_per_minute":60001}             | requests_per_minute
          {"name":"a","requests_per_minute":1.5}               | requests_per_minute
          {"name":"a","burst":5}                               | burst
          {"name":"a","requests_per_minute":5,"burst":0}       | burst
          {"name":"a","requests_per_day":0}                    | requests_per_day
          {"name":"a","requests_per_day":"1"}                  | requests_per_day
          """)
  void wrongMemberOfANewKeyIsInvalidAndNamed(String body, String field) {
    Answer answer = manager.post("", body);

    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
        .extracting(e -> e.getString("field"))
        .contains(field);
    assertThat(Manager.ok(manager.get(""), 200).getJsonArray("data")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"environment\":\"test\"}",
        "{\"expires_at\":\"2020-01-01T00:00:00Z\"}",
        "{\"networks\":[\"10.0.0.1/8\"]}",
        "{\"networks\":\"10.0.0.0/8\"}",
        "{\"requests_per_minute\":0}",
        "{\"burst\":5}",
        "{\"requests_per_day\":-1}",
        "{\"next_refresh_at\":\"2030-01-01T00:00:00Z\"}",
        "{\"grace_period\":\"PT25H\"}",
        "{\"scopes\":[\"root\"]}"
      })
  void wrongMemberOfAChangeIsInvalidAndChangesNothing(String body) {
    String id = id(manager.create("fixed"));
    String before = manager.get("/" + id).body();

    assertProblem(manager.change(id, body), 422, "invalid");

    assertThat(manager.get("/" + id).body()).isEqualTo(before);
  }

  @Test
  void keyOfAnotherOrganisationDoesNotExist() {
    Manager stranger = Manager.ofNewOrganisation(SERVER);
    JsonObject created = manager.create("ours");
    String path = "/" + id(created);
    String before = manager.get(path).body();

    for (String id : List.of(path, "/" + UUID.randomUUID(), "/x")) {
      assertProblem(stranger.get(id), 404, "not_found");
      assertProblem(stranger.get(id + "/usage"), 404, "not_found");
      assertProblem(stranger.change(id.substring(1), "{\"name\":\"theirs\"}"), 404, "not_found");
      assertProblem(stranger.post(id + "/refresh", "{\"replaces\":1}"), 404, "not_found");
      assertProblem(stranger.post(id + "/revoke", "{}"), 404, "not_found");
      assertProblem(stranger.post(id + "/leaked", "{\"reason\":\"x\"}"), 404, "not_found");
    }
    assertThat(stranger.get("?status=all").body()).doesNotContain(id(created));
    assertThat(manager.get(path).body()).isEqualTo(before);
    assertThat(api.me(created.getString("secret")).status()).isEqualTo(200);
  }

  @Test
  void keyGrantsNothingThatItLacks() {
    Manager small = new Manager(SERVER, manager.organisation(), "suppliers:read api-keys:manage");
    String narrow = id(manager.create("narrow"));
    JsonObject wide =
        Manager.ok(manager.post("", "{\"name\":\"wide\",\"scopes\":[\"suppliers:write\"]}"), 201);

    Answer created = small.post("", "{\"name\":\"more\",\"scopes\":[\"suppliers:write\"]}");

    assertProblem(created, 403, "insufficient_scope");
    assertThat(created.json().getString("scope")).isEqualTo("suppliers:write");
    assertProblem(
        small.change(narrow, "{\"scopes\":[\"suppliers:write\"]}"), 403, "insufficient_scope");
    assertProblem(
        small.post("/" + id(wide) + "/refresh", "{\"replaces\":1}"), 403, "insufficient_scope");
    assertProblem(
        small.post("/" + id(wide) + "/leaked", "{\"reason\":\"x\"}"), 403, "insufficient_scope");
    assertThat(Manager.ok(manager.get("/" + narrow), 200).getJsonArray("scopes")).hasSize(1);
    assertThat(api.me(wide.getString("secret")).status()).isEqualTo(200);
    assertThat(small.change(id(wide), "{\"name\":\"renamed\"}").status()).isEqualTo(200);
  }

  @Test
  void changedScopesCountForTheSecretsThatThereAre() {
    Key key = control.key(Control.wish().in(manager.organisation()).scopes("suppliers:read"));
    Key second = control.refresh(key, Duration.ofHours(1));
    Key third = control.refresh(second, Duration.ofHours(1));
    String path = "/api/v1/api-keys";
    assertProblem(api.get(path, third.secret()), 403, "insufficient_scope");

    Manager.ok(manager.change(key.id(), "{\"scopes\":[\"api-keys:read\"]}"), 200);

    Eventually.within1s(() -> assertThat(api.get(path, third.secret()).status()).isEqualTo(200));
    Eventually.within1s(() -> assertThat(api.get(path, second.secret()).status()).isEqualTo(200));
    assertProblem(api.get("/api/v1/suppliers", third.secret()), 403, "insufficient_scope");
    assertProblem(api.me(key.secret()), 401, "secret_refreshed");
    assertThat(
            control.sql(
                "SELECT details FROM audit_event WHERE action = 'API_KEY_SCOPES_CHANGED' AND subject_id = '%s'"
                    .formatted(key.id())))
        .singleElement()
        .asString()
        .contains("suppliers:read")
        .contains("api-keys:read");
  }

  @Test
  void readingScopeChangesNothing() {
    Manager reader = new Manager(SERVER, manager.organisation(), "api-keys:read");
    String id = id(manager.create("read only"));

    assertThat(reader.get("/" + id).status()).isEqualTo(200);
    assertProblem(reader.post("", "{\"name\":\"x\"}"), 403, "insufficient_scope");
    assertProblem(reader.change(id, "{\"name\":\"x\"}"), 403, "insufficient_scope");
    assertProblem(
        reader.post("/" + id + "/refresh", "{\"replaces\":1}"), 403, "insufficient_scope");
    assertProblem(reader.post("/" + id + "/revoke", "{}"), 403, "insufficient_scope");
    assertProblem(
        reader.post("/" + id + "/leaked", "{\"reason\":\"x\"}"), 403, "insufficient_scope");
    assertProblem(reader.post("/self/refresh", "{\"replaces\":1}"), 403, "insufficient_scope");
  }

  @Test
  void bodyMustBeAnObject() {
    for (String body : List.of("", "[]", "null", "{\"name\":\"a\",\"name\":\"b\"}", "{")) {
      assertProblem(manager.post("", body), 400, "malformed_request");
    }
  }
}
