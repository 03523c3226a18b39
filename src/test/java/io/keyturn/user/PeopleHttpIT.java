package io.keyturn.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RawHttp;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People, roles and sessions, as the console's pages serve them. */
class PeopleHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Control CONTROL = SERVER.control();
  private static final String PASSWORD = "correct horse battery";
  private static final String OTHER_PASSWORD = "staple battery horse";
  private static String organisation = "";
  private static String admin = "";

  private final Api api = SERVER.api();

  @BeforeAll
  static void createOrganisation() {
    organisation = CONTROL.organisation();
    admin = "admin@" + organisation;
    CONTROL.user(organisation, admin, "ADMINISTRATOR", PASSWORD);
  }

  private static Visitor visitor() {
    return new Visitor(SERVER);
  }

  private static Visitor administrator() {
    return visitor().signIn(admin, PASSWORD);
  }

  private static String newcomer(String role) {
    String email = "u" + UUID.randomUUID() + "@" + organisation;
    CONTROL.user(organisation, email, role, PASSWORD);
    return email;
  }

  /** Opens a row's dialog and presses its button. */
  private static Page inDialog(
      Visitor visitor, String email, String button, String dialog, Map<String, String> fields) {
    Page users = visitor.open("/settings/users");
    visitor.pressInRow(users, "data-user", email, button, dialog + "-dialog");
    return visitor.press(users, dialog, dialog + ":confirm", fields, "messages users:table");
  }

  private static String invite(Visitor visitor, String email, String role) {
    Page users = visitor.open("/settings/users");
    Page answer =
        visitor.press(
            users,
            "invite",
            "invite:invite",
            Map.of("invite:email", email, "invite:role", users.option(role)),
            "messages users:table");
    return answer.group("(/invitation\\?token=[A-Za-z0-9_-]{43})");
  }

  private static Page follow(Visitor visitor, Page page, String token, String password) {
    return follow(visitor, page, token, "Ada Lovelace", password, password);
  }

  private static Page follow(
      Visitor visitor, Page page, String token, String name, String password, String repeated) {
    return visitor.submit(
        page,
        "form",
        "form:follow",
        Map.of(
            "token",
            token,
            "form:name",
            name,
            "form:new_password",
            password,
            "form:repeated",
            repeated));
  }

  private static String token(String link) {
    return link.substring(link.indexOf('=') + 1);
  }

  @Test
  void invitedPersonJoinsOnceByTheLinkAndOpeningItUsesNothingUp() {
    String email = "ada@" + organisation;
    String link = invite(administrator(), email, "Key manager");
    assertThat(visitor().open(link).html()).contains(email).contains(organisation);

    Visitor ada = visitor();
    Page form = ada.open(link);
    assertThat(follow(ada, form, token(link), "short").html())
        .contains("must have 12 to 200 characters");
    Page wrong = follow(ada, form, token(link), "Ada\u0007", "short", "long");
    assertThat(wrong.html())
        .as("all at once")
        .containsPattern("id=\"form:name\"(?s).{0,300}kt-field-error[^>]*>Name must not have")
        .containsPattern("id=\"form:new_password\"(?s).{0,400}kt-field-error[^>]*>Password must")
        .containsPattern("id=\"form:repeated\"(?s).{0,300}kt-field-error[^>]*>Repeat Password is");
    Page empty = follow(ada, form, token(link), "Ada\u0007", "", "");
    assertThat(empty.html())
        .contains("Name must not have", "Enter a password.", "Enter the password again.");
    Page joined = follow(ada, form, token(link), OTHER_PASSWORD);

    assertThat(joined.path()).as(joined.html()).isEqualTo("/");
    assertThat(ada.open("/profile").html()).contains("Ada Lovelace").contains("Key manager");
    assertThat(follow(visitor(), form, token(link), OTHER_PASSWORD).path())
        .isNotEqualTo(joined.path());
    Page again = visitor().open(link);
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.html()).contains("This link does not work").doesNotContain(email);
    visitor().signIn(email, OTHER_PASSWORD);
    assertThat(SERVER.logs()).doesNotContain(token(link));
  }

  @Test
  void invitedPersonCannotSignInBeforeFollowingTheLink() {
    String email = "eve@" + organisation;
    invite(administrator(), email, "Key manager");

    for (String password : List.of("", PASSWORD, "null")) {
      assertThat(visitor().trySignIn(email, password).path()).isEqualTo("/login");
    }
  }

  @Test
  void wrongAndExpiredLinksGetTheSameAnswer() {
    String link = invite(administrator(), "late@" + organisation, "Key manager");
    CONTROL.turn(Duration.ofHours(72));

    Page expired = visitor().open(link);
    Page wrong = visitor().open("/invitation?token=" + "A".repeat(43));
    Page mistyped = visitor().open(link + "x");
    Page none = visitor().open("/invitation");

    for (Page page : List.of(expired, wrong, mistyped, none)) {
      assertThat(page.status()).isEqualTo(404);
      assertThat(page.html()).contains("This link does not work").doesNotContain("form:follow");
    }
  }

  @Test
  void guessingLinksIsSlowedDown() {
    String address = "127.0.0.77";
    int status = 0;
    for (int i = 0; i < 40 && status != 429; i++) {
      status =
          RawHttp.send(
                  SERVER,
                  address,
                  RawHttp.get("/invitation?token=" + "B".repeat(41) + (10 + i), "Host: localhost"))
              .status();
    }

    assertThat(status).isEqualTo(429);
  }

  @Test
  void passwordIsResetByALinkAndOpenSessionsEnd() {
    String email = newcomer("VIEWER");
    Visitor before = visitor().signIn(email, PASSWORD);
    Page answer = inDialog(administrator(), email, "reset", "reset", Map.of());
    String link = answer.group("(/invitation\\?token=[A-Za-z0-9_-]{43})");
    assertThat(before.open("/profile").path()).isEqualTo("/profile");

    Visitor visitor = visitor();
    Page followed = follow(visitor, visitor.open(link), token(link), OTHER_PASSWORD);

    assertThat(followed.path()).isEqualTo("/suppliers");
    assertThat(followed.status()).isEqualTo(200);
    assertThat(visitor.open("/profile").html()).contains(email);
    assertThat(before.open("/profile").path()).isEqualTo("/login");
    assertThat(visitor().trySignIn(email, PASSWORD).path()).isEqualTo("/login");
    visitor().signIn(email, OTHER_PASSWORD);
  }

  @Test
  void deactivationEndsSessionsAtOnceAndSettlesTheKeysOfThePerson() {
    String email = newcomer("KEY_MANAGER");
    Visitor leaver = visitor().signIn(email, PASSWORD);
    Key revoked = created(email, CONTROL.key(Control.wish().in(organisation)));
    Key handed = created(email, CONTROL.key(Control.wish().in(organisation)));

    Visitor administrator = administrator();
    Page users = administrator.open("/settings/users");
    Page dialog =
        administrator.pressInRow(users, "data-user", email, "deactivate", "deactivate-dialog");
    String box = dialog.group("for=\"(deactivate:keys:[0-9]+:revoke)\">[^<]*" + revoked.name());
    Page done =
        administrator.press(
            users,
            "deactivate",
            "deactivate:confirm",
            Map.of(box, "true", "deactivate:heir", id(admin)),
            "messages users:table");

    assertThat(done.html()).contains("was deactivated");
    Page afterwards = leaver.open("/settings/api-authentication");
    assertThat(afterwards.path()).isEqualTo("/login");
    assertThat(afterwards.status()).isEqualTo(200);
    assertThat(visitor().trySignIn(email, PASSWORD).path()).isEqualTo("/login");
    Eventually.within1s(() -> assertThat(api.me(revoked.secret()).status()).isEqualTo(401));
    assertThat(api.me(handed.secret()).status()).isEqualTo(200);
    assertThat(creator(handed)).isEqualTo(id(admin));
    assertThat(
            CONTROL.sql(
                "SELECT details FROM audit_event WHERE action = 'API_KEY_HANDED_OVER' AND"
                    + " subject_id = '%s'".formatted(handed.id())))
        .hasSize(1);

    inRow(administrator(), email, "reactivate");
    assertThat(leaver.open("/profile").path()).isEqualTo("/login");
    visitor().signIn(email, PASSWORD);
  }

  private static Key created(String email, Key key) {
    CONTROL.sql(
        "UPDATE api_key SET created_by = '%s' WHERE id = '%s'".formatted(id(email), key.id()));
    return key;
  }

  private static String creator(Key key) {
    return CONTROL
        .sql("SELECT created_by FROM api_key WHERE id = '%s'".formatted(key.id()))
        .get(0)
        .getString("created_by");
  }

  private static String id(String email) {
    return CONTROL
        .sql("SELECT id FROM app_user WHERE email = '%s'".formatted(email))
        .get(0)
        .getString("id");
  }

  private static Page inRow(Visitor visitor, String email, String button) {
    return visitor.pressInRow(
        visitor.open("/settings/users"), "data-user", email, button, "messages users:table");
  }

  @Test
  void failedHandOverChangesNothing() {
    String email = newcomer("KEY_MANAGER");
    Key key = created(email, CONTROL.key(Control.wish().in(organisation)));
    Visitor administrator = administrator();

    Page done =
        inDialog(
            administrator, email, "deactivate", "deactivate", Map.of("deactivate:heir", id(email)));

    assertThat(done.html()).doesNotContain("was deactivated");
    visitor().signIn(email, PASSWORD);
    assertThat(creator(key)).isEqualTo(id(email));
  }

  @Test
  void personToTakeTheKeysIsAskedForAtTheField() {
    String email = newcomer("KEY_MANAGER");
    created(email, CONTROL.key(Control.wish().in(organisation)));
    Visitor administrator = administrator();
    Page users = administrator.open("/settings/users");
    administrator.pressInRow(users, "data-user", email, "deactivate", "deactivate-dialog");

    Page refused =
        administrator.press(
            users,
            "deactivate",
            "deactivate:confirm",
            Map.of("deactivate:heir", ""),
            "deactivate:taker messages users:table");

    assertThat(refused.html())
        .containsPattern(
            "id=\"deactivate:heir\"(?s).+kt-field-error[^>]*>Choose the person who takes");
    visitor().signIn(email, PASSWORD);
  }

  @Test
  void roleCountsFromTheNextRequestOn() {
    String email = newcomer("ADMINISTRATOR");
    Visitor visitor = visitor().signIn(email, PASSWORD);
    assertThat(visitor.open("/settings/organisation").status()).isEqualTo(200);
    Visitor administrator = administrator();
    String keyManager = administrator.open("/settings/users").option("Key manager");

    inDialog(administrator, email, "role", "role", Map.of("role:role", keyManager));

    assertThat(visitor.open("/settings/organisation").status()).isEqualTo(403);
    assertThat(visitor.open("/profile").html()).contains("Key manager");
  }

  @Test
  void pagesOfPeopleAreClosedToWhoMayNotSeeThem() {
    Visitor viewer = visitor().signIn(newcomer("VIEWER"), PASSWORD);

    for (String path : List.of("/settings/users", "/settings/roles", "/settings/users.xhtml")) {
      assertThat(viewer.open(path).status()).as(path).isIn(403, 404);
      assertThat(visitor().open(path).path()).as(path).isEqualTo("/login");
    }
    assertThat(viewer.open("/settings/none").status()).isEqualTo(404);
    assertThat(visitor().open("/settings/none").status()).isEqualTo(404);
    assertThat(visitor().open("/profile").path()).isEqualTo("/login");
  }

  @Test
  void ownRoleIsCreatedOfScopesAndGivenToSomebody() {
    Visitor administrator = administrator();
    Page roles = administrator.open("/settings/roles");
    Page editor = administrator.press(roles, "begin", "begin:begin", Map.of(), "edit");
    String box = editor.group("id=\"(editor:modules:1:scopes:0:scope)\"");
    String name = "Reader " + UUID.randomUUID();
    administrator.press(
        roles,
        "editor",
        "editor:save",
        Map.of("editor:name", name, box, "true"),
        "edit messages roles:table");

    assertThat(administrator.open("/settings/roles").html()).contains(name);
    String email = newcomer("KEY_MANAGER");
    inDialog(
        administrator,
        email,
        "role",
        "role",
        Map.of("role:role", administrator.open("/settings/users").option(name)));
    String profile = visitor().signIn(email, PASSWORD).open("/profile").html();
    assertThat(profile).contains(name).contains("class=\"kt-yes\" data-scope=\"api-keys:read\"");
    assertThat(profile).contains("class=\"kt-no\" data-scope=\"suppliers:write\"");
  }

  @Test
  void faultsOfARoleAreToldAtOnceAtItsNameAndItsPermissions() {
    Visitor administrator = administrator();
    Page roles = administrator.open("/settings/roles");
    Page editor = administrator.press(roles, "begin", "begin:begin", Map.of(), "edit");
    String update = "edit messages roles:table";

    assertThat(
            administrator
                .press(roles, "editor", "editor:save", Map.of("editor:name", " "), update)
                .html())
        .contains("Role Name must have 1 to 100 characters.")
        .contains("kt-field-error\" role=\"alert\">The role must have at least one permission.");
    String box = editor.group("for=\"(editor:[^\"]+)\">[^<]*<code>keys:verify</code>");
    assertThat(
            administrator
                .press(
                    roles, "editor", "editor:save", Map.of("editor:name", " ", box, "true"), update)
                .html())
        .contains("Role Name must have 1 to 100 characters.")
        .contains(
            "The role must have a permission that opens something to people, not to API keys");
    assertThat(
            administrator
                .press(roles, "editor", "editor:save", Map.of("editor:name", "viewer"), update)
                .html())
        .contains("There is already a role with the name &quot;viewer&quot;.")
        .contains("The role must have at least one permission.");
  }

  @Test
  void whoMaySeeKeysOnlyGetsNeitherTheirSecretsNorTheirRenewal() {
    Key key = CONTROL.key(Control.wish().in(organisation));
    Visitor administrator = administrator();
    Page roles = administrator.open("/settings/roles");
    Page editor = administrator.press(roles, "begin", "begin:begin", Map.of(), "edit");
    String box = editor.group("for=\"(editor:[^\"]+)\">[^<]*<code>api-keys:read</code>");
    String role = "Looker " + UUID.randomUUID();
    administrator.press(
        roles, "editor", "editor:save", Map.of("editor:name", role, box, "true"), "edit messages");
    String email = newcomer("VIEWER");
    String id = administrator.open("/settings/users").option(role);
    inDialog(administrator, email, "role", "role", Map.of("role:role", id));
    Visitor looker = visitor().signIn(email, PASSWORD);

    Page list = looker.open("/settings/api-authentication");
    assertThat(list.html())
        .contains(key.name())
        .doesNotContain("tab=renewal")
        .doesNotContain("copyKey")
        .doesNotContain("refreshKey");
    assertThat(looker.open("/settings/api-key?tab=renewal&id=" + key.id()).status()).isEqualTo(403);
    for (String forged : List.of("copy", "show", "refresh", "revoke")) {
      Page answer =
          looker.press(list, "keys", "keys:" + forged, Map.of("row", key.id()), "messages");
      assertThat(answer.html()).doesNotContain(key.secret());
    }
    assertThat(CONTROL.actionsOn(key.name())).containsExactly("API_KEY_CREATED");
    assertThat(administrator().open("/settings/api-key?tab=renewal&id=" + key.id()).html())
        .contains("With a renewal credential")
        .contains(key.name());
  }

  @Test
  void signOutEverywhereEndsAllSessionsOfThatPersonOnly() {
    String email = newcomer("VIEWER");
    Visitor here = visitor().signIn(email, PASSWORD);
    Visitor there = visitor().signIn(email, PASSWORD);
    Visitor other = administrator();

    Page left = here.submit(here.open("/profile"), "sessions", "sessions:everywhere", Map.of());

    assertThat(left.path()).isEqualTo("/login");
    assertThat(here.open("/profile").path()).isEqualTo("/login");
    assertThat(there.open("/profile").path()).isEqualTo("/login");
    assertThat(other.open("/profile").path()).isEqualTo("/profile");
  }

  @Test
  void sessionHasANewIdAfterSigningInAndEndsAfter12Hours() {
    Visitor visitor = visitor();
    visitor.open("/login");
    String before = visitor.cookie("keyturn-session");
    visitor.signIn(newcomer("VIEWER"), PASSWORD);
    assertThat(visitor.cookie("keyturn-session")).isNotEqualTo(before);

    for (int i = 0; i < 30; i++) {
      CONTROL.turn(Duration.ofMinutes(i < 29 ? 24 : 23));
      assertThat(visitor.open("/profile").path()).isEqualTo("/profile");
    }
    CONTROL.turn(Duration.ofMinutes(1));

    Page afterwards = visitor.open("/profile");
    assertThat(afterwards.path()).isEqualTo("/login");
    assertThat(afterwards.status()).isEqualTo(200);
  }

  @Test
  void whoSignsInOverAnotherPersonsSessionHasTheirOwn() {
    String email = newcomer("VIEWER");
    Visitor visitor = administrator();
    Page users = visitor.open("/settings/users");

    visitor.signIn(email, PASSWORD);

    assertThat(visitor.open("/profile").html()).contains(email);
    assertThat(
            visitor
                .press(
                    users,
                    "invite",
                    "invite:invite",
                    Map.of(
                        "invite:email",
                        "x@" + organisation,
                        "invite:role",
                        users.option("Administrator")),
                    "messages")
                .html())
        .doesNotContain("/invitation?token=");
  }
}
