package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages that lie open for long: each of their acts is done, or says that nothing was done. */
class OldPagesHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PASSWORD = "a password of many words";
  private static final String KEYS = "/settings/api-authentication";

  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final String email = "admin@" + organisation + ".example";
  private final Visitor administrator = new Visitor(SERVER);
  private final List<Act> acts = new ArrayList<>();

  /** A button that waits to be pressed on a page, and what is said when its act is done. */
  private record Act(String name, Supplier<Page> press, String said) {}

  @BeforeEach
  void signIn() {
    control.user(organisation, email, "ADMINISTRATOR", PASSWORD);
    administrator.signIn(email, PASSWORD);
  }

  private Key key(String name) {
    return control.key(Control.wish().in(organisation).named(name));
  }

  private String member(String name) {
    String address = name + "@" + organisation + ".example";
    control.user(organisation, address, "VIEWER", PASSWORD);
    return address;
  }

  private void act(Page page, String button, Map<String, String> fields, String said) {
    String form = button.substring(0, button.indexOf(':'));
    String render = "messages " + form + (form.equals("form") ? "" : ":panel");
    acts.add(
        new Act(
            page.path() + " " + button,
            () -> administrator.press(page, form, button, fields, render),
            said));
  }

  private static String box(Page page, String form) {
    return page.group("for=\"(" + form + ":[^\"]*scope)\">[^<]*<code>suppliers:read");
  }

  /** Opens a dialog of a row on a page of its own. */
  private Page dialog(String path, String attribute, String row, String button, String dialog) {
    Page page = administrator.open(path);
    administrator.pressInRow(page, attribute, row, button, dialog + "-dialog");
    return page;
  }

  /** Every page with every act that it has, ready to be pressed. */
  private void openEverything() {
    Map<String, String> none = Map.of();
    Map<String, String> why = Map.of("stop:reason", "in a log");
    Page creating =
        administrator.unfold(administrator.open(KEYS), "create", "create:options", "create:more");
    act(
        creating,
        "create:generate",
        Map.of("create:name", "New", "create:environment", "live", box(creating, "create"), "true"),
        "was generated");
    act(
        dialog(KEYS, "data-key", key("refreshed").id(), "refresh", "refresh"),
        "refresh:confirm",
        Map.of("refresh:keep", "false", "refresh:grace", "PT1H"),
        "was refreshed");
    act(
        dialog(KEYS, "data-key", key("revoked").id(), "revoke", "revoke"),
        "revoke:confirm",
        none,
        "was revoked");
    Page copying = administrator.open(KEYS);
    String copied = key("copied").id();
    Page fresh = administrator.open(KEYS);
    assertThat(copying.html()).doesNotContain(copied);
    acts.add(
        new Act(
            "copy",
            () -> administrator.pressInRow(fresh, "data-key", copied, "copy", "messages"),
            "&#34;purpose&#34;:&#34;copy&#34;"));
    Page several = administrator.open(KEYS);
    Map<String, String> tick = Map.of("tick-" + copied, "on", "several:which", "ticked");
    administrator.press(several, "keys", "keys:several", tick, "several-dialog");
    Page counted =
        administrator.press(several, "several", "several:next", tick, "several:panel messages");
    assertThat(counted.html()).contains("1 API key</strong>");
    act(several, "several:confirm", Map.of("several:reason", "old"), "1 API key was revoked");
    Key own = key("own page");
    String page = "/settings/api-key?id=" + own.id();
    act(
        administrator.open(page + "&tab=credentials"),
        "policy:save",
        Map.of(
            "policy:interval", "12",
            "policy:interval-unit", "hours",
            "policy:grace", "30",
            "policy:grace-unit", "minutes"),
        "refresh policy of");
    Page scopes = administrator.open(page + "&tab=access");
    act(scopes, "scopes:save", Map.of(box(scopes, "scopes"), "true"), "The scopes of");
    act(administrator.open(page + "&tab=access"), "restrictions:save", none, "The restrictions of");
    act(dialog(page, "data-key", own.id(), "stop", "stop"), "stop:confirm", why, "were stopped");
    act(
        administrator.open(page + "&tab=renewal"),
        "renewal:on",
        none,
        "&#34;purpose&#34;:&#34;renewal&#34;");
    Page users = administrator.open("/settings/users");
    act(
        users,
        "invite:invite",
        Map.of("invite:email", "new@" + organisation, "invite:role", users.option("Key manager")),
        "/invitation?token=");
    act(
        dialog("/settings/users", "data-user", member("promoted"), "role", "role"),
        "role:confirm",
        Map.of("role:role", users.option("Administrator")),
        "has a new role");
    act(
        dialog("/settings/users", "data-user", member("reset"), "reset", "reset"),
        "reset:confirm",
        none,
        "/invitation?token=");
    act(
        dialog("/settings/users", "data-user", member("leaver"), "deactivate", "deactivate"),
        "deactivate:confirm",
        none,
        "was deactivated");
    Page roles = administrator.open("/settings/roles");
    Page editor = administrator.press(roles, "begin", "begin:begin", none, "edit");
    String box = editor.group("id=\"(editor:modules:1:scopes:0:scope)\"");
    act(roles, "editor:save", Map.of("editor:name", "Reader", box, "true"), "was saved");
    act(
        administrator.open("/settings/organisation"),
        "form:save",
        Map.of("form:name", "Renamed"),
        "Renamed");
    act(
        administrator.open("/settings/organisation"),
        "switch-on:confirm",
        none,
        "trict mode is on");
    act(administrator.open("/settings/audit-log"), "log:verify", none, "are as they were written");
    act(
        administrator.open("/change-password"),
        "form:change",
        Map.of(
            "form:old_password", PASSWORD,
            "form:new_password", "another password",
            "form:repeated", "another password"),
        "<redirect url=\"/\"");
    act(administrator.open("/profile"), "sessions:everywhere", none, "<redirect url=\"/login");
  }

  private void pressEverything() {
    for (Act act : acts) {
      Page answer = act.press().get();
      assertThat(answer.status()).as(act.name() + answer.html()).isEqualTo(200);
      assertThat(answer.html()).as(act.name()).contains(act.said());
    }
  }

  private String events() {
    return control
        .sql(
            "SELECT count(*) AS n FROM audit_event e JOIN organisation o ON o.id ="
                + " e.organisation_id WHERE o.domain = '%s'".formatted(organisation))
        .get(0)
        .getString("n");
  }

  @Test
  void everyActOnEveryPageIsDoneTwentyTwoViewsLater() {
    openEverything();
    for (int i = 0; i < 22; i++) {
      administrator.open(i % 2 == 0 ? "/profile" : "/settings/organisation");
    }

    pressEverything();
  }

  @Test
  void everyActAfterTheEndOfItsSessionSaysThatNothingWasDoneAndIsDoneAfterTheNextSignIn() {
    openEverything();
    String before = events();
    control.turn(Duration.ofMinutes(31));

    for (Act act : acts) {
      Page refused = act.press().get();
      assertThat(refused.status()).as(act.name()).isEqualTo(401);
      assertThat(refused.html())
          .as(act.name())
          .contains("Nothing was done: your session has ended.");
    }
    assertThat(events()).isEqualTo(before);

    administrator.signIn(email, PASSWORD);
    pressEverything();
  }

  @Test
  void signingOutAfterTheEndOfTheSessionLeadsToTheSignInPage() {
    administrator.open("/profile");
    control.turn(Duration.ofMinutes(31));

    Page out = signOut(SERVER.uri("").toString());

    assertThat(out.status()).as(out.html()).isEqualTo(200);
    assertThat(out.path()).isEqualTo("/login");
  }

  @Test
  void onlyThePagesThemselvesSignOut() {
    assertThat(signOut("https://evil.example").status()).isEqualTo(403);
    assertThat(administrator.open("/sign-out").status()).isEqualTo(405);
    assertThat(administrator.open("/profile").path()).isEqualTo("/profile");

    assertThat(signOut(SERVER.uri("").toString()).path()).isEqualTo("/login");
    assertThat(administrator.open("/profile").path()).isEqualTo("/login");
  }

  private Page signOut(String origin) {
    return administrator.post("/sign-out", Map.of(), Map.of("Origin", origin));
  }

  @Test
  void pageOfOnePersonDoesNothingForAnother() {
    Page page = administrator.open(KEYS);
    String other = "other@" + organisation + ".example";
    control.user(organisation, other, "ADMINISTRATOR", PASSWORD);
    Visitor somebodyElse = new Visitor(SERVER).signIn(other, PASSWORD);

    Page refused =
        somebodyElse.press(
            page, "create", "create:generate", Map.of("create:name", "Replayed"), "messages");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.html()).contains("Nothing was done. This page is no longer valid.");
    assertThat(administrator.open(KEYS).html()).doesNotContain("Replayed");
  }
}
