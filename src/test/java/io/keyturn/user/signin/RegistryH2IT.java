package io.keyturn.user.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.TestDirectory;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in by an LDAP directory, as src/docs/signing-in.md tells to set it up. */
class RegistryH2IT {
  private static final TestDirectory DIRECTORY = new TestDirectory();
  private static final KeyturnServer SERVER =
      KeyturnServer.named("registry-" + TestDatabase.current()).on(TestDatabase.current());
  private static final Control CONTROL = SERVER.control();
  private static final String PASSWORD = "password in the directory";
  private static final String WRONG = "Email or password is wrong.";
  private static final String SILENT =
      "The directory does not answer. Please try again in a minute.";

  private final String uid = "u" + UUID.randomUUID();
  private final String email = uid + "@acme.example";

  @BeforeAll
  static void start() throws IOException {
    DIRECTORY.start();
    SERVER
        .override("ldap.xml", recipe(DIRECTORY.port()))
        .setting("KEYTURN_LDAP_PASSWORD", TestDirectory.PASSWORD)
        .setting("KEYTURN_LDAP_TRUST_FILE", DIRECTORY.trust().toString())
        .setting("KEYTURN_LDAP_TRUST_PASSWORD", TestDirectory.TRUST_PASSWORD)
        .setting("KEYTURN_REGISTRY_ORGANISATION", "demo")
        .setting(
            "KEYTURN_REGISTRY_ROLES",
            "cn=keyturn-admins,ou=groups,o=acme=Administrator; cn=keyturn-keys,ou=groups,o=acme=Key"
                + " manager; CN=Staff, OU=groups, O=Acme=Viewer")
        .start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
    DIRECTORY.stop();
  }

  @AfterEach
  void nothingSecretIsLogged() {
    assertThat(SERVER.logs()).doesNotContain(PASSWORD).doesNotContain(TestDirectory.PASSWORD);
  }

  /** The file that src/docs/signing-in.md shows, for a directory at this port. */
  static String recipe(int port) throws IOException {
    String guide = Files.readString(Path.of("src/docs/signing-in.md"));
    String from = guide.substring(guide.indexOf("## Sign in with LDAP"));
    String xml = from.substring(from.indexOf("```xml") + 6);
    return xml.substring(0, xml.indexOf("```"))
        .replace("ldap.example.com", "localhost")
        .replace("\"636\"", "\"" + port + "\"");
  }

  private void person(String... groups) {
    DIRECTORY.person(uid, email, "Ada Lovelace", PASSWORD, groups);
  }

  private static void refused(String email, String password, String words) {
    Page page = new Visitor(SERVER).trySignIn(email, password);
    assertThat(page.path()).as(page.html()).isEqualTo("/login");
    assertThat(page.html()).contains(words);
  }

  private List<String> events() {
    return CONTROL.actionsOn(email);
  }

  private boolean hasAccount() {
    return !CONTROL.sql("SELECT 1 FROM app_user WHERE email = '" + email + "'").isEmpty();
  }

  @Test
  void personOfTheDirectoryGetsAnAccountWithTheRoleOfTheGroup() {
    person("strangers", "keyturn-keys");
    Visitor visitor = new Visitor(SERVER);
    visitor.open("/login");
    String before = visitor.cookie("keyturn-session");

    visitor.signIn(email, PASSWORD);

    assertThat(visitor.open("/profile").html()).contains("Ada Lovelace").contains("Key manager");
    assertThat(visitor.cookie("keyturn-session")).isNotEmpty().isNotEqualTo(before);
    assertThat(events()).containsExactly("USER_CREATED", "USER_JOINED", "SIGNED_IN");
  }

  @Test
  void roleFollowsTheGroupAtEachSignIn() {
    person("staff");
    Visitor first = new Visitor(SERVER).signIn(email, PASSWORD);
    assertThat(first.open("/profile").html()).contains("Viewer");

    DIRECTORY.leave(uid, "staff");
    DIRECTORY.join(uid, "keyturn-admins");
    new Visitor(SERVER).signIn(email, PASSWORD);

    assertThat(first.open("/profile").html()).contains("Administrator");
    assertThat(events()).contains("USER_ROLE_CHANGED");
    DIRECTORY.leave(uid, "keyturn-admins");
    refused(email, PASSWORD, "The directory gives you no role that is known here");
  }

