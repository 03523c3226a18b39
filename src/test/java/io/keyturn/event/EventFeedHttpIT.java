package io.keyturn.event;

import static io.keyturn.support.Problems.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import io.keyturn.support.Multipart;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The feed of changes over the API: each test in an organisation of its own. */
class EventFeedHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String EVENTS = "/api/v1/events";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int EACH = 15;

  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final Key reader =
      control.key(
          Control.wish()
              .in(organisation)
              .scopes("events:read api-keys:read suppliers:read suppliers:write"));

  private Answer get(String query) {
    return SERVER.api().get(EVENTS + query, reader.secret());
  }

  private static List<JsonObject> events(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("data").getValuesAs(JsonObject.class);
  }

  private static String next(Answer answer) {
    return answer.json().getJsonObject("page").getString("next_after");
  }

  private static List<String> types(Answer answer) {
    return events(answer).stream().map(event -> event.getString("type")).toList();
  }

  private Key another(String name) {
    return control.key(Control.wish().in(organisation).named(name));
  }

  @Test
  void changesAreToldInOrderWithWhoAndWhat() {
    Key key = another("ERP");
    control.revoke(control.refresh(key, Duration.ZERO));

    Answer all = get("");

    assertThat(types(all))
        .containsExactly(
            "api_key.created", "api_key.created", "api_key.refreshed", "api_key.revoked");
    JsonObject last = events(all).get(3);
    assertThat(last.getJsonObject("data").getJsonObject("object").getString("id"))
        .isEqualTo(key.id());
    assertThat(last.getJsonObject("data").getJsonObject("object").getString("name"))
        .isEqualTo("ERP");
    assertThat(last.toString()).doesNotContain("address").doesNotContain("kt_live_");
  }

  @Test
  void changesOfKeysUnitsAndFieldsAreTold() {
    Key all =
        control.key(
            Control.wish()
                .in(organisation)
                .scopes(
                    "events:read api-keys:read api-keys:manage suppliers:read suppliers:write"));
    String after = next(SERVER.api().get(EVENTS + "?after=latest", all.secret()));
    Key renamed = another("Old name");
    String location = sent(all, "POST", "/locations", "{\"name\":\"Berlin\"}").getString("id");
    sent(all, "PATCH", "/locations/" + location, "{\"name\":\"Bonn\"}");
    String department = sent(all, "POST", "/departments", "{\"name\":\"IT\"}").getString("id");
    sent(all, "PATCH", "/departments/" + department, "{\"name\":\"HR\"}");
    sent(all, "POST", "/custom-fields", "{\"name\":\"colour\",\"type\":\"text\"}");
    sent(
        all,
        "PATCH",
        "/api-keys/" + renamed.id(),
        """
        {"name": "New name", "scopes": ["api-keys:read"], "refresh_interval": "PT12H",
         "networks": ["192.0.2.0/24"]}""");

    assertThat(types(SERVER.api().get(EVENTS + "?after=" + after, all.secret())))
        .containsExactlyInAnyOrder(
            "api_key.created",
            "location.created",
            "location.renamed",
            "department.created",
            "department.renamed",
            "custom_field.created",
            "api_key.renamed",
            "api_key.scopes_changed",
            "api_key.policy_changed",
            "api_key.restricted");
  }

  @Test
  void changesOfPeopleAreToldToWhoReadsTheAuditLog() {
    Key all = control.key(Control.wish().in(organisation).scopes("events:read audit-log:read"));
    Key some = control.key(Control.wish().in(organisation).scopes("events:read webhooks:read"));
    control.user(
        organisation,
        "ada@" + organisation + ".example",
        "ADMINISTRATOR",
        KeyturnServer.ADMIN_PASSWORD);
    String after = next(SERVER.api().get(EVENTS + "?after=latest", all.secret()));
    String email = "eve@" + organisation + ".example";
    control.user(organisation, email, "VIEWER", KeyturnServer.ADMIN_PASSWORD);
    control.changeRole(email, "ADMINISTRATOR");
    control.deactivate(email);

    assertThat(types(SERVER.api().get(EVENTS + "?after=" + after, all.secret())))
        .containsExactly("user.created", "user.role_changed", "user.deactivated");
    assertThat(types(SERVER.api().get(EVENTS + "?after=" + after, some.secret()))).isEmpty();
  }

  /** Each row: the type, and the action that it tells of. */
  @Test
  void eachActionOnSuppliersAndALeakedKeyHasItsType() {
    Key all =
        control.key(
            Control.wish()
                .in(organisation)
                .scopes(
                    "events:read api-keys:read api-keys:manage suppliers:read suppliers:write"
                        + " suppliers:approve"));
    String leaked = "/api-keys/" + another("Leaked").id() + "/leaked";
    String supplier =
        "/suppliers/" + sent(all, "POST", "/suppliers", "{\"name\":\"A\"}").getString("id");
    Map<String, Runnable> actions = new LinkedHashMap<>();
    actions.put(
        "supplier.submitted", () -> sent(all, "POST", supplier + "/submit-for-approval", ""));
    actions.put(
        "supplier.rejected", () -> sent(all, "POST", supplier + "/reject", "{\"reason\":\"No\"}"));
    actions.put(
        "supplier.approved",
        () -> {
          sent(all, "POST", supplier + "/submit-for-approval", "");
          sent(all, "POST", supplier + "/approve", "");
        });
    actions.put("supplier.archived", () -> sent(all, "POST", supplier + "/archive", "{}"));
    actions.put("supplier.unarchived", () -> sent(all, "POST", supplier + "/unarchive", ""));
    actions.put(
        "supplier_import.finished",
        () ->
            assertThat(
                    post(
                            "/supplier-imports",
                            Multipart.TYPE,
                            Multipart.of("a.csv", "name\nB\n".getBytes(UTF_8)))
                        .status())
                .isEqualTo(202));
    actions.put("api_key.leaked", () -> sent(all, "POST", leaked, "{\"reason\":\"pasted\"}"));

    actions.forEach(
        (type, action) -> {
          String after = next(SERVER.api().get(EVENTS + "?after=latest", all.secret()));
          action.run();
          Eventually.within(
              SOON,
              () -> {
                Answer told =
                    SERVER.api().get(EVENTS + "?type=" + type + "&after=" + after, all.secret());
                assertThat(types(told)).containsExactly(type);
                assertThat(told.body()).doesNotContain("kt_live_");
              });
        });
  }

  private static JsonObject sent(Key by, String method, String path, String body) {
    Answer answer =
        SERVER
            .api()
            .send(
                method,
                "/api/v1" + path,
                BodyPublishers.ofString(body),
                "Authorization",
                "Bearer " + by.secret(),
                "Content-Type",
                "application/json",
                "If-Match",
                "*");
    assertThat(answer.status()).as(answer.body()).isBetween(200, 204);
    return answer.body().isEmpty() ? JsonObject.EMPTY_JSON_OBJECT : answer.json();
  }

  @Test
  void readerGoesOnWhereItWas() {
    Answer first = get("?limit=1");
    assertThat(first.json().getJsonObject("page").getBoolean("has_more")).isFalse();
    another("A");
    another("B");

    Answer second = get("?limit=1&after=" + next(first));
    assertThat(second.json().getJsonObject("page").getBoolean("has_more")).isTrue();
    Answer third = get("?limit=1&after=" + next(second));
    Answer fourth = get("?limit=1&after=" + next(third));

    assertThat(events(second).get(0).toString()).contains("\"A\"");
    assertThat(events(third).get(0).toString()).contains("\"B\"");
    assertThat(events(fourth)).isEmpty();
    assertThat(next(fourth)).isEqualTo(next(third));
    assertThat(events(get("?after=latest"))).isEmpty();
    assertThat(types(get("?type=api_key.revoked,api_key.leaked"))).isEmpty();
  }

  @Test
  void keyIsToldOnlyOfWhatItMayRead() {
    Key other = control.key(Control.wish().in(organisation).scopes("events:read suppliers:read"));
    assertThat(events(SERVER.api().get(EVENTS, other.secret()))).isEmpty();

    Key none = control.key(Control.wish().in(organisation).scopes("api-keys:read"));
    assertProblem(SERVER.api().get(EVENTS, none.secret()), 403, "insufficient_scope");
  }

  @Test
  void wrongParametersAreNamed() {
    Key elsewhere =
        control.key(Control.wish().in(control.organisation()).scopes("events:read api-keys:read"));
    String foreign = next(SERVER.api().get(EVENTS, elsewhere.secret()));
    for (String query :
        List.of(
            "?after=" + foreign,
            "?after=1",
            "?after=" + next(get("")) + "9",
            "?type=api_key.eaten",
            "?limit=0",
            "?cursor=x")) {
      assertProblem(get(query), 422, "invalid");
    }
  }

  @Test
  void whoWasAwayForMoreThanThirtyDaysIsToldSo() {
    String first = events(get("")).get(0).getString("id");
    another("Later");
    control.sql(
        "UPDATE audit_event SET at = at - INTERVAL '31' DAY WHERE organisation_id ="
            + " (SELECT o.id FROM organisation o WHERE o.domain = '"
            + organisation
            + "')");
    another("Now");

    assertThat(events(get(""))).hasSize(1);
    Answer answer = get("?after=" + first);
    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getString("detail")).contains("30 days");
  }

  @Test
  void keyThatExpiresSoonIsToldOfOnce() {
    Manager manager =
        new Manager(SERVER, organisation, "suppliers:read api-keys:read api-keys:manage");
    String end = control.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS).toString();
    String id =
        Manager.ok(manager.post("", "{\"name\":\"Trial\",\"expires_at\":\"" + end + "\"}"), 201)
            .getJsonObject("api_key")
            .getString("id");
    control.wake();
    assertThat(events(get("?type=api_key.expiring"))).isEmpty();

    control.sql(
        "UPDATE api_key SET expiry_notice_at = expiry_notice_at - INTERVAL '1' DAY WHERE id = '%s'"
            .formatted(id));
    Eventually.within(
        SOON,
        () -> {
          control.wake();
          assertThat(events(get("?type=api_key.expiring"))).hasSize(1);
        });
    control.wake();

    JsonObject event = events(get("?type=api_key.expiring")).get(0).getJsonObject("data");
    assertThat(event.getJsonObject("object").getString("id")).isEqualTo(id);
    assertThat(event.getJsonObject("actor").getString("type")).isEqualTo("system");
    assertThat(event.getJsonObject("details").getString("days")).isEqualTo("3");
    assertThat(event.getJsonObject("details").getString("expires_at")).isEqualTo(end);
  }

  /** The days pass as the times of the key come nearer. */
  @Test
  void keyThatExpiresIsToldOf14And3And1DaysBefore() {
    Manager manager =
        new Manager(SERVER, organisation, "suppliers:read api-keys:read api-keys:manage");
    String admin = "admin@" + organisation + ".example";
    control.user(organisation, admin, "ADMINISTRATOR", "correct horse battery");
    String end = control.now().plus(Duration.ofDays(15)).truncatedTo(ChronoUnit.SECONDS).toString();
    String id =
        Manager.ok(manager.post("", "{\"name\":\"Trial\",\"expires_at\":\"" + end + "\"}"), 201)
            .getJsonObject("api_key")
            .getString("id");
    control.wake();
    assertThat(events(get("?type=api_key.expiring"))).isEmpty();

    int told = 0;
    for (int hours : List.of(2 * 24, 11 * 24, 36)) {
      told++;
      int now = told;
      control.sql(
          """
          UPDATE api_key SET expires_at = expires_at - INTERVAL '%1$d' HOUR,
            expiry_notice_at = expiry_notice_at - INTERVAL '%1$d' HOUR WHERE id = '%2$s'
          """
              .formatted(hours, id));
      Eventually.within(
          SOON,
          () -> {
            control.wake();
            assertThat(events(get("?type=api_key.expiring"))).hasSize(now);
          });
      control.wake();
    }

    assertThat(events(get("?type=api_key.expiring")))
        .extracting(event -> event.getJsonObject("data").getJsonObject("details").getString("days"))
        .containsExactly("14", "3", "1");
    control.notices();
    assertThat(
            control.sql(
                "SELECT n.id FROM notice n JOIN notice_copy c ON c.notice_id = n.id WHERE n.kind ="
                    + " 'KEY_EXPIRING' AND n.subject_id = '%s'".formatted(id)))
        .hasSize(3);
  }

  /** The first three quarters of the grace period pass in seconds here. */
  @Test
  void retiredSecretInUseShortlyBeforeItsEndIsToldOfOnce() {
    Key key = another("ERP");
    control.refresh(key, Duration.ofSeconds(3));
    Eventually.within(
        SOON, () -> assertThat(SERVER.api().me(key.secret()).status()).isEqualTo(401));

    Eventually.within(
        SOON, () -> assertThat(events(get("?type=api_key.retired_secret_used"))).hasSize(1));
    JsonObject event =
        events(get("?type=api_key.retired_secret_used")).get(0).getJsonObject("data");
    assertThat(event.getJsonObject("object").getString("id")).isEqualTo(key.id());
    assertThat(event.getJsonObject("details").getString("number")).isEqualTo("1");
  }

  private Answer post(String path, String type, byte[] body) {
    return SERVER
        .api()
        .send(
            "POST",
            "/api/v1" + path,
            BodyPublishers.ofByteArray(body),
            "Authorization",
            "Bearer " + reader.secret(),
            "Content-Type",
            type);
  }

  private void writeKeys(String name) {
    for (int i = 0; i < EACH; i++) {
      another(name + i);
    }
  }

  private void writeSuppliers() {
    byte[] two = "{\"suppliers\": [{\"name\": \"A\"}, {\"name\": \"B\"}]}".getBytes(UTF_8);
    for (int i = 0; i < EACH; i++) {
      assertThat(post("/suppliers/bulk", "application/json", two).status()).isEqualTo(200);
    }
  }

  /** Several files, since a file this small is one transaction. */
  private void importSuppliers() {
    for (int i = 0; i < EACH / 5; i++) {
      String rows = "name\nC" + i + "\nD" + i + "\nE" + i + "\n";
      Answer begun =
          post("/supplier-imports", Multipart.TYPE, Multipart.of("a.csv", rows.getBytes(UTF_8)));
      assertThat(begun.status()).as(begun.body()).isEqualTo(202);
      String path = "/api/v1/supplier-imports/" + begun.json().getString("id");
      Eventually.within(
          SOON,
          () ->
              assertThat(SERVER.api().get(path, reader.secret()).json().isNull("finished_at"))
                  .isFalse());
    }
  }

  /** Transactions of several writers end in another order than they began. */
  @Test
  void readerSkipsNothingWhileOthersWrite() throws InterruptedException, ExecutionException {
    String place = next(get("?after=latest"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers =
          List.of(
              threads.submit(() -> writeKeys("One ")),
              threads.submit(() -> writeKeys("Two ")),
              threads.submit(this::writeSuppliers),
              threads.submit(this::importSuppliers));
      List<String> seen = new ArrayList<>();
      boolean last = false;
      while (!last) {
        last = writers.stream().allMatch(Future::isDone);
        Answer part = get("?limit=7&after=" + place);
        while (!events(part).isEmpty()) {
          events(part).forEach(event -> seen.add(event.getString("id")));
          part = get("?limit=7&after=" + next(part));
        }
        place = next(part);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }

      List<String> all = events(get("?limit=200")).stream().map(e -> e.getString("id")).toList();
      // Two writers of keys, two suppliers in each bulk, and files of three with their ends.
      assertThat(seen)
          .hasSize(EACH * 2 + EACH * 2 + EACH / 5 * 4)
          .isEqualTo(all.subList(1, all.size()));
    } finally {
      threads.shutdownNow();
    }
  }
}
