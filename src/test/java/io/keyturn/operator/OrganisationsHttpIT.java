package io.keyturn.operator;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.Scope;
import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PlatformOperator;
import io.keyturn.support.PlatformServer;
import io.keyturn.support.RawHttp;
import io.keyturn.support.StreamClient;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operator of the platform does with organisations, over HTTP. */
class OrganisationsHttpIT {
  private static final KeyturnServer SERVER = PlatformServer.get();
  private static final Control CONTROL = SERVER.control();
  private static final PlatformOperator OPERATOR = new PlatformOperator(SERVER);
  private static final String PASSWORD = "correct horse battery";

  private static String domain() {
    return "o" + UUID.randomUUID().toString().substring(0, 18);
  }

  private static String id(JsonObject created) {
    return created.getJsonObject("organisation").getString("id");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ''",
    "POST, ''",
    "PUT, ''",
    "GET, /00000000-0000-0000-0000-000000000001",
    "PUT, /00000000-0000-0000-0000-000000000001",
    "DELETE, /00000000-0000-0000-0000-000000000001",
    "GET, /00000000-0000-0000-0000-000000000001/export",
    "POST, /00000000-0000-0000-0000-000000000001/suspend"
  })
  void withoutAnOperatorNothingIsThere(String method, String path) {
    KeyturnServer without = KeyturnServer.shared();

    Answer answer = new PlatformOperator(without).call(method, PlatformOperator.PATH + path, "");

    assertProblem(answer, 404, "not_found");
    Answer unknown = new PlatformOperator(without).call(method, "/api/v1/no-such-thing", "");
    assertThat(answer.json().getString("detail")).isEqualTo(unknown.json().getString("detail"));
  }

  @Test
  void documentNamesTheOperatorsAddressesOnlyWhereThereIsAnOperator() {
    String with = SERVER.api().send("GET", "/openapi").body();
    String without = KeyturnServer.shared().api().send("GET", "/openapi").body();

    assertThat(with).contains("/api/v1/organisations/{id}/export").contains("operator:");
    assertThat(without)
        .doesNotContain("/organisations")
        .doesNotContain("operator:")
        .doesNotContain("CreatedOrganisation")
        .doesNotContain("name: Organisations");
  }

  @Test
  void onlyTheOperatorsTokenOpens() {
    Api api = SERVER.api();
    Key key = CONTROL.key();

    assertProblem(api.send("GET", PlatformOperator.PATH), 401, "unauthenticated");
    assertProblem(
        api.get(PlatformOperator.PATH, PlatformOperator.TOKEN + "x"), 401, "unauthenticated");
    assertProblem(api.get(PlatformOperator.PATH, key.secret()), 401, "unauthenticated");
    assertProblem(api.me(PlatformOperator.TOKEN), 401, "unauthenticated");
    assertThat(OPERATOR.get("").status()).isEqualTo(200);
    assertThat(SERVER.logs()).doesNotContain(PlatformOperator.TOKEN);
  }

  @Test
  void everyOperationOfTheOperatorIsClosedToKeysAndToNobody() {
    Key key = CONTROL.key(Control.wish().scopes(Scope.format(EnumSet.allOf(Scope.class))));
    JsonObject paths =
        SERVER.api().send("GET", "/openapi?format=json").json().getJsonObject("paths");
    int walked = 0;
    for (String path : paths.keySet()) {
      if (path.startsWith(PlatformOperator.PATH) || path.startsWith("/api/v1/operator/")) {
        for (String method : paths.getJsonObject(path).keySet()) {
          String address = path.replace("{id}", UUID.randomUUID().toString());
          String verb = method.toUpperCase(Locale.ROOT);
          assertThat(send(verb, address).status()).as(verb + path).isEqualTo(401);
          assertThat(send(verb, address, "Authorization", "Bearer " + key.secret()).status())
              .as(verb + path)
              .isIn(401, 429);
          walked++;
        }
      }
    }
    assertThat(walked).isEqualTo(11);
  }

  private static Answer send(String verb, String address, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    boolean body = !verb.equals("GET") && !verb.equals("DELETE");
    all.addAll(body ? List.of("Content-Type", "application/json") : List.of());
    return SERVER
        .api()
        .send(
            verb,
            address,
            body ? BodyPublishers.ofString("{}") : BodyPublishers.noBody(),
            all.toArray(String[]::new));
  }

  @Test
  void guesserOfTheTokenIsStoppedAndTheRightTokenPassesAlsoFromItsAddress() {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      statuses.add(from("127.0.0.41", "guess-" + i + "-of-the-operators-token").status());
    }

    assertThat(statuses.subList(0, 20)).containsOnly(401);
    assertThat(statuses).contains(429);
    assertThat(from("127.0.0.41", PlatformOperator.TOKEN).status()).isEqualTo(200);
    assertThat(from("127.0.0.42", "another-guess-of-the-operators-token").status()).isEqualTo(401);
  }

  private static Answer from(String address, String token) {
    return RawHttp.send(
        SERVER,
        address,
        RawHttp.get(PlatformOperator.PATH, "Host: localhost", "Authorization: Bearer " + token));
  }

  @Test
  void newOrganisationHasAnAdministratorWhoJoinsByTheLink() {
    String domain = domain();
    JsonObject created = OPERATOR.create(domain);
    JsonObject invitation = created.getJsonObject("invitation");
    assertThat(created.getJsonObject("organisation").getString("status")).isEqualTo("active");
    assertThat(invitation.getString("link"))
        .startsWith("http://" + domain + ".localhost:" + SERVER.port() + "/invitation?token=");

    String link = invitation.getString("link").replaceAll("^http://[^/]+", "");
    Visitor visitor = new Visitor(SERVER);
    Page joined = join(visitor, link);

    assertThat(joined.path()).as(joined.html()).isEqualTo("/");
    assertThat(visitor.open("/profile").html()).contains("Administrator");
    assertThat(events(id(created)))
        .startsWith("ORGANISATION_CREATED", "USER_INVITED", "USER_JOINED");
    assertThat(OPERATOR.get("/" + id(created)).json().getString("name"))
        .isEqualTo("Organisation " + domain);
    assertThat(OPERATOR.get("?limit=200").body()).contains("\"" + domain + "\"");
  }

  private static Page join(Visitor visitor, String link) {
    return visitor.submit(
        visitor.open(link),
        "form",
        "form:follow",
        Map.of(
            "token",
            link.substring(link.indexOf('=') + 1),
            "form:name",
            "Ada",
            "form:new_password",
            PASSWORD,
            "form:repeated",
            PASSWORD));
  }

  private static List<String> events(String organisation) {
    return CONTROL
        .sql(
            "SELECT action FROM audit_event WHERE organisation_id = '%s' ORDER BY sequence"
                .formatted(organisation))
        .stream()
        .map(row -> row.getString("action"))
        .toList();
  }

  @Test
  void administratorWhoDidNotComeIsInvitedOnceMore() {
    String domain = domain();
    JsonObject created = OPERATOR.create(domain);
    String before = created.getJsonObject("invitation").getString("link");
    String body = "{\"administrator_email\":\"admin@" + domain + ".example\"}";

    Answer again = OPERATOR.post("/" + id(created) + "/administrators", body);

    assertThat(again.status()).as(again.body()).isEqualTo(200);
    String path = before.replaceAll("^http://[^/]+", "");
    assertThat(new Visitor(SERVER).open(path).status()).isEqualTo(404);
    String link = again.json().getString("link").replaceAll("^http://[^/]+", "");
    assertThat(join(new Visitor(SERVER), link).status()).isEqualTo(200);
    assertProblem(OPERATOR.post("/" + id(created) + "/administrators", body), 409, "conflict");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                                 | domain
          {"domain":"Big","name":"x","administrator_email":"a@b.example"}    | domain
          {"domain":"*","name":"x","administrator_email":"a@b.example"}      | domain
          {"domain":"-a","name":"x","administrator_email":"a@b.example"}     | domain
          {"domain":"free","name":" ","administrator_email":"a@b.example"}   | name
          {"domain":"free","name":"x","administrator_email":"nobody"}        | administrator_email
          {"domain":"free","name":"x"}                                       | administrator_email
          {"domain":"free","name":"x","administrator_email":"a@b.example","strict":true} | strict
          {"domain":"free","name":7,"administrator_email":"a@b.example"}     | name
          """)
  void badOrganisationIsRefusedByTheNameOfItsField(String body, String field) {
    Answer answer = OPERATOR.post("", body);

    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
    assertThat(CONTROL.sql("SELECT id FROM organisation WHERE domain = 'free'")).isEmpty();
  }

  @Test
  void takenDomainCreatesNothingAndAnAddressMayBeInvitedTwice() {
    String domain = domain();
    JsonObject created = OPERATOR.create(domain);

    Answer again = OPERATOR.tryCreate(domain, "Another", "x@" + domain);
    assertProblem(again, 409, "conflict");
    assertThat(again.json().getString("id")).isEqualTo(id(created));
    String other = domain();
    Answer invited = OPERATOR.tryCreate(other, "Other", "admin@" + domain + ".example");
    assertThat(invited.status())
        .as("nobody is told whether an address is known elsewhere: " + invited.body())
        .isEqualTo(201);
  }

  @Test
  void platformItselfIsNoOrganisation() {
    String platform = "/00000000-0000-0000-0000-000000000000";

    assertProblem(OPERATOR.get(platform), 404, "not_found");
    assertProblem(OPERATOR.get(platform + "/export"), 404, "not_found");
    assertProblem(OPERATOR.post(platform + "/resume", ""), 404, "not_found");
    assertProblem(OPERATOR.delete(platform + "?export=" + "0".repeat(64)), 404, "not_found");
    assertThat(OPERATOR.get("?limit=200").body()).doesNotContain("\"*\"");
  }

  @Test
  void listIsPagedByDomain() {
    OPERATOR.create(domain());
    OPERATOR.create(domain());
    List<String> seen = new ArrayList<>();
    String next = "?limit=1&count=true";
    long total = 0;
    do {
      JsonObject page = OPERATOR.get(next).json();
      total = page.getJsonObject("page").getInt("total");
      seen.add(page.getJsonArray("data").getJsonObject(0).getString("domain"));
      next =
          page.getJsonObject("page").getBoolean("has_more")
              ? "?limit=1&count=true&cursor=" + page.getJsonObject("page").getString("next_cursor")
              : "";
    } while (!next.isEmpty());

    assertThat(seen).doesNotHaveDuplicates().hasSize((int) total).contains("demo");
  }

  @Test
  void renamingNeedsTheVersionThatWasRead() {
    String path = PlatformOperator.PATH + "/" + id(OPERATOR.create(domain()));
    String etag = OPERATOR.call("GET", path, "").header("ETag").orElseThrow();
    String body = "{\"name\":\"Acme & Söhne\"}";

    assertProblem(OPERATOR.call("PATCH", path, body), 428, "precondition_required");
    Answer renamed = OPERATOR.call("PATCH", path, body, "If-Match", etag);
    assertThat(renamed.json().getString("name")).isEqualTo("Acme & Söhne");
    assertProblem(OPERATOR.call("PATCH", path, body, "If-Match", etag), 412, "precondition_failed");
    Answer now = OPERATOR.call("GET", path, "");
    assertThat(now.header("ETag")).isEqualTo(renamed.header("ETag"));
    assertThat(now.header("ETag")).isNotEqualTo(java.util.Optional.of(etag));
  }

  @Test
  void suspensionShutsKeysAndPeopleOutAndResumingLetsThemIn() {
    String domain = domain();
    String id = id(OPERATOR.create(domain));
    String email = "eve@" + domain;
    CONTROL.user(domain, email, "ADMINISTRATOR", PASSWORD);
    Key key = CONTROL.key(Control.wish().in(domain));
    Visitor visitor = new Visitor(SERVER).signIn(email, PASSWORD);
    assertThat(SERVER.api().me(key.secret()).status()).isEqualTo(200);

    Answer suspended = OPERATOR.post("/" + id + "/suspend", "{\"reason\":\"unpaid\"}");

    assertThat(suspended.json().getString("status")).isEqualTo("suspended");
    assertThat(visitor.open("/profile").path()).isEqualTo("/login");
    assertThat(new Visitor(SERVER).trySignIn(email, PASSWORD).path()).isEqualTo("/login");
    Eventually.within1s(() -> assertThat(SERVER.api().me(key.secret()).status()).isEqualTo(401));
    assertThat(OPERATOR.post("/" + id + "/suspend", "{}").json().getString("suspended_at"))
        .isEqualTo(suspended.json().getString("suspended_at"));

    OPERATOR.post("/" + id + "/resume", "");
    Eventually.within1s(() -> assertThat(SERVER.api().me(key.secret()).status()).isEqualTo(200));
    new Visitor(SERVER).signIn(email, PASSWORD);
    assertThat(events(id)).contains("ORGANISATION_SUSPENDED", "ORGANISATION_RESUMED");
  }

  /** Else its first failure afterwards would disable it. */
  @Test
  void daysOfASuspensionAreNoDaysOfFailuresOfAWebhook() {
    String domain = domain();
    String id = id(OPERATOR.create(domain));
    Key key = CONTROL.key(Control.wish().in(domain).scopes("webhooks:manage webhooks:read"));
    Answer created =
        SERVER
            .api()
            .post(
                "/api/v1/webhooks",
                "application/json",
                "{\"url\":\"https://203.0.114.7/hook\"}",
                "Authorization",
                "Bearer " + key.secret());
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    String webhook = created.json().getJsonObject("webhook").getString("id");
    CONTROL.sql(
        "UPDATE webhook SET state = 'DISABLED', failing_since = %s WHERE id = '%s'"
            .formatted(Control.time(CONTROL.now().minus(Duration.ofDays(2))), webhook));
    String path = "/api/v1/webhooks/" + webhook;

    OPERATOR.post("/" + id + "/resume", "");
    assertThat(SERVER.api().get(path, key.secret()).json().isNull("failing_since"))
        .as("without a suspension")
        .isFalse();
    OPERATOR.post("/" + id + "/suspend", "{}");
    OPERATOR.post("/" + id + "/resume", "");

    Eventually.within1s(
        () ->
            assertThat(SERVER.api().get(path, key.secret()).json().isNull("failing_since"))
                .isTrue());
    assertThat(SERVER.api().get(path, key.secret()).json().getInt("version"))
        .isEqualTo(created.json().getJsonObject("webhook").getInt("version"));
  }

  @Test
  void streamsOfASuspendedOrganisationEnd() {
    String domain = domain();
    String id = id(OPERATOR.create(domain));
    Key key = CONTROL.key(Control.wish().in(domain).scopes("events:read api-keys:read"));
    try (StreamClient stream =
        new StreamClient(SERVER.uri("/api/v1/events/stream"), key.secret())) {
      OPERATOR.post("/" + id + "/suspend", "{}");

      Eventually.within(Duration.ofSeconds(20), () -> assertThat(stream.ended()).isTrue());
    }
  }

  @Test
  void keysOfASuspendedOrganisationRefreshOn() {
    String domain = domain();
    String id = id(OPERATOR.create(domain));
    Key key = CONTROL.key(Control.wish().in(domain));
    OPERATOR.post("/" + id + "/suspend", "{}");

    CONTROL.turn(Duration.ofHours(25));
    CONTROL.refreshDue();
    OPERATOR.post("/" + id + "/resume", "");

    Key now = CONTROL.reveal(key);
    assertThat(now.number()).isEqualTo(2);
    assertThat(SERVER.api().me(now.secret()).status()).isEqualTo(200);
  }

  @Test
  void exportHasAllRowsAndNothingThatOpens() {
    String domain = domain();
    String id = id(OPERATOR.create(domain));
    CONTROL.user(domain, "eve@" + domain, "VIEWER", PASSWORD);
    Key key = CONTROL.refresh(CONTROL.key(Control.wish().in(domain)), Duration.ofHours(1));

    Map<String, Integer> rows = new HashMap<>();
    for (String table : tables()) {
      String all = "SELECT 1 FROM %s WHERE organisation_id = '%s'".formatted(table, id);
      rows.put(table, CONTROL.sql(all).size());
    }
    Answer export = OPERATOR.get("/" + id + "/export");

    assertThat(export.status()).as(export.body()).isEqualTo(200);
    JsonObject document = export.json();
    assertThat(document.getString("format")).isEqualTo("keyturn-organisation/1");
    rows.forEach(
        (table, count) -> assertThat(document.getJsonArray(table)).as(table).hasSize(count));
    assertThat(rows).hasSizeGreaterThan(12);
    assertThat(document.getJsonArray("app_user").getJsonObject(0).getString("id")).hasSize(36);
    assertThat(document.getJsonArray("credential")).hasSize(2);
    assertThat(document.getJsonArray("app_user").toString()).contains("eve@" + domain);
    assertThat(export.body()).doesNotContain(key.secret());
    for (String secret : secrets(id)) {
      assertThat(export.body()).doesNotContain(secret);
    }
    assertThat(events(id)).contains("ORGANISATION_EXPORTED");
  }

  private static List<String> tables() {
    return CONTROL
        .sql(
            "SELECT table_name AS name FROM information_schema.columns"
                + " WHERE upper(column_name) = 'ORGANISATION_ID'")
        .stream()
        .map(row -> row.getString("name").toLowerCase(Locale.ROOT))
        .toList();
  }

  /** What could open something, or recognise it, as hexadecimal digits and in base64. */
  private static List<String> secrets(String id) {
    List<String> all = new ArrayList<>();
    Map<String, List<String>> columns =
        Map.of(
            "credential", List.of("digest", "sealed", "row_mac"),
            "crypto_key", List.of("wrapped"),
            "one_time_link", List.of("digest"),
            "app_user", List.of("password_hash", "session_stamp"));
    columns.forEach(
        (table, names) ->
            CONTROL
                .sql("SELECT * FROM %s WHERE organisation_id = '%s'".formatted(table, id))
                .forEach(
                    row ->
                        names.stream()
                            .filter(name -> !row.isNull(name))
                            .map(row::getString)
                            .forEach(
                                value -> {
                                  all.add(value);
                                  if (value.matches("([0-9a-f]{2}){16,}")) {
                                    all.add(
                                        java.util.Base64.getEncoder()
                                            .withoutPadding()
                                            .encodeToString(HexFormat.of().parseHex(value)));
                                  }
                                })));
    assertThat(all).hasSizeGreaterThan(10);
    return all;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void deletionFollowsASuspensionAndAFreshExportAndLeavesNothing() {
    String domain = domain();
    String id = id(OPERATOR.create(domain));
    CONTROL.user(domain, "eve@" + domain, "KEY_MANAGER", PASSWORD);
    Key key = CONTROL.refresh(CONTROL.key(Control.wish().in(domain)), Duration.ofHours(1));
    Key other = CONTROL.key();
    String early = sha256(OPERATOR.get("/" + id + "/export").body());

    assertProblem(OPERATOR.delete("/" + id), 422, "invalid");
    assertProblem(OPERATOR.delete("/" + id + "?export=" + early), 409, "conflict");
    OPERATOR.post("/" + id + "/suspend", "{}");
    assertProblem(OPERATOR.delete("/" + id + "?export=" + early), 412, "precondition_failed");
    String fresh = sha256(OPERATOR.get("/" + id + "/export").body());
    assertProblem(
        OPERATOR.delete("/" + id + "?export=" + "0".repeat(64)), 412, "precondition_failed");
    CONTROL.turn(Duration.ofHours(25));
    assertProblem(OPERATOR.delete("/" + id + "?export=" + fresh), 412, "precondition_failed");
    String newest = sha256(OPERATOR.get("/" + id + "/export").body());
    assertThat(CONTROL.sql("SELECT details FROM audit_event").toString())
        .as("told to those who did not receive it")
        .doesNotContain(newest);
    Answer deleted = OPERATOR.delete("/" + id + "?export=" + newest);

    assertThat(deleted.status()).as(deleted.body()).isEqualTo(204);
    for (String table : tables()) {
      assertThat(CONTROL.sql("SELECT 1 FROM %s WHERE organisation_id = '%s'".formatted(table, id)))
          .as(table)
          .isEmpty();
    }
    assertProblem(OPERATOR.get("/" + id), 404, "not_found");
    assertProblem(SERVER.api().me(key.secret()), 401, "unauthenticated");
    CONTROL.refreshDue();
    assertThat(SERVER.api().me(CONTROL.reveal(other).secret()).status()).isEqualTo(200);
    assertThat(operatorsEvents(domain))
        .startsWith("ORGANISATION_DELETED", "ORGANISATION_EXPORTED")
        .endsWith("ORGANISATION_CREATED");
    assertThat(OPERATOR.create(domain)).isNotNull();
  }

  private static List<String> operatorsEvents(String domain) {
    return OPERATOR
        .call("GET", "/api/v1/operator/audit-events?limit=200&subject=" + domain, "")
        .json()
        .getJsonArray("data")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(event -> event.getString("action"))
        .toList();
  }

  @Test
  void whatTheOperatorDidIsAChainOfItsOwn() {
    OPERATOR.create(domain());
    String path = "/api/v1/operator/audit-events/verification";
    assertThat(OPERATOR.call("GET", path, "").json().getBoolean("intact")).isTrue();
    String platform = "organisation_id = '00000000-0000-0000-0000-000000000000'";
    List<JsonObject> kept =
        CONTROL.sql(
            "SELECT actor_name FROM audit_event WHERE %s AND sequence = 2".formatted(platform));
    CONTROL.sql(
        "UPDATE audit_event SET actor_name = 'x' WHERE %s AND sequence = 2".formatted(platform));

    Answer broken = OPERATOR.call("GET", path, "");

    assertProblem(broken, 409, "audit_log_broken");
    assertThat(broken.json().getInt("sequence")).isEqualTo(2);
    CONTROL.sql(
        "UPDATE audit_event SET actor_name = '%s' WHERE %s AND sequence = 2"
            .formatted(kept.get(0).getString("actor_name"), platform));
    assertThat(OPERATOR.call("GET", path, "").status()).isEqualTo(200);
  }

  @Test
  void firstEventsThatComeAtTheSameTimeMakeOneChain() throws Exception {
    String domain = domain();
    CONTROL.sql(
        "INSERT INTO organisation (id, domain, name, strict, created_at, version) VALUES"
            + " ('%s', '%s', 'x', FALSE, CURRENT_TIMESTAMP, 0)"
                .formatted(UUID.randomUUID(), domain));
    var threads = Executors.newFixedThreadPool(8);
    List<Callable<Answer>> creations = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      creations.add(() -> CONTROL.tryKey(Control.wish().in(domain)));
    }

    for (Future<Answer> created : threads.invokeAll(creations)) {
      assertThat(created.get().status()).as(created.get().body()).isEqualTo(200);
    }

    threads.shutdown();
    assertThat(
            CONTROL.sql(
                "SELECT h.sequence FROM audit_head h JOIN organisation o ON o.id ="
                    + " h.organisation_id WHERE o.domain = '%s'".formatted(domain)))
        .singleElement()
        .satisfies(row -> assertThat(row.getString("sequence")).isEqualTo("8"));
  }

  @Test
  void operatorFindsOrganisationsByNameAndDomain() {
    String domain = "o" + UUID.randomUUID().toString().substring(0, 8);
    OPERATOR.create(domain);

    for (String name : List.of("ORGANISATION%20" + domain, domain.substring(2))) {
      JsonObject found = OPERATOR.get("?count=true&name=" + name).json();
      assertThat(found.getJsonObject("page").getInt("total")).as(name).isEqualTo(1);
      assertThat(found.getJsonArray("data").getJsonObject(0).getString("domain")).isEqualTo(domain);
    }
    assertThat(OPERATOR.get("?name=no%25such").json().getJsonArray("data")).isEmpty();
  }
}
