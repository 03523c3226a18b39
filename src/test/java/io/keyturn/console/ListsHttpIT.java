package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every list of the console is bounded, and can be searched; those of the API by name. */
class ListsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PASSWORD = "a password of many words";
  private static final String KEYS = "/settings/api-authentication";

  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final Visitor administrator = new Visitor(SERVER);

  @BeforeEach
  void signIn() {
    String email = "admin@" + organisation + ".example";
    control.user(organisation, email, "ADMINISTRATOR", PASSWORD);
    administrator.signIn(email, PASSWORD);
  }

  private void key(String name) {
    control.key(Control.wish().in(organisation).named(name));
  }

  private static List<String> rows(Page page) {
    return Pattern.compile("<tr role=\"row\" data-(?:key|user|role)=\"([^\"]*)\"")
        .matcher(page.html())
        .results()
        .map((MatchResult row) -> row.group(1))
        .toList();
  }

  private static String link(Page page, String rel) {
    return page.group("<a [^>]*rel=\"" + rel + "\" href=\"([^\"]*)\"").replace("&amp;", "&");
  }

  @Test
  void hundredsOfKeysAreShownPageByPage() {
    control.keys(organisation, 60);

    Page first = administrator.open(KEYS);
    Page second = administrator.open(link(first, "next"));
    Page third = administrator.open(link(second, "next"));

    assertThat(first.html()).contains("1–25 of 60").doesNotContain("rel=\"prev\"");
    assertThat(second.html()).contains("26–50 of 60");
    assertThat(third.html()).contains("51–60 of 60").doesNotContain("rel=\"next\"");
    assertThat(rows(first)).hasSize(25).doesNotContainAnyElementsOf(rows(second));
    assertThat(rows(third)).hasSize(10);
    assertThat(rows(administrator.open(link(third, "prev")))).isEqualTo(rows(second));
    assertThat(rows(administrator.open(KEYS + "?page=999"))).isEqualTo(rows(third));
    assertThat(rows(administrator.open(KEYS + "?page=x"))).isEqualTo(rows(first));
  }

  @ParameterizedTest
  @CsvSource({"größe,1", "GRÖSSE,0", "ERP,2", "erp,2", "100%,1", "_,1", "tester,4", "nothing,0"})
  void keysAreFoundByNameAndCreatorInAnyCase(String search, int found) {
    List.of("ERP one", "erp_two", "Größe", "100% pure").forEach(this::key);

    Page page = administrator.open(KEYS + "?search=" + Visitor.encode(search));

    assertThat(rows(page)).hasSize(found);
    assertThat(page.html()).contains("value=\"" + search + "\"");
    if (found == 0) {
      assertThat(page.html()).contains("No API key matches this search.");
    }
  }

  @Test
  void keyIsFoundByTheEndOfItsSecret() {
    key("ERP");
    key("Shop");
    Page all = administrator.open(KEYS);
    String end = all.group("kt-secret\">[^<]*([0-9A-Za-z]{4})<");

    assertThat(rows(administrator.open(KEYS + "?search=" + end))).hasSize(1);
  }

  @Test
  void actKeepsSearchAndPage() {
    key("ERP");
    key("Shop");
    Page page = administrator.open(KEYS + "?search=erp");

    Page answer =
        administrator.press(
            page,
            "create",
            "create:generate",
            Map.of("create:name", "ERP 2", "create:environment", "live"),
            "messages keys:table");

    assertThat(answer.html()).contains(">ERP</a>", ">ERP 2</a>").doesNotContain(">Shop</a>");
  }

  @Test
  void stoppingAllKeysCountsThoseThatAreNotShown() {
    control.keys(organisation, 27);
    Page page = administrator.open(KEYS + "?search=none-of-them");
    administrator.press(page, "keys", "keys:leaked", Map.of(), "leaked-dialog");

    Page wrong =
        administrator.press(
            page,
            "leaked",
            "leaked:confirm",
            Map.of("leaked:reason", "stolen", "leaked:typed", "0"),
            "leaked:panel messages");

    assertThat(wrong.html()).contains("Type 27, the number of keys.");
  }

  @Test
  void pageOfTenThousandKeysIsLight() {
    // As in the hour after the daily refresh, when each row tells of the old secret too.
    for (int i = 0; i < 25; i++) {
      String name = "Procurement of the north, key " + i;
      control.refresh(
          control.key(Control.wish().in(organisation).named(name)), Duration.ofHours(1));
    }
    control.sql(
        "INSERT INTO api_key_use (api_key_id, organisation_id, last_used_at) SELECT id, organisation_id, created_at FROM api_key WHERE "
            + ofOrganisation());
    boolean h2 = TestDatabase.current() == TestDatabase.H2;
    control.sql(
        """
        INSERT INTO api_key (id, organisation_id, name, reserved_name, environment, scopes, created_at,
          created_by_name, refresh_interval_seconds, grace_period_seconds, next_refresh_at,
          current_number, version)
        SELECT %s, k.organisation_id, CONCAT('old ', s.n), CONCAT('old ', s.n), 'live', k.scopes,
          k.created_at - INTERVAL '1' DAY, 'nobody', 86400, 3600, k.next_refresh_at, 1, 0
        FROM (SELECT * FROM api_key WHERE %s LIMIT 1) k CROSS JOIN %s(1, 9975) AS s(n)
        """
            .formatted(
                h2 ? "random_uuid()" : "gen_random_uuid()",
                ofOrganisation(),
                h2 ? "system_range" : "generate_series"));

    Page page = administrator.open(KEYS);

    assertThat(page.html()).contains("1–25 of 10000", "kt_live_•");
    assertThat(administrator.open(KEYS + "?sort=-last-used&page=200").html())
        .contains("4976–5000 of 10000");
    assertThat(rows(page)).hasSize(25);
    assertThat(page.html().split("The old secret works until", -1)).hasSize(26);
    assertThat(page.html().getBytes(StandardCharsets.UTF_8).length).isLessThan(60_000);
  }

  @Test
  void keysAreSortedAsTheAddressSays() {
    List.of("beta", "Alpha", "gamma").forEach(this::key);
    used("beta", "2026-01-02 00:00:00");
    used("gamma", "2026-01-01 00:00:00");

    assertThat(names("?sort=name")).containsExactly("Alpha", "beta", "gamma");
    assertThat(names("?sort=-name")).containsExactly("gamma", "beta", "Alpha");
    assertThat(names("?sort=last-used")).containsExactly("Alpha", "gamma", "beta");
    assertThat(names("?sort=-last-used")).containsExactly("beta", "gamma", "Alpha");
    assertThat(names("?sort=next-refresh")).containsExactly("beta", "Alpha", "gamma");
    control.sql(
        "UPDATE api_key SET due_at = NULL, expires_at = next_refresh_at - INTERVAL '1' HOUR WHERE"
            + " name = 'beta' AND "
            + ofOrganisation());
    assertThat(names("?sort=next-refresh")).containsExactly("Alpha", "gamma", "beta");
    assertThat(names("?sort=-next-refresh")).containsExactly("gamma", "Alpha", "beta");
    assertThat(administrator.open(KEYS).html()).containsOnlyOnce(">ends <time");
    assertThat(names("?sort=nothing")).containsExactly("gamma", "Alpha", "beta");
    Page sorted = administrator.open(KEYS + "?search=a&state=x&sort=name");
    assertThat(sorted.html())
        .contains(
            "aria-sort=\"ascending\"><a class=\"kt-sort\" href=\""
                + KEYS
                + "?search=a&amp;sort=-name\"");
  }

  @Test
  void keysAreFilteredAsTheAddressSays() {
    List.of("used", "unused", "revoked").forEach(this::key);
    control.key(Control.wish().in(organisation).named("for tests").environment("test"));
    control.sql(
        "UPDATE api_key SET created_at = TIMESTAMP '2026-01-01 00:00:00', created_by = (SELECT id FROM app_user WHERE email = '%s') WHERE name = 'unused' AND %s"
            .formatted("admin@" + organisation + ".example", ofOrganisation()));
    control.sql(
        "UPDATE api_key SET revoked_at = created_at, reserved_name = NULL WHERE name = 'revoked' AND "
            + ofOrganisation());

    assertThat(names("?environment=test")).containsExactly("for tests");
    assertThat(names("?environment=live")).containsExactly("used", "unused");
    assertThat(names("?unused=30")).containsExactly("unused");
    assertThat(names("?creator=me")).containsExactly("unused");
    control.sql(
        "UPDATE api_key SET due_at = NULL, expires_at = TIMESTAMP '2026-01-03 00:00:00' WHERE name"
            + " = 'for tests' AND "
            + ofOrganisation());
    assertThat(names("")).containsExactly("used", "unused");
    assertThat(names("?state=ended")).containsExactly("for tests", "revoked");
    assertThat(names("?state=revoked"))
        .as("the address of earlier versions")
        .containsExactly("for tests", "revoked");
    assertThat(names("?state=ended&environment=test")).containsExactly("for tests");
    control.sql(
        "UPDATE api_key SET expires_at = NULL WHERE name = 'for tests' AND " + ofOrganisation());
    assertThat(names("?environment=live&creator=me&unused=30&search=used"))
        .containsExactly("unused");
    assertThat(names("?environment=test&creator=me")).isEmpty();
    Page filtered = administrator.open(KEYS + "?environment=test&sort=name");
    assertThat(filtered.html())
        .contains("href=\"" + KEYS + "?sort=name\" aria-current=\"true\">Test</a>")
        .contains(
            "href=\"" + KEYS + "?environment=live&amp;sort=name\" aria-current=\"false\">Live</a>")
        .contains("<input type=\"hidden\" name=\"environment\" value=\"test\"");
    assertThat(administrator.open(KEYS + "?state=revoked").html())
        .contains(">revoked<")
        .doesNotContain("data-do=\"refreshKey\"");
  }

  @Test
  void endedKeysAreSortedByTheirEnd() {
    List.of("first", "second", "third").forEach(this::key);
    ended("first", "revoked_at = TIMESTAMP '2026-01-01 00:00:00', reserved_name = NULL");
    ended("second", "expires_at = TIMESTAMP '2026-01-02 00:00:00'");
    ended("third", "revoked_at = TIMESTAMP '2026-01-03 00:00:00', reserved_name = NULL");
    ended("third", "expires_at = TIMESTAMP '2026-01-04 00:00:00'");

    String ended = "?state=ended&sort=";

    assertThat(names(ended + "next-refresh")).containsExactly("first", "second", "third");
    assertThat(names(ended + "-next-refresh")).containsExactly("third", "second", "first");
  }

  private void ended(String name, String how) {
    control.sql(
        "UPDATE api_key SET due_at = NULL, %s WHERE name = '%s' AND %s"
            .formatted(how, name, ofOrganisation()));
  }

  private String ofOrganisation() {
    return "organisation_id = (SELECT id FROM organisation WHERE domain = '" + organisation + "')";
  }

  private void used(String name, String at) {
    control.sql(
        "INSERT INTO api_key_use (api_key_id, organisation_id, last_used_at) SELECT id, organisation_id, TIMESTAMP '%s' FROM api_key WHERE name = '%s' AND %s"
            .formatted(at, name, ofOrganisation()));
  }

  /** The names of the keys that an address shows, in this order. */
  private List<String> names(String address) {
    return Pattern.compile("<th scope=\"row\"[^>]*><a [^>]*>([^<]*)</a>")
        .matcher(administrator.open(KEYS + address).html())
        .results()
        .map(name -> name.group(1))
        .toList();
  }

  @Test
  void usersAreShownPageByPageAndFoundByNameEmailAndRole() {
    String domain = "@" + organisation + ".example";
    control.user(organisation, "zoe" + domain, "Zoë Größe", "KEY_MANAGER", PASSWORD);
    control.sql(
        """
        INSERT INTO app_user (id, organisation_id, email, name, role_id, password_change_due,
          session_stamp, created_at, version)
        SELECT %s, u.organisation_id, CONCAT('copy', s.n, '@%s'), 'Copy', u.role_id, FALSE,
          u.session_stamp, u.created_at, 0
        FROM app_user u CROSS JOIN %s(1, 30) AS s(n) WHERE u.email = 'zoe%s'
        """
            .formatted(
                TestDatabase.current() == TestDatabase.H2 ? "random_uuid()" : "gen_random_uuid()",
                organisation,
                TestDatabase.current() == TestDatabase.H2 ? "system_range" : "generate_series",
                domain));

    Page first = administrator.open("/settings/users");

    assertThat(first.html()).contains("1–25 of 32");
    assertThat(rows(first)).hasSize(25);
    assertThat(rows(administrator.open(link(first, "next")))).hasSize(7).contains("zoe" + domain);
    for (String search : List.of("gr%C3%B6%C3%9Fe", "ZOE" + domain.replace("@", "%40"))) {
      assertThat(rows(administrator.open("/settings/users?search=" + search)))
          .as(search)
          .containsExactly("zoe" + domain);
    }
    assertThat(administrator.open("/settings/users?search=key+man").html()).contains("1–25 of 31");
    Page found = administrator.open("/settings/users?search=zoe");
    administrator.pressInRow(found, "data-user", "zoe" + domain, "deactivate", "deactivate-dialog");
    Page done =
        administrator.press(
            found, "deactivate", "deactivate:confirm", Map.of(), "messages users:table");
    assertThat(done.html()).contains("was deactivated").doesNotContain("copy1@");
  }

  @Test
  void rolesAreShownPageByPageAndFoundByName() {
    control.sql(
        """
        INSERT INTO role (id, organisation_id, name, scopes, built_in, version)
        SELECT %s, o.id, CONCAT('Reader ', s.n), 'suppliers:read', FALSE, 0
        FROM organisation o CROSS JOIN %s(1, 30) AS s(n) WHERE o.domain = '%s'
        """
            .formatted(
                TestDatabase.current() == TestDatabase.H2 ? "random_uuid()" : "gen_random_uuid()",
                TestDatabase.current() == TestDatabase.H2 ? "system_range" : "generate_series",
                organisation));

    Page first = administrator.open("/settings/roles");

    assertThat(rows(first)).hasSize(25);
    assertThat(rows(administrator.open(link(first, "next")))).isNotEmpty().contains("Reader 9");
    assertThat(rows(administrator.open("/settings/roles?search=reader+30")))
        .containsExactly("Reader 30");
    assertThat(administrator.open("/settings/roles?search=nothing").html())
        .contains("No role matches this search.");
  }

  @Test
  void clientsOfAKeyAreBoundedAndFoundByAddressAndUserAgent() {
    Control.Key key = control.key(Control.wish().in(organisation));
    control.sql(
        """
        INSERT INTO client_sighting (organisation_id, api_key_id, number, address, user_agent,
          first_seen_at, last_accepted_at, last_refused_at, accepted, refused)
        SELECT k.organisation_id, k.id, 1, CONCAT('192.0.2.', s.n), CONCAT('Loader/', s.n),
          k.created_at, k.created_at, NULL, 1, 0
        FROM api_key k CROSS JOIN %s(1, 40) AS s(n) WHERE k.id = '%s'
        """
            .formatted(
                TestDatabase.current() == TestDatabase.H2 ? "system_range" : "generate_series",
                key.id()));
    String page = "/settings/api-key?id=" + key.id();

    String all = administrator.open(page).html();
    String byAddress = administrator.open(page + "&client=192.0.2.40").html();
    String byAgent = administrator.open(page + "&client=LOADER%2F39").html();

    assertThat(all).contains("The latest 25 of 40 clients.");
    assertThat(all.split("class=\"kt-agent\"", -1)).hasSize(26);
    assertThat(byAddress).contains(">192.0.2.40</th>").doesNotContain("Loader/39");
    assertThat(byAgent).contains("Loader/39").doesNotContain("192.0.2.40");
  }

  @Test
  void apiFindsKeysByName() {
    List.of("ERP one", "erp_two", "Größe").forEach(this::key);
    String secret =
        control
            .key(Control.wish().in(organisation).named("grantor").scopes("api-keys:read"))
            .secret();

    assertThat(names(secret, "name=ERP")).containsExactly("erp_two", "ERP one");
    assertThat(names(secret, "name=gr%C3%B6%C3%9Fe")).containsExactly("Größe");
    assertThat(names(secret, "name=_")).containsExactly("erp_two");
    assertThat(names(secret, "name=")).hasSize(4);
    JsonObject page =
        SERVER.api().get("/api/v1/api-keys?name=erp&limit=1&count=true", secret).json();
    assertThat(page.getJsonObject("page").getInt("total")).isEqualTo(2);
    String cursor = page.getJsonObject("page").getString("next_cursor");
    assertThat(names(secret, "name=erp&limit=1&cursor=" + cursor)).containsExactly("ERP one");
  }

  private static List<String> names(String secret, String query) {
    return SERVER
        .api()
        .get("/api/v1/api-keys?" + query, secret)
        .json()
        .getJsonArray("data")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(key -> key.getString("name"))
        .toList();
  }
}
