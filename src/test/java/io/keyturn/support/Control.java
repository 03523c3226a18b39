package io.keyturn.support;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The controls that the test WAR has beside the application. */
public final class Control {
  private final Api api;

  public Control(Api api) {
    this.api = api;
  }

  /** A key of an organisation with its current secret. */
  public record Key(
      String organisation, String id, String name, int number, String secret, Instant until) {}

  /** What a key is created with; {@code null}s are not needed, for {@link #key()} has defaults. */
  public record Wish(
      String organisation,
      String name,
      String environment,
      String scopes,
      String interval,
      String grace) {

    public Wish in(String other) {
      return new Wish(other, name, environment, scopes, interval, grace);
    }

    public Wish named(String other) {
      return new Wish(organisation, other, environment, scopes, interval, grace);
    }

    public Wish environment(String other) {
      return new Wish(organisation, name, other, scopes, interval, grace);
    }

    public Wish scopes(String other) {
      return new Wish(organisation, name, environment, other, interval, grace);
    }

    public Wish policy(String newInterval, String newGrace) {
      return new Wish(organisation, name, environment, scopes, newInterval, newGrace);
    }
  }

  /** A key in {@code demo} that may read suppliers and has the default refresh policy. */
  public static Wish wish() {
    return new Wish("demo", "key " + UUID.randomUUID(), "live", "suppliers:read", "PT24H", "PT1H");
  }

  /** Creates a key with defaults. */
  public Key key() {
    return key(wish());
  }

  /** Creates a key. */
  public Key key(Wish wish) {
    return issued(wish.organisation(), wish.name(), answer(tryKey(wish)));
  }

  /** Creates a key and answers whatever comes. */
  public Api.Answer tryKey(Wish wish) {
    return send("key", parameters(wish));
  }

  /** Creates many keys with defaults. */
  public void keys(String organisation, int count) {
    call("keys", Map.of("organisation", organisation, "count", Integer.toString(count)));
  }

