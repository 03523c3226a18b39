package io.keyturn.event;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The feed of changes over the API: each test in an organisation of its own. */
class EventFeedHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String EVENTS = "/api/v1/events";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int WRITERS = 4;
  private static final int EACH = 15;

  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final Key reader =
      control.key(Control.wish().in(organisation).scopes("events:read api-keys:read"));

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

  /** Transactions of several writers end in another order than they began. */
  @Test
  void readerSkipsNothingWhileOthersWrite() throws InterruptedException {
    String place = next(get("?after=latest"));
    AtomicInteger left = new AtomicInteger(WRITERS);
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      String name = "Writer " + i + " key ";
      writers.add(
          new Thread(
              () -> {
                for (int k = 0; k < EACH; k++) {
                  another(name + k);
                }
                left.decrementAndGet();
              }));
    }
    writers.forEach(Thread::start);
    List<String> seen = new ArrayList<>();
    boolean last = false;
    while (!last) {
      last = left.get() == 0;
      Answer part = get("?limit=7&after=" + place);
      while (!events(part).isEmpty()) {
        events(part).forEach(event -> seen.add(event.getString("id")));
        part = get("?limit=7&after=" + next(part));
      }
      place = next(part);
    }
    for (Thread writer : writers) {
      writer.join();
    }

    List<String> all = events(get("?limit=200")).stream().map(e -> e.getString("id")).toList();
    assertThat(seen).hasSize(WRITERS * EACH).isEqualTo(all.subList(1, all.size()));
  }
}
