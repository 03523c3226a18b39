package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page {@code /settings/audit-log}, without a browser. */
class AuditLogPageHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PAGE = "/settings/audit-log";
  private static final int EVENTS = 1230;

  private final Control control = SERVER.control();
  private String organisation = "";

  @BeforeEach
  void makeOrganisation() {
    organisation = control.organisation();
  }

  private Visitor person(String role) {
    String email = role.toLowerCase(java.util.Locale.ROOT) + "@" + organisation + ".example";
    control.user(organisation, email, role, KeyturnServer.ADMIN_PASSWORD);
    return new Visitor(SERVER).signIn(email, KeyturnServer.ADMIN_PASSWORD);
  }

  @Test
  void pageShowsEventsAsSentencesAndEscapesTheirNames() {
    control.key(Control.wish().in(organisation).named("<b>ERP</b>"));

    String page = person("ADMINISTRATOR").get(PAGE).body();

    assertThat(page).contains("tester created API key “&lt;b&gt;ERP&lt;/b&gt;”");
    assertThat(page).doesNotContain("<b>ERP");
    assertThat(page).contains("tester created organisation “" + organisation + "”");
  }

  @Test
  void filterInTheAddressCounts() {
    control.key(Control.wish().in(organisation).named("ERP"));

    String page = person("ADMINISTRATOR").get(PAGE + "?action=API_KEY_CREATED").body();

    assertThat(page).contains("tester created API key").doesNotContain("created organisation");
  }

  @Test
  void pageIsClosedToWhoMayNotSeeTheAuditLog() {
    assertThat(person("KEY_MANAGER").get(PAGE).statusCode()).isEqualTo(403);
    assertThat(person("VIEWER").get(PAGE).statusCode()).isEqualTo(403);
    assertThat(new Visitor(SERVER).get(PAGE).statusCode()).isNotEqualTo(200);
  }

  @Test
  void verifyTellsTheFirstBrokenLink() {
    control.key(Control.wish().in(organisation));
    Visitor admin = person("ADMINISTRATOR");
    assertThat(admin.press(PAGE, "log:verify").body()).contains("events are as they were written");

    control.sql(
        "UPDATE audit_event SET actor_name = 'somebody else' WHERE sequence = 2 AND"
            + " organisation_id = (SELECT id FROM organisation WHERE domain = '"
            + organisation
            + "')");

    assertThat(admin.press(PAGE, "log:verify").body())
        .contains("The audit log is not as it was written. Event 2 is not the one");
  }

  @Test
  void exportHoldsAllEventsOfAllPagesAndIsAuditedItself() throws IOException {
    control.key(Control.wish().in(organisation).named("=1+1"));
    Visitor admin = person("ADMINISTRATOR");
    long before = count();
    copyTheNewest(EVENTS);

    var answer = admin.press(PAGE, "log:export");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
        .contains("attachment")
        .contains("audit-log-" + organisation + ".csv");
    List<CSVRecord> rows =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(answer.body()))
            .getRecords();
    assertThat(rows).hasSize((int) before + EVENTS + 1);
    assertThat(rows.stream().map(r -> r.get("sequence")).distinct()).hasSize(rows.size());
    assertThat(rows)
        .anySatisfy(
            row -> {
              assertThat(row.get("action")).isEqualTo("AUDIT_LOG_EXPORTED");
              assertThat(row.get("actor_name")).startsWith("administrator@");
            });
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
    control.key(Control.wish().in(organisation));
    Visitor admin = person("ADMINISTRATOR");

    String csv = admin.press(PAGE + "?action=API_KEY_CREATED", "log:export").body();

    assertThat(csv.lines()).hasSize(2);
    assertThat(
            control.sql(
                "SELECT details FROM audit_event WHERE action = 'AUDIT_LOG_EXPORTED' AND"
                    + " organisation_id = (SELECT id FROM organisation WHERE domain = '"
                    + organisation
                    + "')"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.getString("details")).isEqualTo("{\"action\":\"API_KEY_CREATED\"}"));
  }

  private long count() {
    return Long.parseLong(
        control
            .sql(
                "SELECT count(*) AS n FROM audit_event WHERE organisation_id ="
                    + " (SELECT id FROM organisation WHERE domain = '"
                    + organisation
                    + "')")
            .get(0)
            .getString("n"));
  }

  /** More rows than a page of the export has; their MACs matter to no export. */
  private void copyTheNewest(int count) {
    String series =
        TestDatabase.current() == TestDatabase.H2
            ? "system_range(1, " + count + ") AS s(n)"
            : "generate_series(1, " + count + ") AS s(n)";
    control.sql(
        "INSERT INTO audit_event (organisation_id, sequence, at, action, actor_type, actor_name,"
            + " subject_type, subject_name, details, mac) SELECT e.organisation_id, 1000 + s.n,"
            + " e.at, 'COPIED', e.actor_type, e.actor_name, e.subject_type, e.subject_name,"
            + " e.details, e.mac FROM audit_event e CROSS JOIN "
            + series
            + " WHERE e.sequence = 1 AND e.organisation_id ="
            + " (SELECT id FROM organisation WHERE domain = '"
            + organisation
            + "')");
  }
}