  private static Map<String, String> parameters(Wish wish) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("organisation", wish.organisation());
    parameters.put("name", wish.name());
    parameters.put("environment", wish.environment());
    parameters.put("scopes", wish.scopes());
    parameters.put("interval", wish.interval());
    parameters.put("grace", wish.grace());
    return parameters;
  }

  private static Key issued(String organisation, String name, JsonObject json) {
    return new Key(
        organisation,
        json.getString("id"),
        name,
        json.getInt("number"),
        json.getString("secret"),
        Instant.parse(json.getString("accepted_until")));
  }

  /** Creates many keys, in turn in each of new organisations. It may go on when this returns. */
  public Api.Answer bulk(int organisations, int count) {
    return send(
        "bulk",
        Map.of("organisations", Integer.toString(organisations), "count", Integer.toString(count)));
  }

  /** Refreshes what is due at that time by plain JDBC, past the application. */
  public JsonObject bareRefresh(Instant at) {
    return call("bare-refresh", Map.of("at", at.toString()));
  }

  /** Refreshes the key's number with a grace period; answers the key with the new secret. */
  public Key refresh(Key key, Duration grace) {
    return issued(key.organisation(), key.name(), answer(tryRefresh(key, key.number(), grace)));
  }

  /** Refreshes and answers whatever comes. */
  public Api.Answer tryRefresh(Key key, int replaces, Duration grace) {
    return send(
        "refresh",
        Map.of(
            "organisation", key.organisation(),
            "key", key.id(),
            "replaces", Integer.toString(replaces),
            "grace", grace.toString()));
  }

  /** How often Hibernate has run queries that begin with this text, since this was first asked. */
  public int queries(String begin) {
    return call("queries", Map.of("begin", begin)).getInt("count");
  }

  /**
   * What Hibernate has done since this was first asked.
   *
   * @param prepared statements
   * @param translated queries whose plan was not in the cache
   */
  public record Statements(int prepared, int translated) {}

  /** What Hibernate has done since this was first asked. */
  public Statements statements() {
    JsonObject json = call("statements", Map.of());
    return new Statements(json.getInt("prepared"), json.getInt("translated"));
  }

  /** The key with its current secret. */
  public Key reveal(Key key) {
    return issued(key.organisation(), key.name(), answer(tryReveal(key)));
  }

  /** Reveals and answers whatever comes. */
  public Api.Answer tryReveal(Key key) {
    return send("reveal", Map.of("organisation", key.organisation(), "key", key.id()));
  }

  /** Ends a key. */
  public void revoke(Key key) {
    answer(tryRevoke(key));
  }

  /** Revokes and answers whatever comes. */
  public Api.Answer tryRevoke(Key key) {
    return send("revoke", Map.of("organisation", key.organisation(), "key", key.id()));
  }

  /** The same key as seen by somebody of another organisation who knows its id. */
  public static Key seenFrom(String organisation, Key key) {
    return new Key(organisation, key.id(), key.name(), key.number(), key.secret(), key.until());
  }

  /** Creates an organisation; answers its domain, which no other test uses. */
  public String organisation() {
    String domain = "org-" + UUID.randomUUID().toString().substring(0, 18);
    organisation(domain);
    return domain;
  }

  /** Creates an organisation of this domain. */
  public void organisation(String domain) {
    call("organisation", Map.of("domain", domain));
  }

  /** Creates a person. */
  public void user(String organisation, String email, String role, String password) {
    user(organisation, email, email, role, password);
  }

  /** Creates a person with a name. */
  public void user(String organisation, String email, String name, String role, String password) {
    call(
        "user",
        Map.of(
            "organisation", organisation,
            "email", email,
            "name", name,
            "role", role,
            "password", password));
  }

  /** Creates a person who must change the password first. */
  public void userWhoMustChange(String organisation, String email, String role, String password) {
    call(
        "user",
        Map.of(
            "organisation", organisation,
            "email", email,
            "name", email,
            "role", role,
            "password", password,
            "due", "true"));
  }

  /** Deactivates a person, as an administrator of the organisation does who is another one. */
  public void deactivate(String email) {
    call("deactivate", Map.of("email", email));
  }

  /**
   * Gives a person another role, as an administrator of the organisation does who is another one.
   */
  public void changeRole(String email, String role) {
    call("role", Map.of("email", email, "role", role));
  }

  /** Turns the server's clock on; answers the new time. */
  public Instant turn(Duration by) {
    return Instant.parse(call("clock", Map.of("turn", by.toString())).getString("now"));
  }

  /** The server's time. */
  public Instant now() {
    return turn(Duration.ZERO);
  }

  /** Runs the automatic refresh until nothing is due. */
  public void refreshDue() {
    call("refresh-due", Map.of());
  }

  /** Lets the time come at which others are told that a key expires in three days. */
  public void expireIn3Days(Key key) {
    Instant now = now();
    sql(
        "UPDATE api_key SET expires_at = %s, expiry_notice_at = %s WHERE id = '%s'"
            .formatted(time(now.plus(Duration.ofDays(3))), time(now), key.id()));
    Eventually.within(
        Duration.ofSeconds(30),
        () -> {
          wake();
          assertThat(actionsOn(key.name())).contains("API_KEY_EXPIRING");
        });
  }

  /** A time in SQL. */
  public static String time(Instant time) {
    return "CAST('" + time + "' AS TIMESTAMP(6) WITH TIME ZONE)";
  }

  /** Makes the notices that are due, and sends their mails. */
  public void notices() {
    call("notices", Map.of());
  }

  /** Runs the automatic refresh once, without a look at what became of it. */
  public Api.Answer wake() {
    return send("wake", Map.of());
  }

  /**
   * Waits while the server's own wake-up at the full minute is near, for tests that look at what
   * has not been refreshed yet.
   */
  public void awayFromTheMinute() {
    while (LocalTime.now(java.time.ZoneOffset.UTC).getSecond() >= 50
        || LocalTime.now(java.time.ZoneOffset.UTC).getSecond() < 2) {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Runs a statement, past the application. */
  public List<JsonObject> sql(String sql) {
    Api.Answer answer = send("sql", Map.of("sql", sql));
    try (var reader = Json.createReader(new StringReader(expect200(answer).body()))) {
      JsonArray rows = reader.readArray();
      return rows.getValuesAs(JsonObject.class);
    }
  }

  /** Counts requests of a key in an hour, as if it had sent them. */
  public void used(Key key, Instant hour, long of2xx, long of4xx) {
    sql(
        """
        INSERT INTO usage_hour (api_key_id, hour_at, organisation_id, status_2xx, status_3xx,
          status_4xx, status_5xx)
        SELECT id, TIMESTAMP WITH TIME ZONE '%s', organisation_id, %d, 0, %d, 0 FROM api_key
        WHERE id = '%s'
        """
            .formatted(
                hour.toString().replace("T", " ").replace("Z", "+00"), of2xx, of4xx, key.id()));
  }

  /** What the audit log says was done with what has this name, in order. */
  public List<String> actionsOn(String name) {
    return sql(
            "SELECT action FROM audit_event WHERE subject_name = '%s' ORDER BY sequence"
                .formatted(name))
        .stream()
        .map(row -> row.getString("action"))
        .toList();
  }

  private JsonObject call(String control, Map<String, String> parameters) {
    return answer(send(control, parameters));
  }

  private static JsonObject answer(Api.Answer answer) {
    return expect200(answer).json();
  }

  private static Api.Answer expect200(Api.Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
    return answer;
  }

  private Api.Answer send(String control, Map<String, String> parameters) {
    String form =
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return api.post("/test-control/" + control, "application/x-www-form-urlencoded", form);
  }
}
