package io.keyturn.requestlog;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import io.keyturn.support.RawHttp;
import io.keyturn.support.Visitor;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each request of the API is in its organisation's log, without a secret. */
class RequestLogHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PAGE = "/settings/requests";

  /** Of its own, for wrong secrets count against the address that they come from. */
  private static final String FROM = "127.0.0.71";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);
  private final String organisation = manager.organisation();
  private final Key key = control.key(Control.wish().in(organisation).named("ERP"));

  private String owner(String domain) {
    return "(SELECT id FROM organisation WHERE domain = '" + domain + "')";
  }

  private List<JsonObject> rows() {
    return control.sql("SELECT * FROM api_request WHERE organisation_id = " + owner(organisation));
  }

  private int count(String condition) {
    return Integer.parseInt(
        control
            .sql(
                "SELECT count(*) AS n FROM api_request WHERE organisation_id = "
                    + owner(organisation)
                    + " AND "
                    + condition)
            .get(0)
            .getString("n"));
  }

  /** The rows by the ids of their requests, as soon as all are there. */
  private Map<String, JsonObject> logged(List<Answer> answers) {
    List<String> ids = answers.stream().map(a -> a.header("X-Request-Id").orElseThrow()).toList();
    Eventually.within(
        SOON,
        () -> assertThat(rows()).extracting(row -> row.getString("request_id")).containsAll(ids));
    return rows().stream().collect(Collectors.toMap(r -> r.getString("request_id"), r -> r));
  }

  private Visitor person(String domain) {
    String email = UUID.randomUUID().toString().substring(0, 8) + "@" + domain + ".example";
    control.user(domain, email, "ADMINISTRATOR", KeyturnServer.ADMIN_PASSWORD);
    return new Visitor(SERVER).signIn(email, KeyturnServer.ADMIN_PASSWORD);
  }

  private Answer stranger(String target, String... lines) {
    String[] all = new String[lines.length + 1];
    all[0] = "Host: " + organisation + ".localhost";
    System.arraycopy(lines, 0, all, 1, lines.length);
    return RawHttp.send(SERVER, FROM, RawHttp.get(target, all));
  }

  private static void assertRow(
      JsonObject row, String method, String path, int status, String code) {
    assertThat(row.getString("method")).isEqualTo(method);
    assertThat(row.getString("path")).isEqualTo(path);
    assertThat(row.getString("status")).isEqualTo(Integer.toString(status));
    assertThat(row.isNull("code") ? "" : row.getString("code")).isEqualTo(code);
  }

  @Test
  void requestIsKeptByItsTemplateWithItsProblemAndNoSecret() {
    String id = UUID.randomUUID().toString();
    Key limited = control.key(Control.wish().in(organisation));
    Manager.ok(manager.change(limited.id(), "{\"requests_per_minute\":1}"), 200);
    String other = control.organisation();
    Key foreign = control.key(Control.wish().in(other));
    Answer done =
        api.send(
            "GET",
            "/api/v1/suppliers?q=Canary-Query",
            "Authorization",
            "Bearer " + key.secret(),
            "User-Agent",
            "erp/1 " + "x".repeat(500));
    Answer lost = api.get("/api/v1/suppliers/" + id, key.secret());
    Answer denied = api.get("/api/v1/audit-events", key.secret());
    Answer wrong = api.get("/api/v1/suppliers?limit=0&Canary-Query=1", key.secret());
    Answer nowhere = stranger("/api/v1/nothing/" + id, "Authorization: Bearer " + key.secret());
    Answer unknown = stranger("/api/v1/me", "User-Agent: x" + key.secret());
    Answer misplaced = stranger("/api/v1/me?x=" + key.secret());
    Answer alien = stranger("/api/v1/me", "Authorization: Bearer " + foreign.secret());
    api.me(limited.secret());
    Eventually.within1s(() -> assertThat(api.me(limited.secret()).status()).isEqualTo(429));
    Answer tooMany = api.me(limited.secret());
    assertProblem(tooMany, 429, "rate_limited");

    Map<String, JsonObject> rows =
        logged(List.of(done, lost, denied, wrong, nowhere, unknown, misplaced, alien, tooMany));

    JsonObject first = row(rows, done);
    assertRow(first, "GET", "/api/v1/suppliers", 200, "");
    assertThat(first.getString("api_key_id")).isEqualTo(key.id());
    assertThat(first.getString("credential_number")).isEqualTo("1");
    assertThat(first.getString("user_agent")).startsWith("erp/1 xx").hasSize(200);
    assertThat(first.getString("address")).isEqualTo("127.0.0.1");
    assertThat(Long.parseLong(first.getString("micros"))).isPositive();
    assertRow(row(rows, lost), "GET", "/api/v1/suppliers/{id}", 404, "not_found");
    assertRow(row(rows, denied), "GET", "/api/v1/audit-events", 403, "insufficient_scope");
    assertThat(row(rows, denied).getString("detail")).isEqualTo(denied.json().getString("detail"));
    assertRow(row(rows, wrong), "GET", "/api/v1/suppliers", 422, "invalid");
    assertRow(row(rows, nowhere), "GET", Route.UNKNOWN, 404, "not_found");
    assertRow(row(rows, unknown), "GET", "/api/v1/me", 401, "unauthenticated");
    assertThat(row(rows, unknown).isNull("api_key_id")).isTrue();
    assertThat(row(rows, unknown).getString("address")).isEqualTo(FROM);
    assertRow(row(rows, misplaced), "GET", Route.UNKNOWN, 400, "credential_in_query");
    assertRow(row(rows, alien), "GET", "/api/v1/me", 401, "unauthenticated");
    assertThat(row(rows, alien).isNull("api_key_id")).isTrue();
    assertRow(row(rows, tooMany), "GET", "/api/v1/me", 429, "rate_limited");
    assertThat(rows.values().toString())
        .doesNotContain(key.secret().substring(8, 48))
        .doesNotContain(foreign.secret().substring(8, 48))
        .doesNotContain("=1")
        .doesNotContain("q=Canary")
        .doesNotContain(id);
    assertThat(control.sql("SELECT 1 FROM api_request WHERE organisation_id = " + owner(other)))
        .as("what another organisation sees")
        .isEmpty();
  }

  private static JsonObject row(Map<String, JsonObject> rows, Answer answer) {
    return Objects.requireNonNull(rows.get(answer.header("X-Request-Id").orElseThrow()));
  }

  @Test
  void requestIdOfARefusalFindsItAndOnlyForItsOrganisation() {
    Key second = control.refresh(key, Duration.ZERO);
    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "secret_refreshed"));
    Answer refused = api.me(key.secret());
    api.me(second.secret());
    logged(List.of(refused));
    String id = refused.header("X-Request-Id").orElseThrow();
    Visitor ours = person(organisation);

    String found = ours.open(PAGE + "?request_id=" + id).html();

    assertThat(found).contains(id, "secret_refreshed", "This secret was refreshed at", ">ERP<");
    assertThat(found).contains("&quot;title&quot;: &quot;Unauthenticated.&quot;");
    assertThat(person(control.organisation()).open(PAGE + "?request_id=" + id).html())
        .contains("No request matches these filters.")
        .doesNotContain("secret_refreshed</span>");
    assertThat(ours.open(PAGE + "?key=erp&status=4xx&method=GET&agent=java").html()).contains(id);
    assertThat(ours.open(PAGE + "?key=erp&status=2xx").html()).doesNotContain(id);
    assertThat(ours.open(PAGE + "?code=key_revoked").html()).doesNotContain(id);
    assertThat(ours.open(PAGE + "?path=/api/v1/me&address=127.0.0.1").html()).contains(id);
    assertThat(ours.open(PAGE + "?longest=99999").html()).doesNotContain(id);
    assertThat(ours.open(PAGE + "?key=nobody").html()).contains("No request matches");
    assertThat(ours.open(PAGE + "?status=no&longest=no").html())
        .contains(
            "kt-field-error\" role=\"alert\">Status must be a status such as 404",
            "kt-field-error\" role=\"alert\">Milliseconds must be a whole number");
    assertThat(ours.open("/settings/api-key?tab=requests&id=" + key.id()).html())
        .contains(id, "/settings/requests?key=" + key.id());
  }

  @Test
  void problemDocumentIsShownAsTheClientGotIt() {
    manager.post("", "{\"name\":\"Twice\"}");
    Answer several = manager.post("", "{\"name\":\"\",\"Canary\":1,\"scopes\":[\"none\"]}");
    Answer taken = manager.post("", "{\"name\":\"Twice\"}");
    Answer denied = api.get("/api/v1/audit-events", key.secret());
    Answer leaked = manager.post("", "{\"" + key.secret() + "\":1}");
    assertThat(several.json().getJsonArray("errors")).as(several.body()).isNotEmpty();
    assertThat(taken.json()).containsKey("id");
    assertThat(denied.json()).containsKey("scope");
    assertThat(leaked.body()).contains(key.secret());
    Map<String, JsonObject> rows = logged(List.of(several, taken, denied, leaked));
    Visitor ours = person(organisation);

    assertThat(List.of(several, taken, denied))
        .allSatisfy(answer -> assertThat(document(ours, answer)).isEqualTo(answer.json()));
    assertThat(document(ours, leaked).getJsonArray("errors").toString())
        .contains("(a text that holds a secret)");
    assertThat(rows.values().toString()).doesNotContain(key.secret().substring(8, 48));
  }

  private static JsonObject document(Visitor visitor, Answer answer) {
    String page =
        visitor.open(PAGE + "?request_id=" + answer.header("X-Request-Id").orElseThrow()).html();
    String text =
        page.replaceAll("(?s).*<pre class=\"kt-code\"[^>]*>(.*?)</pre>.*", "$1")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** The server of these tests keeps 1 000 rows of an organisation. */
  @Test
  void rowsAreBoundedAndStrangersPushOutNothingButStrangers() {
    fill(0, 700, key.id());
    fill(1, 20, key.id());
    fill(2, 300, null);

    logged(List.of(api.me(key.secret()), stranger("/api/v1/me")));
    for (int i = 0; i < 25; i++) {
      api.me(key.secret());
    }

    Eventually.within(SOON, () -> assertThat(count("share = 0")).isBetween(600, 630));
    Eventually.within(SOON, () -> assertThat(count("share = 2")).isBetween(100, 105));
    assertThat(count("share = 1")).isEqualTo(20);
  }

  private void fill(int share, int rows, @org.jspecify.annotations.Nullable String keyId) {
    // The server's clock may have been turned, and the database's was not.
    String now = control.now().toString().replace("T", " ").replace("Z", "+00");
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      values
          .append(i == 0 ? "" : ", ")
          .append(
              ("('%s', %s, %d, TIMESTAMP WITH TIME ZONE '%s' - INTERVAL '%d' SECOND, %s, 'GET',"
                      + " '/api/v1/me', 200, 1, '', '')")
                  .formatted(
                      UUID.randomUUID(),
                      owner(organisation),
                      share,
                      now,
                      60 + i,
                      keyId == null ? "NULL" : "'" + keyId + "'"));
    }
    control.sql(
        "INSERT INTO api_request (request_id, organisation_id, share, at, api_key_id, method, path,"
            + " status, micros, address, user_agent) VALUES "
            + values);
  }

  @Test
  void listIsTurnedPageByPage() {
    fill(0, 60, key.id());
    Visitor ours = person(organisation);

    String first = ours.open(PAGE).html();
    String second = ours.open(link(first, "next")).html();
    String again = ours.open(link(second, "prev")).html();

    assertThat(ids(first)).hasSize(25);
    assertThat(ids(second)).hasSize(25).doesNotContainAnyElementsOf(ids(first));
    assertThat(ids(again)).isEqualTo(ids(first));
  }

  private static String link(String page, String rel) {
    return java.util.regex.Pattern.compile("<a [^>]*rel=\"" + rel + "\"[^>]*>")
        .matcher(page)
        .results()
        .map(tag -> tag.group().replaceAll(".*href=\"([^\"]*)\".*", "$1").replace("&amp;", "&"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> ids(String page) {
    return java.util.regex.Pattern.compile("data-request=\"([^\"]+)\"")
        .matcher(page)
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  @Test
  void requestIsForgottenAfterSevenDays() {
    logged(List.of(api.me(key.secret())));

    control.turn(Duration.ofDays(7).minusHours(1));
    control.refreshDue();
    logged(List.of(api.me(control.reveal(key).secret())));
    assertThat(count("share = 0")).isGreaterThan(1);
    control.turn(Duration.ofHours(2));

    Eventually.within(SOON, () -> assertThat(count("share = 0")).isEqualTo(1));
  }
}
