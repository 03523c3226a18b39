package io.keyturn.console;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import io.keyturn.support.RenewalClient;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The first page of people who sign in. */
class OverviewPageHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();

  private Visitor person(String role) {
    String email = role.toLowerCase(Locale.ROOT) + "@" + organisation + ".example";
    control.user(organisation, email, role, KeyturnServer.ADMIN_PASSWORD);
    return new Visitor(SERVER).signIn(email, KeyturnServer.ADMIN_PASSWORD);
  }

  private Key key(String name) {
    return control.key(Control.wish().in(organisation).named(name));
  }

  private static long steps(String page) {
    return Pattern.compile("<li class=\"kt-done\">").matcher(page).results().count();
  }

  private static String number(String page, String id) {
    return page.replaceAll("(?s).*id=\"" + id + "\"[^>]*>([0-9]+)<.*", "$1");
  }

  @Test
  void stepsOfAnEmptyOrganisationTickThemselvesOff() {
    Visitor administrator = person("ADMINISTRATOR");
    Visitor.Page empty = administrator.open("/");

    assertThat(empty.path()).isEqualTo("/");
    assertThat(empty.headers().firstValue("Cache-Control").orElse("")).startsWith("no-store");
    assertThat(empty.html()).contains("Three steps to begin with", organisation, "signed in");
    assertThat(steps(empty.html())).isZero();
    Key key = key("ERP");
    assertThat(steps(administrator.open("/").html())).isEqualTo(1);
    api.me(key.secret());
    Eventually.within(SOON, () -> assertThat(steps(administrator.open("/").html())).isEqualTo(2));
    RenewalClient.of(SERVER, key);
    assertThat(administrator.open("/").html()).doesNotContain("Three steps to begin with");
  }

  @Test
  void pageSaysWhoIsRefusedAndWhoStillUsesARetiredSecret() {
    Key old = key("Old <b>one</b>");
    Key now = control.refresh(old, Duration.ofHours(1));
    api.me(old.secret());
    api.get("/api/v1/audit-events", now.secret());
    Visitor manager = person("KEY_MANAGER");

    Eventually.within(
        SOON,
        () ->
            assertThat(manager.open("/").html())
                .contains(
                    "/settings/api-key?id=" + old.id() + "#clients",
                    "1 client, until",
                    "code=insufficient_scope&amp;key=" + old.id() + "&amp;address=127.0.0.1",
                    "Old &lt;b&gt;one&lt;/b&gt;, from 127.0.0.1",
                    "once, last"));
    String page = manager.open("/").html();
    assertThat(page).contains("1 key refreshes by then", "No refresh is overdue.");
    assertThat(page).doesNotContain("<b>one", "Latest audit events");
    assertThat(number(page, "active")).isEqualTo("1");
    assertThat(number(page, "unused")).isEqualTo("0");
    assertThat(number(page, "rate-limited")).isEqualTo("0");
  }

  @Test
  void eachNumberIsThatOfItsList() {
    key("Used");
    control.revoke(key("Revoked"));
    control.sql(
        "UPDATE api_key SET created_at = CURRENT_TIMESTAMP - INTERVAL '31' DAY WHERE id = '"
            + key("Forgotten").id()
            + "'");
    control.sql(
        "UPDATE api_key SET created_at = CURRENT_TIMESTAMP - INTERVAL '31' DAY, due_at = NULL,"
            + " expires_at = CURRENT_TIMESTAMP - INTERVAL '30' DAY WHERE id = '"
            + key("For a test").id()
            + "'");
    Visitor administrator = person("ADMINISTRATOR");

    String page = administrator.open("/").html();

    assertThat(number(page, "active")).isEqualTo("2");
    assertThat(administrator.open("/settings/api-authentication").html())
        .contains(">Used<", ">Forgotten<")
        .doesNotContain(">For a test<");
    assertThat(number(page, "unused")).isEqualTo("1");
    assertThat(administrator.open("/settings/api-authentication?unused=30").html())
        .contains("Forgotten")
        .doesNotContain(">Used<", ">For a test<");
  }

  @Test
  void tooManyRequestsOfADayAreCountedAsTheirListShowsThem() {
    Key key = key("Eager");
    Manager manager =
        new Manager(SERVER, organisation, "suppliers:read api-keys:read api-keys:manage");
    Manager.ok(manager.change(key.id(), "{\"requests_per_minute\":1}"), 200);
    Eventually.within1s(() -> assertThat(api.me(key.secret()).status()).isEqualTo(429));
    api.me(key.secret());
    Visitor administrator = person("ADMINISTRATOR");
    String all =
        "SELECT at FROM api_request WHERE code = 'rate_limited' AND api_key_id = '%s'"
            .formatted(key.id());
    Eventually.within(SOON, () -> assertThat(control.sql(all)).hasSizeGreaterThan(1));
    int count = control.sql(all).size();
    control.sql(
        ("UPDATE api_request SET at = at - INTERVAL '25' HOUR WHERE code = 'rate_limited' AND"
                + " api_key_id = '%1$s' AND at = (SELECT MIN(r.at) FROM api_request r WHERE r.code ="
                + " 'rate_limited' AND r.api_key_id = '%1$s')")
            .formatted(key.id()));

    String page = administrator.open("/").html();

    assertThat(number(page, "rate-limited")).isEqualTo(Integer.toString(count - 1));
    String list =
        page.replaceAll("(?s).*id=\"rate-limited\"[^>]*href=\"([^\"]*)\".*", "$1")
            .replace("&amp;", "&");
    assertThat(list).contains("from=");
    assertThat(administrator.open(list).html().split(">rate_limited<", -1)).hasSize(count + 1);
  }

  @Test
  void personWithoutAnyOfTheseRightsComesToTheSuppliers() {
    Visitor viewer = person("VIEWER");

    assertThat(viewer.open("/").path()).isEqualTo("/suppliers");
    assertThat(viewer.open("/overview").path()).isEqualTo("/suppliers");
    assertThat(new Visitor(SERVER).open("/").path()).isEqualTo("/login");
  }

  @Test
  void whoeverIsRefusedKeepsTheMenu() {
    Visitor viewer = person("VIEWER");

    Page forbidden = viewer.open("/settings/requests");
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(forbidden.html())
        .contains(
            "This is not allowed.", "Your role does not have the permission", "href=\"/profile\"")
        .contains(forbidden.headers().firstValue("X-Request-Id").orElseThrow());
    for (String nowhere :
        List.of("/nothing-here", "/settings/nothing", "/docs/nothing", "/refused")) {
      Page none = viewer.open(nowhere);
      assertThat(none.status()).as(nowhere).isEqualTo(404);
      assertThat(none.html()).as(nowhere).contains("There is no such object.", "href=\"/profile\"");
    }
    Visitor manager = person("SUPPLIER_MANAGER");
    Map.of(
            "/suppliers/export?format=docx",
            422,
            "/supplier-imports/result?id=" + UUID.randomUUID(),
            404)
        .forEach(
            (file, status) -> {
              Page refused = manager.open(file);
              assertThat(refused.status()).as(file).isEqualTo(status);
              assertThat(refused.html()).as(file).contains("href=\"/profile\"");
            });
    assertThat(new Visitor(SERVER).open("/nothing-here").html())
        .contains("There is no such object.", "value=\"/nothing-here\"")
        .doesNotContain("href=\"/profile\"");
  }

  @Test
  void otherOrganisationsAreNotCounted() {
    Key foreign = control.key(Control.wish().in(control.organisation()).named("Foreign"));
    assertProblem(api.get("/api/v1/audit-events", foreign.secret()), 403, "insufficient_scope");

    assertThat(number(person("ADMINISTRATOR").open("/").html(), "active")).isEqualTo("0");
  }
}
