package io.keyturn.console.settings;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RenewalClient;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Scopes, restrictions, revoking several keys and use, on the pages. */
class KeyOptionsPageHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PASSWORD = "a password of many words";
  private static final String LIST = "/settings/api-authentication";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();

  private Visitor visitor(String role) {
    String email = UUID.randomUUID() + "@" + organisation + ".example";
    control.user(organisation, email, role, PASSWORD);
    return new Visitor(SERVER).signIn(email, PASSWORD);
  }

  /** The name of the box of a scope in a form. */
  private static String box(Page page, String form, String scope) {
    String before =
        page.html()
            .substring(page.html().indexOf("id=\"" + form + "\""))
            .split("<code>" + scope + "</code>", 2)[0];
    int at = before.lastIndexOf("<input id=\"" + form + ":");
    return before.substring(at).replaceAll("(?s)^<input id=\"([^\"]+)\".*", "$1");
  }

  private Page generate(Visitor visitor, Page page, Map<String, String> fields) {
    return visitor.press(
        page, "create", "create:generate", fields, "create:panel messages keys:table");
  }

  private JsonObject keyNamed(String name) {
    return control
        .sql(
            "SELECT k.* FROM api_key k JOIN organisation o ON o.id = k.organisation_id"
                + " WHERE o.domain = '%s' AND k.name = '%s'".formatted(organisation, name))
        .get(0);
  }

  private static Map<String, String> fields(String... pairs) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(pairs[i], pairs[i + 1]);
    }
    return fields;
  }

  /** The list with the options of a new key. */
  private static Page withOptions(Visitor visitor) {
    return visitor.unfold(visitor.open(LIST), "create", "create:options", "create:more");
  }

  @Test
  void tokenAddressOnThePageWorksFromWhereThePersonIs() {
    RenewalClient client = RenewalClient.of(SERVER, control.key(Control.wish().in(organisation)));
    Page page = visitor("ADMINISTRATOR").open("/settings/api-key?tab=renewal&id=" + client.id());

    String address = page.group("(http[^<]*/api/v1/oauth/token)");

    assertThat(address).isEqualTo(client.endpoint().toString());
    assertThat(client.renew().status()).isEqualTo(200);
  }

  @Test
  void renewalOfARevokedKeyCanBeReadButNotChanged() {
    Key key = control.key(Control.wish().in(organisation));
    Visitor administrator = visitor("ADMINISTRATOR");
    String address = "/settings/api-key?tab=renewal&id=" + key.id();
    Page before = administrator.open(address);
    control.revoke(key);

    assertThat(
            administrator
                .press(
                    before,
                    "renewal",
                    "renewal:on",
                    Map.of("renewal:networks", ""),
                    "messages renewal:panel")
                .html())
        .contains("The API key was revoked. So renewal cannot be switched on.")
        .doesNotContain("kt_renew_")
        .doesNotContain("renewal:on");
    Page after = administrator.open(address);
    assertThat(after.status()).isEqualTo(200);
    assertThat(after.html())
        .contains("The API key was revoked. So renewal cannot be switched on.")
        .doesNotContain("renewal:on");
    assertThat(administrator.open("/settings/api-key?tab=renewal&id=" + UUID.randomUUID()).status())
        .isEqualTo(404);
  }

  @Test
  void keyIsCreatedWithOptions() {
    Visitor administrator = visitor("ADMINISTRATOR");
    Page page = withOptions(administrator);

    Page created =
        generate(
            administrator,
            page,
            fields(
                "create:name",
                "ERP",
                box(page, "create", "suppliers:write"),
                "true",
                "create:environment",
                "test",
                "create:networks",
                "127.0.0.0/8\r\n::1",
                "create:expires",
                "2099-12-31T23:59",
                "create:per-minute",
                "60",
                "create:burst",
                "7",
                "create:per-day",
                "1000"));

    assertThat(created.html()).contains("was generated");
    JsonObject key = keyNamed("ERP");
    assertThat(key.getString("scopes")).isEqualTo("suppliers:write");
    assertThat(key.getString("environment")).isEqualTo("test");
    assertThat(key.getString("networks")).isEqualTo("127.0.0.0/8 ::1");
    assertThat(
            control.sql(
                "SELECT name FROM api_key WHERE id = '%s' AND expires_at = TIMESTAMP WITH TIME ZONE '2099-12-31 23:59:00+00:00'"
                    .formatted(key.getString("id"))))
        .hasSize(1);
    assertThat(key.getString("requests_per_minute")).isEqualTo("60");
    assertThat(key.getString("burst")).isEqualTo("7");
    assertThat(key.getString("requests_per_day")).isEqualTo("1000");
  }

  @Test
  void treeBeginsWithReadingSuppliersOnlyAndShowsWhatThePersonLacks() {
    Page page = withOptions(visitor("KEY_MANAGER"));
    String tree =
        page.html()
            .substring(page.html().indexOf("kt-tree"), page.html().indexOf("<h2>Restrictions"));

    assertThat(tree.split("checked=\"checked\"", -1)).hasSize(2);
    assertThat(tree.split("You do not have this permission yourself", -1).length)
        .isEqualTo(tree.split("disabled=\"disabled\"", -1).length)
        .isGreaterThan(3);
    assertThat(tree).contains("<legend>").contains("suppliers:read");
  }

  @Test
  void keyWithoutScopesIsSaidToHaveNone() {
    Visitor administrator = visitor("ADMINISTRATOR");
    String said = "It has no scopes, so it can call only GET /me.";
    Page page = withOptions(administrator);

    Page bare =
        generate(administrator, page, fields("create:name", "bare", "create:environment", "live"));
    assertThat(bare.html()).contains("was generated", said);
    assertThat(keyNamed("bare").getString("scopes")).isEmpty();

    Page ordinary =
        generate(administrator, administrator.open(LIST), fields("create:name", "ordinary"));
    assertThat(ordinary.html()).contains("was generated").doesNotContain(said);
  }

  @Test
  void forgedBoxGrantsNothing() {
    Visitor manager = visitor("KEY_MANAGER");
    Page page = withOptions(manager);

    generate(
        manager,
        page,
        fields(
            "create:name",
            "forged",
            "create:environment",
            "live",
            box(page, "create", "suppliers:read"),
            "true",
            box(page, "create", "webhooks:manage"),
            "true",
            box(page, "create", "suppliers:write"),
            "true"));

    assertThat(keyNamed("forged").getString("scopes")).isEqualTo("suppliers:read");
  }

  @Test
  void wrongOptionIsSaidAtItsField() {
    Visitor administrator = visitor("ADMINISTRATOR");
    Page page = withOptions(administrator);
    Map<String, String[]> wrong =
        Map.of(
            "Allowed networks", new String[] {"create:networks", "10.0.0.1/8"},
            "The list names Nowhere, which is not a location.",
                new String[] {"create:locations", "Nowhere"},
            "The end must be a date and a time.", new String[] {"create:expires", "soon"},
            "The end must be in the future.", new String[] {"create:expires", "2020-01-01T00:00"},
            "The limit must be a whole number.", new String[] {"create:per-minute", "many"},
            "The burst needs a limit of requests per minute.", new String[] {"create:burst", "5"},
            "The limit must be from 1 to 100000000.", new String[] {"create:per-day", "0"});
    wrong.forEach(
        (message, field) -> {
          Map<String, String> all =
              fields(
                  "create:name",
                  "wrong",
                  "create:environment",
                  "live",
                  "create:networks",
                  "",
                  "create:locations",
                  "",
                  "create:expires",
                  "",
                  "create:per-minute",
                  "",
                  "create:burst",
                  "",
                  "create:per-day",
                  "");
          all.put(field[0], field[1]);
          assertThat(generate(administrator, page, all).html()).contains(message);
        });
    assertThat(
            control.sql(
                "SELECT 1 FROM api_key k JOIN organisation o ON o.id = k.organisation_id"
                    + " WHERE o.domain = '"
                    + organisation
                    + "'"))
        .isEmpty();
  }

  @Test
  void takenNameIsSaidBesideOtherFaults() {
    control.key(Control.wish().in(organisation).named("ERP"));
    Visitor administrator = visitor("ADMINISTRATOR");

    assertThat(
            generate(
                    administrator,
                    withOptions(administrator),
                    fields(
                        "create:name", "erp ",
                        "create:environment", "live",
                        "create:per-minute", "many"))
                .html())
        .contains("There is already an API key with the name &quot;erp&quot;.")
        .contains("The limit must be a whole number.");
  }

  @Test
  void allWrongOptionsAreSaidAtOnce() {
    Visitor administrator = visitor("ADMINISTRATOR");
    Map<String, String> wrong =
        fields(
            "networks", "10.0.0.1/8\r\nhome",
            "locations", "Nowhere",
            "per-minute", "many",
            "burst", "0",
            "per-day", "0");
    Map<String, String> create =
        fields(
            "create:name", " ",
            "create:environment", "live",
            "create:expires", "2020-01-01T00:00");
    Map<String, String> change = fields("restrictions:expires", "soon");
    wrong.forEach((field, text) -> create.put("create:" + field, text));
    wrong.forEach((field, text) -> change.put("restrictions:" + field, text));
    String[] all = {
      "the block is 10.0.0.0/8.",
      "home&quot; is not an address",
      "The list names Nowhere, which is not a location.",
      "The limit must be a whole number.",
      "The burst must be from 1 to 60000.",
      "The limit must be from 1 to 100000000."
    };
    Key key = control.key(Control.wish().in(organisation));

    Page refused = generate(administrator, withOptions(administrator), create);
    Page unsaved =
        administrator.press(
            administrator.open("/settings/api-key?tab=access&id=" + key.id()),
            "restrictions",
            "restrictions:save",
            change,
            "restrictions:panel messages");

    assertThat(refused.html())
        .contains(all)
        .contains("API Key Name must have 1 to 100 characters.", "The end must be in the future.")
        .doesNotContain("needs a limit");
    assertThat(unsaved.html()).contains(all).contains("The end must be a date and a time.");
  }

  @Test
  void keyIsLimitedToLocationsByTheirNames() {
    Key writer =
        control.key(Control.wish().in(organisation).scopes("suppliers:read suppliers:write"));
    api.post(
        "/api/v1/locations",
        "application/json",
        "{\"name\": \"Berlin\"}",
        "Authorization",
        "Bearer " + writer.secret());
    Key key = control.key(Control.wish().in(organisation));
    Visitor administrator = visitor("ADMINISTRATOR");
    String path = "/settings/api-key?tab=access&id=" + key.id();

    administrator.press(
        administrator.open(path),
        "restrictions",
        "restrictions:save",
        fields("restrictions:locations", "berlin\r\n"),
        "restrictions:panel messages");

    assertThat(administrator.open(path).html()).contains("Only suppliers of").contains("Berlin");
    assertThat(api.get("/api/v1/locations", key.secret()).body()).contains("Berlin");
    assertThat(api.me(key.secret()).json().getJsonObject("restrict")).isNotNull();
  }

  @Test
  void scopesThatOpenNothingToKeysAreNotOffered() {
    assertThat(withOptions(visitor("ADMINISTRATOR")).html())
        .contains("<code>webhooks:manage</code>")
        .doesNotContain("<code>users:manage</code>");
  }

  @Test
  void restrictionsAndScopesAreSavedOnTheKeysPage() {
    Key key = control.key(Control.wish().in(organisation));
    Visitor administrator = visitor("ADMINISTRATOR");
    String path = "/settings/api-key?tab=access&id=" + key.id();

    Page saved =
        administrator.press(
            administrator.open(path),
            "restrictions",
            "restrictions:save",
            fields("restrictions:networks", "192.0.2.0/24", "restrictions:per-day", "500"),
            "restrictions:panel messages");
    Page page = administrator.open(path);
    Page scoped =
        administrator.press(
            page,
            "scopes",
            "scopes:save",
            fields(
                box(page, "scopes", "suppliers:read"), "true",
                box(page, "scopes", "suppliers:approve"), "true"),
            "scopes:panel messages");

    assertThat(saved.html()).contains("The restrictions of").contains("192.0.2.0/24");
    assertThat(scoped.html()).contains("The scopes of");
    assertThat(keyNamed(key.name()).getString("scopes"))
        .isEqualTo("suppliers:read suppliers:approve");
    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 403, "network_not_allowed"));
    assertThat(keyNamed(key.name()).getString("requests_per_day")).isEqualTo("500");
  }

  private Page several(Visitor visitor, Page page, String button, Map<String, String> fields) {
    return visitor.press(
        page, "several", "several:" + button, fields, "several:panel messages keys:table");
  }

  @Test
  void tickedKeysAreCountedNamedAndRevokedForAReason() {
    List<Key> keys =
        List.of(
            control.key(Control.wish().in(organisation).named("first")),
            control.key(Control.wish().in(organisation).named("second")),
            control.key(Control.wish().in(organisation).named("third")));
    Visitor administrator = visitor("ADMINISTRATOR");
    Page page = administrator.open(LIST);
    Map<String, String> ticks = new HashMap<>();
    for (Key key : keys.subList(0, 2)) {
      assertThat(page.html()).contains("name=\"tick-" + key.id() + "\"");
      ticks.put("tick-" + key.id(), "on");
    }
    control.key(Control.wish().in(organisation).named("created meanwhile"));

    Page opened = administrator.press(page, "keys", "keys:several", ticks, "several-dialog");
    assertThat(opened.html()).contains("the keys chosen in the table: 2");
    Page counted = several(administrator, page, "next", fields("several:which", "ticked"));
    assertThat(counted.html())
        .contains("<strong>2 API keys</strong>")
        .contains("<li>first</li>")
        .contains("<li>second</li>")
        .doesNotContain("<li>created meanwhile<")
        .contains("Revoke 2 API keys");
    Page unexplained = several(administrator, page, "confirm", fields("several:reason", " "));
    assertThat(unexplained.html()).contains("Reason must be given.");
    assertThat(api.me(keys.get(0).secret()).status()).isEqualTo(200);

    Page done = several(administrator, page, "confirm", fields("several:reason", "moved"));

    assertThat(done.html()).contains("2 API keys were revoked.");
    for (Key key : keys.subList(0, 2)) {
      Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "key_revoked"));
    }
    assertThat(api.me(keys.get(2).secret()).status()).isEqualTo(200);
  }

  @Test
  void keysOfAPersonAndUnusedKeysAreFoundByTheDialog() {
    Visitor manager = visitor("KEY_MANAGER");
    generate(
        manager,
        manager.open(LIST),
        fields("create:name", "by the manager", "create:environment", "live"));
    Key old = control.key(Control.wish().in(organisation).named("old"));
    control.sql(
        "UPDATE api_key SET created_at = created_at - INTERVAL '100' DAY WHERE id = '%s'"
            .formatted(old.id()));
    Visitor administrator = visitor("ADMINISTRATOR");
    Page page = administrator.open(LIST);
    String creator = keyNamed("by the manager").getString("created_by");
    administrator.press(page, "keys", "keys:several", Map.of(), "several-dialog");

    Page ofCreator =
        several(
            administrator,
            page,
            "next",
            fields("several:which", "creator", "several:creator", creator, "several:days", "90"));
    assertThat(ofCreator.html())
        .contains("<strong>1 API key</strong>")
        .contains("<li>by the manager</li>");
    several(administrator, page, "back", Map.of());
    Page wrong =
        several(
            administrator,
            page,
            "next",
            fields("several:which", "unused", "several:creator", creator, "several:days", "many"));
    assertThat(wrong.html()).contains("The number of days must be a whole number of days.");
    Page unused =
        several(
            administrator,
            page,
            "next",
            fields("several:which", "unused", "several:creator", creator, "several:days", "90"));
    assertThat(unused.html()).contains("<strong>1 API key</strong>").contains("<li>old</li>");
  }

  @Test
  void useIsShownAsAChartAndAsATable() {
    Key key = control.key(Control.wish().in(organisation));
    Visitor administrator = visitor("ADMINISTRATOR");
    String path = "/settings/api-key?id=" + key.id();
    assertThat(administrator.open(path).html()).contains("There were no requests.");
    for (int i = 0; i < 4; i++) {
      api.me(key.secret());
    }

    for (String days : List.of("", "&days=7", "&days=30", "&days=5")) {
      Eventually.within(
          Duration.ofSeconds(20),
          () ->
              assertThat(administrator.open(path + days).html())
                  .contains("data-label=\"2xx: done\">4<")
                  .contains("<canvas"));
    }
  }
}