  @Test
  void wrongPasswordAndUnknownPersonAreToldTheSame() {
    person("staff");

    refused(email, "another password", WRONG);
    refused("x" + email, PASSWORD, WRONG);

    assertThat(hasAccount()).isFalse();
    new Visitor(SERVER).signIn(email, PASSWORD);
    refused(email, "another password", WRONG);
    assertThat(events()).endsWith("SIGN_IN_FAILED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s*@acme.example", "%s@*.example", "%s@acme.example)(uid=*"})
  void addressThatMeansMoreThanItselfIsNotAskedFor(String pattern) {
    person("staff");

    refused(pattern.formatted(uid), PASSWORD, WRONG);

    assertThat(CONTROL.sql("SELECT 1 FROM app_user WHERE email LIKE '" + uid + "%'")).isEmpty();
  }

  @Test
  void guessingIsSlowedDown() {
    person("staff");
    for (int i = 0; i < 5; i++) {
      refused(email, "guess " + i, WRONG);
    }

    refused(email, PASSWORD, "There were too many failed attempts.");
    CONTROL.turn(Duration.ofMinutes(16));
    new Visitor(SERVER).signIn(email, PASSWORD);
  }

  @Test
  void withoutAGroupThatMeansARoleNobodyEnters() {
    person("strangers");

    refused(email, PASSWORD, "The directory gives you no role that is known here");

    assertThat(events()).containsExactly("SIGN_IN_REFUSED");
    assertThat(hasAccount()).isFalse();
  }

  @Test
  void whoeverIsDeactivatedHereIsRefused() {
    person("staff");
    new Visitor(SERVER).signIn(email, PASSWORD);
    CONTROL.deactivate(email);

    refused(email, PASSWORD, "Your account here is deactivated");
  }

  @Test
  void addressThatIsGivenToSomebodyElseLaterOpensNobodysAccount() {
    person("staff");
    new Visitor(SERVER).signIn(email, PASSWORD);
    DIRECTORY.remove(uid);

    DIRECTORY.person("second-" + uid, email, "Eve", PASSWORD, "keyturn-admins");

    refused(email, PASSWORD, "belongs to another account here");
  }

  @Test
  void whoeverHasAPasswordHereIsNotAskedForInTheDirectory() {
    CONTROL.user("demo", email, "VIEWER", KeyturnServer.ADMIN_PASSWORD);
    person("keyturn-admins");

    refused(email, PASSWORD, WRONG);

    Visitor visitor = new Visitor(SERVER).signIn(email, KeyturnServer.ADMIN_PASSWORD);
    assertThat(visitor.open("/profile").html()).contains("Viewer");
  }

  @Test
  void whileTheDirectoryIsSilentLocalPeopleSignIn() {
    person("staff");
    new Visitor(SERVER).signIn(email, PASSWORD);
    DIRECTORY.stop();
    try {
      refused(email, PASSWORD, SILENT);
      refused("x" + email, PASSWORD, SILENT);
      new Visitor(SERVER).signIn(KeyturnServer.ADMIN_EMAIL, KeyturnServer.ADMIN_PASSWORD);
    } finally {
      DIRECTORY.start();
    }
    new Visitor(SERVER).signIn(email, PASSWORD);
  }

  @Test
  void directorysPasswordIsAskedAgainBeforeASecretIsShown() {
    person("keyturn-admins");
    Visitor visitor = new Visitor(SERVER).signIn(email, PASSWORD);
    String key = CONTROL.key(Control.wish().named("k " + email)).id();
    CONTROL.turn(Duration.ofMinutes(16));
    Page page = visitor.open("/settings/api-authentication");
    assertThat(visitor.pressInRow(page, "data-key", key, "show", "messages").html())
        .contains("confirm&#34;:true")
        .doesNotContain("kt_live_");

    assertThat(confirm(visitor, page, "another password")).contains("Password is wrong.");
    DIRECTORY.stop();
    try {
      assertThat(confirm(visitor, page, PASSWORD)).contains(SILENT).doesNotContain("kt_live_");
    } finally {
      DIRECTORY.start();
    }
    assertThat(confirm(visitor, page, PASSWORD)).contains("kt_live_");
  }

  private static String confirm(Visitor visitor, Page page, String password) {
    return visitor
        .press(
            page,
            "confirm",
            "confirm:ok",
            Map.of("confirm:password", password),
            "confirm:panel messages")
        .html();
  }

  @Test
  void passwordOfTheDirectoryIsNotChangedHere() {
    person("staff");
    Visitor visitor = new Visitor(SERVER).signIn(email, PASSWORD);

    Page page =
        visitor.submit(
            visitor.open("/change-password"),
            "form",
            "form:change",
            Map.of(
                "form:old_password", PASSWORD,
                "form:new_password", "another good password",
                "form:repeated", "another good password"));

    assertThat(page.html()).contains("kept by your organisation's directory");
    new Visitor(SERVER).signIn(email, PASSWORD);
  }
}
