package io.keyturn.console.settings;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of a key, and stopping leaked secrets on the pages. */
class ApiKeyPageHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PASSWORD = "a password of many words";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private Key key;
  private Visitor administrator;

  @BeforeEach
  void signIn() {
    key = control.key(Control.wish().in(organisation));
    administrator = visitor("ADMINISTRATOR");
  }

  private Visitor visitor(String role) {
    String email = UUID.randomUUID() + "@" + organisation + ".example";
    control.user(organisation, email, role, PASSWORD);
    return new Visitor(SERVER).signIn(email, PASSWORD);
  }

  private static String path(Key key) {
    return "/settings/api-key?id=" + key.id();
  }

  private static String path(Key key, String tab) {
    return path(key) + "&tab=" + tab;
  }

  /** Opens a page and presses a button of it. */
  private Page press(String path, String button, Map<String, String> fields) {
    String form = button.substring(0, button.indexOf(':'));
    return administrator.press(
        administrator.open(path), form, button, fields, form + ":panel messages");
  }

  private String column(String column) {
    return control
        .sql("SELECT %s AS x FROM api_key WHERE id = '%s'".formatted(column, key.id()))
        .get(0)
        .getString("x");
  }

  @Test
  void pageTellsAboutTheKeyButNotItsSecret() {
    Page page = administrator.open(path(key));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.html()).contains(key.name()).contains("every 24 hours");
    assertThat(page.html()).contains(key.secret().substring(key.secret().length() - 4));
    assertThat(page.html()).doesNotContain(key.secret());
  }

  private void used(int daysAgo, int requests) {
    Instant today = control.now().truncatedTo(ChronoUnit.DAYS);
    control.used(key, today.minus(Duration.ofDays(daysAgo)), requests, 1);
  }

  @Test
  void tableShowsTheRequestsOfEachOfTheLastSevenDays() {
    used(7, 500);
    used(6, 40);
    used(1, 9);
    control.key(Control.wish().in(organisation));
    assertThat(api.me(key.secret()).status()).isEqualTo(200);

    Eventually.within(
        Duration.ofSeconds(20),
        () ->
            assertThat(administrator.open("/settings/api-authentication").html())
                .as("nothing of a key without requests")
                .containsOnlyOnce("data-spark")
                .contains("data-spark=\"41 0 0 0 0 10 1\""));
  }

  @Test
  void keyOfAnotherOrganisationIsNotFound() {
    Key other = control.key(Control.wish().in(control.organisation()));

    for (String id : List.of(other.id(), UUID.randomUUID().toString(), "x", "")) {
      Page page = administrator.open("/settings/api-key?id=" + id);
      assertThat(page.status()).as(id).isEqualTo(404);
      assertThat(page.html()).doesNotContain(other.name());
    }
    assertThat(administrator.open("/settings/api-key").status()).isEqualTo(404);
  }

  @Test
  void pageIsClosedToWhoMayNotSeeKeys() {
    assertThat(visitor("VIEWER").open(path(key)).status()).isEqualTo(403);
  }

  @Test
  void policyIsSaved() {
    Page saved =
        press(
            path(key, "credentials"),
            "policy:save",
            Map.of(
                "policy:interval", "12",
                "policy:interval-unit", "hours",
                "policy:grace", "30",
                "policy:grace-unit", "minutes"));

    assertThat(saved.html()).contains("was saved");
    assertThat(administrator.open(path(key)).html()).contains("every 12 hours");
    assertThat(column("refresh_interval_seconds")).isEqualTo("43200");
    assertThat(column("grace_period_seconds")).isEqualTo("1800");
    assertThat(api.me(key.secret()).status()).isEqualTo(200);
  }

  @Test
  void policyOutOfBoundsIsSaidAtItsField() {
    Map<String, Map<String, String>> wrong =
        Map.of(
            "The interval must be from 1 hour to 90 days.",
                Map.of("policy:interval", "91", "policy:interval-unit", "days"),
            "The interval must be a whole number.",
                Map.of("policy:interval", "daily", "policy:interval-unit", "days"),
            "The grace period must be from 0 to 24 hours.",
                Map.of("policy:grace", "25", "policy:grace-unit", "hours"),
            "The grace period must be a whole number.",
                Map.of("policy:grace", "short", "policy:grace-unit", "hours"),
            "The grace period must not be longer than the refresh interval.",
                Map.of(
                    "policy:interval", "2",
                    "policy:interval-unit", "hours",
                    "policy:grace", "3",
                    "policy:grace-unit", "hours"));
    wrong.forEach(
        (message, fields) -> {
          Map<String, String> all =
              new java.util.HashMap<>(
                  Map.of(
                      "policy:interval", "24",
                      "policy:interval-unit", "hours",
                      "policy:grace", "1",
                      "policy:grace-unit", "hours"));
          all.putAll(fields);
          assertThat(press(path(key, "credentials"), "policy:save", all).html()).contains(message);
        });
    assertThat(
            press(
                    path(key, "credentials"),
                    "policy:save",
                    Map.of(
                        "policy:interval", "daily",
                        "policy:interval-unit", "days",
                        "policy:grace", "25",
                        "policy:grace-unit", "hours"))
                .html())
        .contains("The interval must be a whole number.")
        .contains("The grace period must be from 0 to 24 hours.");
    assertThat(column("refresh_interval_seconds")).isEqualTo("86400");
  }

  @Test
  void leakedSecretIsStoppedForAReason() {
    Key second = control.refresh(key, Duration.ofHours(5));

    Page unexplained = stop(" ");
    assertThat(unexplained.html()).contains("Reason must be given.");
    assertThat(api.me(second.secret()).status()).isEqualTo(200);

    stop("in a public log");

    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "secret_refreshed"));
    Eventually.within1s(() -> assertProblem(api.me(second.secret()), 401, "secret_refreshed"));
    assertThat(
            control.sql(
                "SELECT details FROM audit_event WHERE action = 'API_KEY_LEAKED' AND subject_id = '%s'"
                    .formatted(key.id())))
        .singleElement()
        .asString()
        .contains("in a public log");
  }

  private Page stop(String reason) {
    Page page = administrator.open(path(key));
    administrator.pressInRow(page, "data-key", key.id(), "stop", "stop-dialog");
    return administrator.press(
        page, "stop", "stop:confirm", Map.of("stop:reason", reason), "stop:panel messages");
  }

  @Test
  void keyIsRenamedInPlaceButNotToATakenName() {
    control.key(Control.wish().in(organisation).named("Portal"));

    assertThat(rename("portal").html()).contains("already").doesNotContain("is now called");
    assertThat(rename("").html()).contains("API Key Name must");
    assertThat(rename(" Renamed ERP ").html())
        .contains("The key is now called &quot;Renamed ERP&quot;.");

    assertThat(administrator.open(path(key)).html()).contains("<h1>Renamed ERP</h1>");
    assertThat(control.actionsOn("Renamed ERP")).containsExactly("API_KEY_RENAMED");
  }

  private Page rename(String name) {
    Page page = administrator.open(path(key));
    administrator.press(page, "rename", "rename:open", Map.of(), "rename:panel");
    return administrator.press(
        page, "rename", "rename:save", Map.of("rename:name", name), "rename:panel messages");
  }

  @Test
  void eachTabHasItsAddressAndShowsItsPart() {
    Key second = control.refresh(key, Duration.ofHours(5));
    Map<String, String> parts =
        Map.of(
            "overview", "Next automatic refresh",
            "access", "Save Scopes",
            "renewal", "renewal:networks",
            "credentials", "Save Policy",
            "history", "refreshed API key",
            "nonsense", "Next automatic refresh");
    parts.forEach(
        (tab, part) -> {
          String html = administrator.open(path(key, tab)).html();
          assertThat(html).as(tab).contains(part).contains("<h1>" + key.name() + "</h1>");
          parts.values().stream()
              .filter(other -> !other.equals(part))
              .forEach(other -> assertThat(html).as(tab).doesNotContain(other));
        });

    String credentials = administrator.open(path(key, "credentials")).html();
    assertThat(row(credentials, "rowheader\">2<")).contains(">current<", "by a refresh");
    assertThat(row(credentials, "rowheader\">1<")).contains(">retired<", "with the key");
    assertThat(credentials).doesNotContain(key.secret()).doesNotContain(second.secret());
  }

  @Test
  void tabsAreForThoseWhoMaySeeThem() {
    Visitor manager = visitor("KEY_MANAGER");

    assertThat(manager.open(path(key)).html()).doesNotContain("tab=history");
    assertThat(manager.open(path(key, "history")).status()).isEqualTo(403);
    assertThat(administrator.open(path(key)).html()).contains("tab=history");
  }

  @Test
  void revokedKeyKeepsItsPageWithoutActs() {
    control.revoke(key);

    Page page = administrator.open(path(key, "access"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.html())
        .contains(">revoked</span>", "Works until")
        .doesNotContain("data-act=\"copy\"")
        .doesNotContain("data-act=\"refresh\"")
        .doesNotContain("Save Scopes");
    assertThat(administrator.open("/settings/api-authentication?state=revoked").html())
        .contains(key.name());
  }

  @Test
  void allKeysAreStoppedByWhoTypesTheirNumber() {
    Key other = control.key(Control.wish().in(organisation));
    Key foreign = control.key(Control.wish().in(control.organisation()));

    assertThat(stopAll("stolen", "3").html()).contains("Type 2, the number of keys.");
    assertThat(stopAll(" ", "3").html())
        .as("both at once")
        .contains("Reason must be given.", "Type 2, the number of keys.");
    assertThat(api.me(key.secret()).status()).isEqualTo(200);

    Page done = stopAll("stolen", "2");

    assertThat(done.html()).contains("The secrets of 2 keys were stopped.");
    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "secret_refreshed"));
    Eventually.within1s(() -> assertProblem(api.me(other.secret()), 401, "secret_refreshed"));
    assertThat(api.me(foreign.secret()).status()).isEqualTo(200);
    assertThat(api.me(control.reveal(other).secret()).status()).isEqualTo(200);
  }

  private Page stopAll(String reason, String typed) {
    Page page = administrator.open("/settings/api-authentication");
    administrator.press(page, "keys", "keys:leaked", Map.of(), "leaked-dialog");
    return administrator.press(
        page,
        "leaked",
        "leaked:confirm",
        Map.of("leaked:reason", reason, "leaked:typed", typed),
        "leaked:panel messages");
  }

  @Test
  void whoWouldBreakIsShownWithoutTrust() {
    String agent = "<script>alert(1)</script>";
    api.send("GET", "/api/v1/me", "Authorization", "Bearer " + key.secret(), "User-Agent", agent);

    Eventually.within(
        Duration.ofSeconds(20),
        () ->
            assertThat(administrator.open(path(key)).html())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain(agent));
    control.refresh(key, Duration.ofHours(1));
    assertThat(administrator.open(path(key)).html())
        .contains("Clients that still use the retired secret")
        .contains("No client, since the refresh.");
    Eventually.within1s(
        () -> assertThat(api.me(key.secret()).header("X-API-Key-Retired-At")).isPresent());
    Eventually.within(
        Duration.ofSeconds(20),
        () ->
            assertThat(administrator.open(path(key)).html())
                .doesNotContain("No client, since the refresh."));
  }

  @Test
  void whoIsRefusedIsShownWithTheReason() {
    Key second = control.refresh(key, Duration.ZERO);
    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "secret_refreshed"));
    assertThat(call(key, "late/1")).isEqualTo(401);
    press(
        path(key, "access"), "restrictions:save", Map.of("restrictions:networks", "192.0.2.0/24"));
    Eventually.within1s(() -> assertThat(call(second, "elsewhere/1")).isEqualTo(403));

    Eventually.within(
        Duration.ofSeconds(20),
        () -> {
          String page = administrator.open(path(key)).html();
          String refused = page.substring(page.indexOf("Clients that are refused"));
          assertThat(row(refused, "late/1")).contains("number 1").contains("has ended");
          assertThat(row(refused, "elsewhere/1"))
              .contains("number 2")
              .contains("from another network")
              .doesNotContain("has ended");
        });
  }

  private int call(Key with, String userAgent) {
    return api.send(
            "GET",
            "/api/v1/me",
            "Authorization",
            "Bearer " + with.secret(),
            "User-Agent",
            userAgent)
        .status();
  }

  private static String row(String table, String userAgent) {
    assertThat(table).contains(userAgent);
    String from = table.substring(table.indexOf(userAgent));
    return from.substring(0, from.indexOf("</tr>"));
  }
}
