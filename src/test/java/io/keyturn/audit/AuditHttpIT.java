package io.keyturn.audit;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log over the API: each test in an organisation of its own, with nine events. */
class AuditHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String EVENTS = "/api/v1/audit-events";
  private static final String VERIFICATION = EVENTS + "/verification";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();

  private String organisation = "";
  private Key auditor;
  private Key erp;

  /** A chain that a test has broken takes no more events, so these keys would stay due for ever. */
  @AfterEach
  void leaveNoKeyDue() {
    control.sql(
        "UPDATE api_key SET due_at = NULL WHERE organisation_id ="
            + " (SELECT o.id FROM organisation o WHERE o.domain = '"
            + organisation
            + "')");
  }

  @BeforeEach
  void act() {
    organisation = control.organisation();
    auditor = control.key(Control.wish().in(organisation).scopes("audit-log:read"));
    erp = control.key(Control.wish().in(organisation).named("ERP"));
    Key refreshed = erp;
    for (int i = 0; i < 4; i++) {
      refreshed = control.refresh(refreshed, Duration.ZERO);
    }
    control.reveal(refreshed);
    control.revoke(refreshed);
  }

  private Answer get(String path) {
    return api.get(path, auditor.secret());
  }

  private static List<Integer> sequences(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("data").getValuesAs(JsonObject.class).stream()
        .map(event -> event.getInt("sequence"))
        .toList();
  }

  private List<Integer> find(String parameter, String value) {
    return sequences(
        get(EVENTS + "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
  }

  @Test
  void eventsAreListedNewestFirstPageByPage() {
    List<Integer> all = new ArrayList<>();
    String path = EVENTS + "?limit=4&count=true";
    while (path != null) {
      Answer page = get(path);
      all.addAll(sequences(page));
      assertThat(page.json().getJsonObject("page").getInt("total")).isEqualTo(9);
      path =
          page.header("Link")
              .map(l -> l.replaceAll("<.*(/api/v1.*)>; rel=\"next\"", "$1"))
              .orElse(null);
    }

    assertThat(all).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void eventTellsWhoDidWhatToWhatAndWhen() {
    JsonObject event =
        get(EVENTS + "?action=API_KEY_REFRESHED&limit=1")
            .json()
            .getJsonArray("data")
            .getJsonObject(0);

    assertThat(event.getInt("sequence")).isEqualTo(7);
    assertThat(event.getString("action")).isEqualTo("API_KEY_REFRESHED");
    assertThat(Instant.parse(event.getString("at")))
        .isBetween(control.now().minusSeconds(600), control.now());
    JsonObject actor = event.getJsonObject("actor");
    assertThat(actor.getString("type")).isEqualTo("person");
    assertThat(actor.get("id")).isEqualTo(JsonValue.NULL);
    assertThat(actor.getString("name")).isEqualTo("tester");
    assertThat(actor.getString("address")).isEqualTo("127.0.0.1");
    JsonObject subject = event.getJsonObject("subject");
    assertThat(subject.getString("type")).isEqualTo("api_key");
    assertThat(subject.getString("id")).isEqualTo(erp.id());
    assertThat(subject.getString("name")).isEqualTo("ERP");
    assertThat(event.getJsonObject("details").getString("number")).isEqualTo("5");
  }

  @Test
  void filtersLetThroughWhatTheyName() {
    assertThat(find("action", "API_KEY_REFRESHED")).containsExactly(7, 6, 5, 4);
    assertThat(find("action", "NEVER_HAPPENED")).isEmpty();
    assertThat(find("actor", "TESTER")).hasSize(9);
    assertThat(find("actor", erp.id())).isEmpty();
    assertThat(find("subject", "erp")).containsExactly(9, 8, 7, 6, 5, 4, 3);
    assertThat(find("subject", erp.id())).containsExactly(9, 8, 7, 6, 5, 4, 3);
    assertThat(find("after", "7")).containsExactly(9, 8);
    assertThat(sequences(get(EVENTS + "?subject=ERP&action=API_KEY_REVEALED"))).containsExactly(8);
  }

  @Test
  void timesBoundTheListFromInclusiveToExclusive() {
    String fifth =
        get(EVENTS + "?after=4&action=API_KEY_REFRESHED")
            .json()
            .getJsonArray("data")
            .getJsonObject(2)
            .getString("at");

    assertThat(find("from", fifth)).containsExactly(9, 8, 7, 6, 5);
    assertThat(find("to", fifth)).containsExactly(4, 3, 2, 1);
  }

  @Test
  void anotherOrganisationsEventsDoNotExist() {
    Key other = control.key(Control.wish().in(control.organisation()).scopes("audit-log:read"));

    assertThat(sequences(api.get(EVENTS, other.secret()))).containsExactly(2, 1);
    assertThat(sequences(api.get(EVENTS + "?subject=" + erp.id(), other.secret()))).isEmpty();
    String cursor = get(EVENTS + "?limit=1").json().getJsonObject("page").getString("next_cursor");
    assertThat(sequences(api.get(EVENTS + "?cursor=" + cursor, other.secret())))
        .containsExactly(2, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {EVENTS, VERIFICATION})
  void keyWithoutTheScopeIsRefused(String path) {
    String secret = control.key(Control.wish().in(organisation).scopes("suppliers:read")).secret();

    Answer answer = api.get(path, secret);

    assertProblem(answer, 403, "insufficient_scope");
    assertThat(answer.json().getString("scope")).isEqualTo("audit-log:read");
  }

  @ParameterizedTest
  @CsvSource({
    "?colour=red, colour",
    "?action=x, action",
    "?actor=%00, actor",
    "?from=yesterday, from",
    "?to=2026-03-01, to",
    "?after=-1, after",
    "?limit=0, limit",
    "?cursor=x, cursor",
    "?sort=at, sort",
    "?action=A&action=B, action",
    "/verification?limit=1, limit",
    "/verification?noted=1, noted"
  })
  void unknownOrWrongParameterIsNamed(String query, String field) {
    Answer answer = get(EVENTS + query);

    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
  }

  @Test
  void chainAsItWasWrittenIsIntact() {
    Answer answer = get(VERIFICATION);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().getBoolean("intact")).isTrue();
    assertThat(answer.json().getInt("events")).isEqualTo(9);
    assertThat(get(VERIFICATION + "?noted=" + answer.json().getString("newest")).status())
        .isEqualTo(200);
  }

  @Test
  void firstOrganisationsChainIsIntact() {
    Key key = control.key(Control.wish().scopes("audit-log:read"));

    assertThat(api.get(VERIFICATION, key.secret()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4 | altered  | UPDATE audit_event SET details = '{"number":"9"}' WHERE %s = 4
          4 | altered  | UPDATE audit_event SET actor_name = 'somebody else' WHERE %s = 4
          4 | altered  | UPDATE audit_event SET actor_type = 'MARTIAN' WHERE %s = 4
          4 | altered  | UPDATE audit_event SET details = 'no JSON' WHERE %s = 4
          4 | altered  | UPDATE audit_event SET at = at - INTERVAL '1' HOUR WHERE %s = 4
          1 | missing  | DELETE FROM audit_event WHERE %s = 1
          5 | missing  | DELETE FROM audit_event WHERE %s = 5
          3 | altered  | UPDATE audit_event SET subject_id = NULL WHERE %s = 3
          9 | truncated| DELETE FROM audit_event WHERE %s = 9
          4 | truncated| DELETE FROM audit_event WHERE %s > 3
          1 | truncated| DELETE FROM audit_event WHERE %s > 0
          9 | head_altered | UPDATE audit_head SET mac = '' WHERE %s = 9
          9 | head_altered | UPDATE audit_head SET sequence = 8 WHERE %s = 9
          9 | head_altered | DELETE FROM audit_head WHERE %s = 9
          """)
  void tamperingIsFoundAndTheFirstBrokenLinkNamed(int sequence, String how, String tampering) {
    tamper(tampering);

    assertBroken(sequence, how);
    assertThat(get(EVENTS).status()).as("what is left can be read").isEqualTo(200);
  }

  @Test
  void reorderingIsFound() {
    tamper("UPDATE audit_event SET sequence = 1000 WHERE %s = 4");
    tamper("UPDATE audit_event SET sequence = 4 WHERE %s = 6");
    tamper("UPDATE audit_event SET sequence = 6 WHERE %s = 1000");

    assertBroken(4, "altered");
  }

  @Test
  void truncationWithTheHeadMovedBackIsFoundAndStaysFound() {
    tamper("DELETE FROM audit_event WHERE %s > 7");
    tamper(
        """
        UPDATE audit_head SET sequence = 7, mac = (SELECT e.mac FROM audit_event e
          WHERE e.organisation_id = audit_head.organisation_id AND e.sequence = 7) WHERE %s = 9
        """);
    assertBroken(7, "head_altered");

    control.key(Control.wish().in(organisation));
    assertBroken(8, "altered");
  }

  @Test
  void chainBegunAnewIsFound() {
    tamper("DELETE FROM audit_event WHERE %s > 0");
    tamper("DELETE FROM audit_head WHERE %s > 0");
    control.key(Control.wish().in(organisation));

    assertBroken(1, "restarted");
  }

  @Test
  void anEarlierDayPutBackIsFoundByTheLinkThatWasNoted() {
    tamper("CREATE TABLE earlier AS SELECT * FROM audit_head WHERE %s = 9");
    try {
      control.key(Control.wish().in(organisation));
      String noted = get(VERIFICATION).json().getString("newest");
      tamper("DELETE FROM audit_event WHERE %s > 9");
      tamper(
          """
          UPDATE audit_head SET sequence = 9, mac = (SELECT mac FROM earlier) WHERE %s = 10
          """);
      assertThat(get(VERIFICATION).status()).as("no database alone can tell").isEqualTo(200);

      Answer answer = get(VERIFICATION + "?noted=" + noted);

      assertProblem(answer, 409, "audit_log_broken");
      assertThat(answer.json().getInt("sequence")).isEqualTo(10);
    } finally {
      control.sql("DROP TABLE earlier");
    }
  }

  /** Past the application, on the rows of this test's organisation. */
  private void tamper(String sql) {
    control.sql(
        sql.formatted(
            "organisation_id = (SELECT id FROM organisation WHERE domain = '"
                + organisation
                + "') AND sequence"));
  }

  private void assertBroken(int sequence, String how) {
    Answer answer = get(VERIFICATION);
    assertProblem(answer, 409, "audit_log_broken");
    assertThat(answer.json().getInt("sequence")).as(answer.body()).isEqualTo(sequence);
    assertThat(answer.json().getString("how")).isEqualTo(how);
    assertThat(answer.json().getString("detail")).containsIgnoringCase("event " + sequence);
  }
}
