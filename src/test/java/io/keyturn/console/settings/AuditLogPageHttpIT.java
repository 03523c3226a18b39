package io.keyturn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.language.Language;
import io.keyturn.language.Texts;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.Visitor;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** The page {@code /settings/audit-log}, without a browser. */
class AuditLogPageHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PAGE = "/settings/audit-log";
  private static final int EVENTS = 1230;

  private static final Control CONTROL = SERVER.control();
  private static final String ORGANISATION = CONTROL.organisation();
  private static final Visitor ADMIN = person("ADMINISTRATOR");
  private static final String OURS =
      "organisation_id = (SELECT id FROM organisation WHERE domain = '" + ORGANISATION + "')";

  /** Few of them, for a password takes its time. */
  private static Visitor person(String role) {
    String email = role.toLowerCase(java.util.Locale.ROOT) + "@" + ORGANISATION + ".example";
    CONTROL.user(ORGANISATION, email, role, KeyturnServer.ADMIN_PASSWORD);
    return new Visitor(SERVER).signIn(email, KeyturnServer.ADMIN_PASSWORD);
  }

  private static Control.Key key(String name) {
    return CONTROL.key(Control.wish().in(ORGANISATION).named(name));
  }

  @Test
  void pageShowsEventsAsSentencesAndEscapesTheirNames() {
    key("<b>ERP</b>");

    String page = ADMIN.open(PAGE).html();

    assertThat(page).contains("tester created API key “&lt;b&gt;ERP&lt;/b&gt;”");
    assertThat(page).doesNotContain("<b>ERP");
    assertThat(page).contains("administrator@" + ORGANISATION + ".example signed in");
  }

  @Test
  void filterInTheAddressCounts() {
    key("filtered");

    String page = ADMIN.open(PAGE + "?subject=FILTERED").html();

    assertThat(page)
        .contains("tester created API key “filtered”")
        .doesNotContain("example signed in");
  }

  @Test
  void eventsAreTurnedPageByPageAndBack() {
    copyTheFirst(60);
    try {
      String first = ADMIN.open(PAGE + "?action=COPIED").html();
      String second = ADMIN.open(link(first, "next")).html();
      String third = ADMIN.open(link(second, "next")).html();

      assertThat(sequences(first)).hasSize(25).startsWith(1060).endsWith(1036);
      assertThat(sequences(second)).hasSize(25).startsWith(1035).endsWith(1011);
      assertThat(sequences(third)).hasSize(10).startsWith(1010).endsWith(1001);
      assertThat(third).doesNotContain("rel=\"next\"");
      assertThat(first).doesNotContain("rel=\"prev\"");
      String secondAgain = ADMIN.open(link(third, "prev")).html();
      assertThat(sequences(secondAgain)).isEqualTo(sequences(second));
      assertThat(sequences(ADMIN.open(link(secondAgain, "prev")).html()))
          .isEqualTo(sequences(first));
    } finally {
      deleteCopies();
    }
  }

  private static String link(String page, String rel) {
    Matcher tag = Pattern.compile("<a [^>]*rel=\"" + rel + "\"[^>]*>").matcher(page);
    assertThat(tag.find()).as(rel).isTrue();
    return tag.group().replaceAll(".*href=\"([^\"]*)\".*", "$1").replace("&amp;", "&");
  }

  private static List<Integer> sequences(String page) {
    return Pattern.compile("data-sequence=\"([0-9]+)\"")
        .matcher(page)
        .results()
        .map(r -> Integer.valueOf(r.group(1)))
        .toList();
  }

  @Test
  void daysInTheWrongOrderAreSaid() {
    assertThat(ADMIN.open(PAGE + "?from=2026-01-16&to=2026-01-15").html())
        .containsPattern(
            "id=\"from\"(?s).{0,200}kt-field-error[^>]*>From must not be after the end\\.");
    assertThat(ADMIN.open(PAGE + "?from=2026-01-15&to=2026-01-15").html())
        .doesNotContain("must not be after");
  }

  @Test
  void eachFilterAtFaultGetsItsMessage() {
    String page = ADMIN.open(PAGE + "?action=no&from=soon&to=2026-02-30&actor=%07").html();

    assertThat(page)
        .containsPattern("id=\"from\"(?s).{0,200}kt-field-error[^>]*>From must be a date, such as")
        .containsPattern("id=\"to\"(?s).{0,300}kt-field-error[^>]*>To must be a date, such as")
        .containsPattern("id=\"actor\"(?s).{0,300}kt-field-error[^>]*>Done by must have 1 to 254")
        .contains("kt-field-error\" role=\"alert\">Action must be capital letters");
    assertThat(ADMIN.open(PAGE + "?older=x").html()).contains("kt-error\">The place in the log ");
  }

  /** In Auckland, a day begins 13 hours before it does in UTC. */
  @Test
  void daysAreThoseOfTheZoneThatIsShown() {
    copyTheFirst(1);
    try {
      CONTROL.sql(
          "UPDATE audit_event SET at = TIMESTAMP WITH TIME ZONE '2026-01-14 12:30:00+00:00' WHERE"
              + " action = 'COPIED' AND "
              + OURS);
      String day = PAGE + "?action=COPIED&from=2026-01-15&to=2026-01-15";

      String auckland = ADMIN.open(day + "&zone=Pacific%2FAuckland").html();
      assertThat(sequences(auckland)).containsExactly(1001);
      assertThat(auckland)
          .contains("From (<span class=\"kt-zone\">Pacific/Auckland</span>)")
          .contains("name=\"zone\" type=\"hidden\" value=\"Pacific/Auckland\"");
      assertThat(sequences(ADMIN.open(day + "&zone=Europe%2FBerlin").html())).isEmpty();
      String bare = ADMIN.open(day).html();
      assertThat(sequences(bare)).isEmpty();
      assertThat(bare).contains("name=\"zone\" type=\"hidden\" value=\"UTC\"");
      assertThat(ADMIN.open(day + "&zone=Mars%2FOlympus").html()).contains("must be a time zone");
    } finally {
      deleteCopies();
    }
  }

  @Test
  void pageIsClosedToWhoMayNotSeeTheAuditLog() {
    assertThat(person("KEY_MANAGER").open(PAGE).status()).isEqualTo(403);
    assertThat(new Visitor(SERVER).open(PAGE).path()).isEqualTo("/login");
  }

  @Test
  void verifyTellsTheFirstBrokenLink() {
    assertThat(ADMIN.submit(PAGE, "log:verify").html()).contains("events are as they were written");

    rename("somebody else");
    try {
      assertThat(ADMIN.submit(PAGE, "log:verify").html())
          .contains("The audit log is not as it was written. Event 1 is not as it was written");
    } finally {
      rename("tester");
    }
  }

  private static void rename(String actor) {
    CONTROL.sql(
        "UPDATE audit_event SET actor_name = '" + actor + "' WHERE sequence = 1 AND " + OURS);
  }

  @Test
  void exportHoldsAllEventsOfAllPagesAndIsAuditedItself() throws IOException {
    key("=1+1");
    copyTheFirst(EVENTS);
    Visitor.Page answer;
    try {
      answer = ADMIN.submit(PAGE, "log:export");
    } finally {
      deleteCopies();
    }

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
        .contains("attachment")
        .contains("audit-log-" + ORGANISATION + ".csv");
    assertThat(answer.html()).as("the byte order mark").startsWith("\uFEFF\"sequence\"");
    List<CSVRecord> rows =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(answer.html().substring(1)))
            .getRecords();
    // The export's own event is the newest of those that are not copies, and in the file.
    assertThat(rows).hasSize(EVENTS + count());
    assertThat(rows.stream().map(r -> r.get("sequence")).distinct()).hasSize(rows.size());
    CSVRecord export = rows.get(EVENTS);
    assertThat(export.get("action")).isEqualTo("AUDIT_LOG_EXPORTED");
    assertThat(export.get("actor_name")).startsWith("administrator@");
    assertThat(rows)
        .anySatisfy(
            row -> {
              assertThat(row.get("action")).isEqualTo("API_KEY_CREATED");
              assertThat(row.get("subject_name")).isEqualTo("'=1+1");
              assertThat(row.get("details")).contains("\"scopes\":\"suppliers:read\"");
            });
  }

  @Test
  void exportHoldsWhatTheFiltersLetThroughAndRecordsThem() {
    key("exported");

    String csv = ADMIN.submit(PAGE + "?subject=exported", "log:export").html();

    assertThat(csv.lines()).hasSize(2);
    assertThat(
            CONTROL.sql(
                "SELECT details FROM audit_event WHERE action = 'AUDIT_LOG_EXPORTED' AND "
                    + OURS
                    + " ORDER BY sequence DESC"))
        .first()
        .satisfies(
            row -> assertThat(row.getString("details")).isEqualTo("{\"subject\":\"exported\"}"));
  }

  /** Of all that other tests with the same server have recorded, too. */
  @Test
  void eachRecordedFactHasANameForPages() {
    key("facts");
    Texts texts = Texts.of("pages", Language.ENGLISH);

    Set<String> facts = new TreeSet<>();
    CONTROL
        .sql("SELECT DISTINCT details FROM audit_event WHERE details LIKE '{\"%'")
        .forEach(row -> facts.addAll(json(row.getString("details")).keySet()));
    assertThat(facts)
        .contains("number")
        .allMatch(
            fact -> texts.find("audit_fact." + fact.replaceFirst("_before$", "")).isPresent());
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static int count() {
    return Integer.parseInt(
        CONTROL.sql("SELECT count(*) AS n FROM audit_event WHERE " + OURS).get(0).getString("n"));
  }

  /** More rows than a page has, behind a gap; their MACs matter to no page. */
  private static void copyTheFirst(int count) {
    String series = TestDatabase.current() == TestDatabase.H2 ? "system_range" : "generate_series";
    CONTROL.sql(
        """
        INSERT INTO audit_event (organisation_id, sequence, at, action, actor_type, actor_name,
          subject_type, subject_name, details, mac)
        SELECT e.organisation_id, 1000 + s.n, e.at, 'COPIED', e.actor_type, e.actor_name,
          e.subject_type, e.subject_name, e.details, e.mac
        FROM audit_event e CROSS JOIN %s(1, %d) AS s(n) WHERE e.sequence = 1 AND e.%s
        """
            .formatted(series, count, OURS));
  }

  private static void deleteCopies() {
    CONTROL.sql("DELETE FROM audit_event WHERE action = 'COPIED' AND " + OURS);
  }
}
