package io.keyturn.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can write the database but has none of the keys becomes nobody. */
class TamperedPeopleHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Control CONTROL = SERVER.control();
  private static final String PASSWORD = "correct horse battery";

  private String organisation = "";
  private String admin = "";
  private String eve = "";

  @BeforeEach
  void createPeople() {
    organisation = CONTROL.organisation();
    admin = "admin@" + organisation;
    eve = "eve@" + organisation;
    CONTROL.user(organisation, admin, "ADMINISTRATOR", PASSWORD);
    CONTROL.user(organisation, eve, "VIEWER", PASSWORD);
  }

  /** Fills in whose row it is. */
  private String of(String sql) {
    return sql.replace("{eve}", "'" + eve + "'")
        .replace("{admin}", "'" + admin + "'")
        .replace(
            "{organisation}",
            "(SELECT id FROM organisation WHERE domain = '" + organisation + "')");
  }

  private static Page trySignIn(String email) {
    return new Visitor(SERVER).trySignIn(email, PASSWORD);
  }

  private void told(String action, String name) {
    Eventually.within(
        Duration.ofSeconds(10), () -> assertThat(CONTROL.actionsOn(name)).contains(action));
    assertThat(CONTROL.actionsOn(name)).containsOnlyOnce(action);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "role_id = (SELECT id FROM role WHERE name = 'Administrator' AND organisation_id ="
            + " {organisation})",
        "password_hash = (SELECT password_hash FROM app_user WHERE email = {admin})",
        "session_stamp = (SELECT session_stamp FROM app_user WHERE email = {admin})",
        "password_change_due = TRUE",
        "sso_subject = 'http://attacker.example 1'",
        "joined_at = created_at - INTERVAL '1' DAY",
        "row_mac = NULL",
        "row_mac = (SELECT row_mac FROM app_user WHERE email = {admin})"
      })
  void changedPersonIsRefusedAndTold(String change) {
    Visitor signedIn = new Visitor(SERVER).signIn(eve, PASSWORD);
    String id =
        CONTROL.sql(of("SELECT id FROM app_user WHERE email = {eve}")).get(0).getString("id");
    CONTROL.sql(of("UPDATE app_user SET " + change + " WHERE email = {eve}"));

    assertThat(signedIn.open("/profile").path()).as("the open session").isEqualTo("/login");
    assertThat(trySignIn(eve).path()).isEqualTo("/login");

    told("USER_TAMPERED", eve);
    assertThat(SERVER.logs()).contains("user " + id + " was changed in the database");
    new Visitor(SERVER).signIn(admin, PASSWORD);
  }

  @Test
  void revivedPersonIsRefused() {
    CONTROL.deactivate(eve);
    CONTROL.sql(of("UPDATE app_user SET deactivated_at = NULL WHERE email = {eve}"));

    assertThat(trySignIn(eve).path()).isEqualTo("/login");
  }

  @Test
  void copyOfAnAdministratorIsRefused() {
    String mallory = "mallory@" + organisation;
    CONTROL.sql(
        of(
            """
            INSERT INTO app_user (id, organisation_id, email, name, role_id, password_hash,
              password_change_due, session_stamp, created_at, version, joined_at, row_mac,
              joined_email)
            SELECT CAST('%1$s' AS UUID), organisation_id, '%2$s', name, role_id, password_hash,
              password_change_due, session_stamp, created_at, version, joined_at, row_mac, '%2$s'
            FROM app_user WHERE email = {admin}
            """
                .formatted(UUID.randomUUID(), mallory)));

    assertThat(trySignIn(mallory).path()).isEqualTo("/login");
    told("USER_TAMPERED", mallory);
  }

  @Test
  void linkOfAKnownTokenIsRefused() throws Exception {
    String token = "T" + UUID.randomUUID().toString().replace("-", "") + "0123456789";
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
    CONTROL.sql(
        of(
            """
            INSERT INTO one_time_link (user_id, organisation_id, digest, expires_at, row_mac)
            SELECT id, organisation_id, %s, created_at + INTERVAL '3' DAY, row_mac
            FROM app_user WHERE email = {admin}
            """
                .formatted(bytes(HexFormat.of().formatHex(digest)))));

    assertThat(new Visitor(SERVER).open("/invitation?token=" + token).status()).isEqualTo(404);
    told("ONE_TIME_LINK_TAMPERED", admin);
  }

  private static String bytes(String hex) {
    return TestDatabase.current() == TestDatabase.H2
        ? "X'" + hex + "'"
        : "decode('" + hex + "', 'hex')";
  }

  @Test
  void linkThatWasUsedUpCannotBePutBack() {
    Visitor administrator = new Visitor(SERVER).signIn(admin, PASSWORD);
    String link = reset(administrator, eve);
    String copy = "copy_" + UUID.randomUUID().toString().substring(0, 8);
    String own = of(" WHERE user_id = (SELECT id FROM app_user WHERE email = {eve})");
    CONTROL.sql("CREATE TABLE " + copy + " AS SELECT * FROM one_time_link" + own);
    Visitor visitor = new Visitor(SERVER);
    Page followed = follow(visitor, visitor.open(link), link, "another battery horse");
    assertThat(followed.path()).isEqualTo("/suppliers");

    CONTROL.sql("INSERT INTO one_time_link SELECT * FROM " + copy);
    CONTROL.sql("DROP TABLE " + copy);

    assertThat(new Visitor(SERVER).open(link).status()).isEqualTo(404);
  }

  private static String reset(Visitor visitor, String email) {
    Page users = visitor.open("/settings/users");
    visitor.pressInRow(users, "data-user", email, "reset", "reset-dialog");
    return visitor
        .press(users, "reset", "reset:confirm", Map.of(), "messages users:table")
        .group("(/invitation\\?token=[A-Za-z0-9_-]{43})");
  }

  private static Page follow(Visitor visitor, Page page, String link, String password) {
    return visitor.submit(
        page,
        "form",
        "form:follow",
        Map.of(
            "token",
            link.substring(link.indexOf('=') + 1),
            "form:new_password",
            password,
            "form:repeated",
            password));
  }

  @Test
  void widenedRoleIsRefusedUntilAnAdministratorChangesIt() {
    Visitor administrator = new Visitor(SERVER).signIn(admin, PASSWORD);
    role(administrator, "begin", "Clerk");
    changeRole(administrator, eve, "Clerk");
    Visitor signedIn = new Visitor(SERVER).signIn(eve, PASSWORD);
    String scopes =
        CONTROL
            .sql(
                of(
                    "SELECT scopes FROM role WHERE name = 'Clerk' AND organisation_id ="
                        + " {organisation}"))
            .get(0)
            .getString("scopes");
    String where = of(" WHERE name = 'Clerk' AND organisation_id = {organisation}");
    CONTROL.sql("UPDATE role SET scopes = 'users:read users:manage api-keys:reveal'" + where);

    assertThat(signedIn.open("/settings/users").path()).isEqualTo("/login");
    assertThat(trySignIn(eve).path()).isEqualTo("/login");
    Eventually.within(
        Duration.ofSeconds(10), () -> assertThat(roleEvents()).containsOnlyOnce("ROLE_TAMPERED"));
    CONTROL.sql("UPDATE role SET scopes = '" + scopes + "', built_in = TRUE" + where);
    assertThat(trySignIn(eve).path()).isEqualTo("/login");
    CONTROL.sql("UPDATE role SET scopes = 'roles:manage', built_in = FALSE" + where);

    Page roles = administrator.open("/settings/roles");
    assertThat(roles.html()).contains("database by somebody else: refused");
    Page editor = administrator.pressInRow(roles, "data-role", "Clerk", "change", "edit");
    save(administrator, roles, editor, "Clerk");

    assertThat(trySignIn(eve).path()).as("the role is ours again").isNotEqualTo("/login");
  }

  private List<String> roleEvents() {
    return CONTROL
        .sql(
            of(
                "SELECT action FROM audit_event WHERE subject_name = 'Clerk' AND organisation_id ="
                    + " {organisation}"))
        .stream()
        .map(row -> row.getString("action"))
        .toList();
  }

  private static void role(Visitor administrator, String button, String name) {
    Page roles = administrator.open("/settings/roles");
    Page editor = administrator.press(roles, button, button + ":" + button, Map.of(), "edit");
    save(administrator, roles, editor, name);
  }

  private static void save(Visitor administrator, Page roles, Page editor, String name) {
    String box = editor.group("id=\"(editor:modules:1:scopes:0:scope)\"");
    administrator.press(
        roles, "editor", "editor:save", Map.of("editor:name", name, box, "true"), "edit messages");
  }

  private static void changeRole(Visitor administrator, String email, String role) {
    Page users = administrator.open("/settings/users");
    administrator.pressInRow(users, "data-user", email, "role", "role-dialog");
    administrator.press(
        users,
        "role",
        "role:confirm",
        Map.of("role:role", users.option(role)),
        "messages users:table");
  }

  @Test
  void changedPersonIsShownAsRefusedAndRemovedToBeInvitedAnew() {
    Visitor administrator = new Visitor(SERVER).signIn(admin, PASSWORD);
    CONTROL.sql(
        of(
            "UPDATE app_user SET role_id = (SELECT id FROM role WHERE name = 'Administrator' AND"
                + " organisation_id = {organisation}) WHERE email = {eve}"));
    Page users = administrator.open("/settings/users");
    assertThat(users.html()).contains("was changed in the database by somebody else");

    Page dialog = administrator.pressInRow(users, "data-user", eve, "remove", "withdraw-dialog");
    assertThat(dialog.html()).contains("Remove " + eve);
    administrator.press(users, "withdraw", "withdraw:confirm", Map.of(), "messages users:table");
    Page again = administrator.open("/settings/users");
    Page invited =
        administrator.press(
            again,
            "invite",
            "invite:invite",
            Map.of("invite:email", eve, "invite:role", again.option("Key manager")),
            "messages users:table");

    assertThat(invited.html()).contains("/invitation?token=");
    assertThat(CONTROL.actionsOn(eve)).contains("USER_TAMPERED", "USER_REMOVED", "USER_INVITED");
  }
}
