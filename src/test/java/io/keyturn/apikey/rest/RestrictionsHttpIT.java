package io.keyturn.apikey.rest;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What narrows a key, and that it does. */
class RestrictionsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  /** What may be done with it is limited in each way. */
  private static final String NARROW =
      """
      {"environment":"test","networks":["127.0.0.1"],"requests_per_minute":600,"burst":100,
       "requests_per_day":10000,"scopes":["api-keys:manage","api-keys:read","suppliers:read"]}\
      """;

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);

  private JsonObject create(String members) {
    return Manager.ok(manager.post("", "{\"name\":\"narrow\"," + members + "}"), 201);
  }

  private static String id(JsonObject created) {
    return created.getJsonObject("api_key").getString("id");
  }

  private JsonObject change(JsonObject created, String body) {
    return Manager.ok(manager.change(id(created), body), 200);
  }

  private static List<String> networks(JsonObject key) {
    return key.getJsonArray("networks").getValuesAs(JsonString::getString);
  }

  @Test
  void restrictionsAreKeptAndNullTakesThemAway() {
    String end = control.now().plus(Duration.ofDays(9)).toString();
    JsonObject created =
        create(
            """
            "environment":"test","networks":["192.0.2.0/24","2001:DB8::/32"],"expires_at":"%s",
            "requests_per_minute":60,"burst":10,"requests_per_day":1000
            """
                .formatted(end));
    JsonObject key = created.getJsonObject("api_key");

    assertThat(created.getString("secret")).startsWith("kt_test_");
    assertThat(networks(key)).containsExactly("192.0.2.0/24", "2001:db8::/32");
    assertThat(key.getInt("requests_per_minute")).isEqualTo(60);
    assertThat(key.getInt("burst")).isEqualTo(10);
    assertThat(key.getInt("requests_per_day")).isEqualTo(1000);
    JsonObject same = change(created, "{\"name\":\"narrower\"}");
    assertThat(networks(same)).hasSize(2);
    assertThat(same.getString("expires_at")).isEqualTo(end);
    assertThat(same.getInt("burst")).isEqualTo(10);

    JsonObject free =
        change(
            created,
            """
            {"networks":null,"expires_at":null,"requests_per_minute":null,"burst":null,
             "requests_per_day":null}
            """);

    assertThat(networks(free)).isEmpty();
    for (String name : List.of("expires_at", "requests_per_minute", "burst", "requests_per_day")) {
      assertThat(free.isNull(name)).as(name).isTrue();
    }
    assertThat(
            control.sql(
                "SELECT details FROM audit_event WHERE action = 'API_KEY_RESTRICTED' AND subject_id = '%s'"
                    .formatted(id(created))))
        .singleElement()
        .asString()
        .contains("192.0.2.0/24 2001:db8::/32");
  }

  @Test
  void keyIsRefusedFromOtherNetworksAndAcceptedFromItsOwn() {
    JsonObject created = create("\"networks\":[\"192.0.2.0/24\",\"2001:db8::/32\"]");
    String secret = created.getString("secret");

    Answer refused = api.me(secret);
    assertProblem(refused, 403, "network_not_allowed");
    assertTellsItsEndAndItsLimits(refused);
    assertThat(refused.header("RateLimit").orElse(""))
        .as("it takes nothing")
        .startsWith("\"minute\";r=6000;");
    assertProblem(
        api.send("GET", "/api/v1/me", "X-API-Key", secret, "X-Forwarded-For", "192.0.2.7"),
        403,
        "network_not_allowed");
    change(created, "{\"networks\":[\"127.0.0.1\",\"::1\"]}");
    Eventually.within1s(() -> assertThat(api.me(secret).status()).isEqualTo(200));
    change(created, "{\"networks\":[\"10.0.0.0/8\"]}");
    Eventually.within1s(() -> assertProblem(api.me(secret), 403, "network_not_allowed"));
    Eventually.within(
        Duration.ofSeconds(20),
        () ->
            assertThat(
                    Manager.ok(manager.get("/" + id(created) + "/usage"), 200)
                        .getJsonArray("clients")
                        .getValuesAs(JsonObject.class)
                        .stream()
                        .mapToInt(client -> client.getInt("refused"))
                        .sum())
                .isGreaterThanOrEqualTo(3));
  }

  private static void assertTellsItsEndAndItsLimits(Answer answer) {
    for (String header : List.of("X-API-Key-Expires-At", "RateLimit", "RateLimit-Policy")) {
      assertThat(answer.headers().allValues(header)).as(header).hasSize(1);
    }
  }

  @Test
  void refusedSecretInItsGracePeriodIsToldThatToo() {
    JsonObject created = create("\"requests_per_minute\":1");
    Manager.ok(
        manager.post("/" + id(created) + "/refresh", "{\"replaces\":1,\"grace_period\":\"PT10M\"}"),
        200);

    Eventually.within1s(
        () ->
            assertThat(api.me(created.getString("secret")).header("X-API-Key-Retired-At"))
                .isPresent());
    Answer refused = api.me(created.getString("secret"));

    assertProblem(refused, 429, "rate_limited");
    assertTellsItsEndAndItsLimits(refused);
    assertThat(refused.headers().allValues("X-API-Key-Retired-At")).hasSize(1);
  }

  @Test
  void burstAndDayAreCountedAndToldOnEachAnswer() {
    JsonObject created = create("\"requests_per_minute\":1,\"burst\":3,\"requests_per_day\":100");
    String secret = created.getString("secret");

    Answer first = api.me(secret);
    api.me(secret);
    assertThat(api.me(secret).status()).isEqualTo(200);
    Answer refused = api.me(secret);

    assertThat(first.header("RateLimit-Policy"))
        .contains("\"minute\";q=1;w=60, \"day\";q=100;w=86400");
    assertThat(first.header("RateLimit").orElse(""))
        .matches("\"minute\";r=1;t=[0-9]+, \"day\";r=99;t=[0-9]+");
    assertProblem(refused, 429, "rate_limited");
    assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow())).isBetween(1, 61);
    assertThat(refused.header("RateLimit").orElse(""))
        .matches("\"minute\";r=0;t=[0-9]+, \"day\";r=97;t=[0-9]+");
    assertTellsItsEndAndItsLimits(refused);
    change(created, "{\"requests_per_minute\":null,\"burst\":null}");
    Eventually.within1s(
        () ->
            assertThat(api.me(secret).header("RateLimit-Policy").orElse(""))
                .startsWith("\"minute\";q=6000;w=60"));
  }

  @Test
  void burstIsNoMoreThanWhatAnHourLetsThrough() {
    Answer refused =
        manager.post("", "{\"name\":\"large\",\"requests_per_minute\":5,\"burst\":301}");
    assertProblem(refused, 422, "invalid");
    assertThat(refused.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("burst");
    assertThat(refused.json().getString("detail")).contains("300");

    JsonObject created = create("\"requests_per_minute\":5,\"burst\":300");
    assertProblem(manager.change(id(created), "{\"requests_per_minute\":4}"), 422, "invalid");
    assertThat(change(created, "{\"requests_per_minute\":4,\"burst\":240}").getInt("burst"))
        .isEqualTo(240);
  }

  @Test
  void dayThatIsSpentIsRefusedUntilItsEnd() {
    String secret = create("\"requests_per_day\":2").getString("secret");
    api.me(secret);
    api.me(secret);

    Answer refused = api.me(secret);

    assertProblem(refused, 429, "rate_limited");
    assertThat(refused.json().getString("detail")).contains("2 requests a day");
    long untilMidnight = 86_400 - Math.floorMod(control.now().getEpochSecond(), 86_400);
    assertThat(Long.parseLong(refused.header("Retry-After").orElseThrow()))
        .isBetween(untilMidnight, untilMidnight + 30);
  }

  @Test
  void plannedEndIsMovedWhileTheKeyLivesAndIsFinalWhenItHasCome() {
    JsonObject created =
        create("\"expires_at\":\"" + control.now().plus(Duration.ofDays(5)) + "\"");
    Instant later = control.now().plus(Duration.ofHours(3));

    JsonObject sooner = change(created, "{\"expires_at\":\"" + later + "\"}");

    assertThat(Instant.parse(sooner.getString("secret_expires_at"))).isEqualTo(later);
    assertThat(api.me(created.getString("secret")).status()).isEqualTo(200);
    JsonObject longer = change(created, "{\"expires_at\":null}");
    assertThat(Instant.parse(longer.getString("secret_expires_at"))).isAfter(later);
    change(created, "{\"expires_at\":\"" + later + "\"}");
    control.turn(Duration.ofHours(3));
    assertProblem(api.me(created.getString("secret")), 401, "key_expired");
    Manager now = new Manager(SERVER, manager.organisation(), "api-keys:manage suppliers:read");
    assertProblem(now.change(id(created), "{\"expires_at\":null}"), 409, "conflict");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"networks\":null",
        "\"networks\":[\"127.0.0.0/8\"]",
        "\"requests_per_minute\":601,\"burst\":100",
        "\"requests_per_minute\":null,\"burst\":null",
        "\"burst\":101",
        "\"requests_per_day\":null",
        "\"requests_per_day\":10001",
        "\"expires_at\":null",
        "\"expires_at\":\"2999-01-01T00:00:00Z\"",
        "\"environment\":\"live\""
      })
  void keyGivesNeitherItselfNorAnotherMoreThanItHas(String wider) {
    JsonObject narrow = Json.createReader(new StringReader(NARROW)).readObject();
    String end = control.now().plus(Duration.ofDays(9)).toString();
    JsonObject created =
        create("\"expires_at\":\"" + end + "\"," + NARROW.substring(1, NARROW.length() - 1));
    String secret = created.getString("secret");
    JsonObjectBuilder child = Json.createObjectBuilder(narrow).add("name", "child");
    child.remove("scopes");
    child.add("expires_at", end);
    Json.createReader(new StringReader("{" + wider + "}")).readObject().forEach(child::add);

    Answer refused = manager.as(secret, "", child.build().toString());

    assertProblem(refused, 403, "forbidden");
    assertThat(wider).startsWith("\"" + refused.json().getString("field"));
    if (!wider.startsWith("\"environment")) {
      assertProblem(patch(secret, id(created), "{" + wider + "}"), 403, "forbidden");
    }
    child.add("name", "like itself").add("environment", "test");
    narrow.forEach((name, value) -> child.add(name, value));
    child.add("expires_at", end).add("scopes", Json.createArrayBuilder().add("suppliers:read"));
    Manager.ok(manager.as(secret, "", child.build().toString()), 201);
    assertThat(patch(secret, id(created), "{\"requests_per_day\":9999}").status()).isEqualTo(200);
  }

  private Answer patch(String secret, String id, String body) {
    return api.send(
        "PATCH",
        "/api/v1/api-keys/" + id,
        BodyPublishers.ofString(body),
        "Authorization",
        "Bearer " + secret,
        "Content-Type",
        "application/json",
        "If-Match",
        "*");
  }
}
