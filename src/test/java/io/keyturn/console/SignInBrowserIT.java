package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;

/** Who gets in, where they get to, and what they must do first. */
class SignInBrowserIT extends Browser {
  private static final String HOME = "/";
  private static final String KEYS = "/settings/api-authentication";

  @Test
  void firstAdministratorMustChooseAPasswordBeforeAnythingElse() throws IOException {
    Path file = server().dataDir().resolve("initial-admin-password");
    String first = Files.readString(file).strip();
    open("/");
    awaitPath("/login");
    signIn(KeyturnServer.ADMIN_EMAIL, first);
    awaitPath("/change-password");

    open(HOME);
    awaitPath("/change-password");
    enter("Old Password", first);
    enter("New Password", PASSWORD);
    enter("Repeat New Password", PASSWORD);
    press("Change Password");

    awaitPath(HOME);
    assertThat(file).doesNotExist();
    press("Sign out");
    awaitPath("/login");
    signIn(KeyturnServer.ADMIN_EMAIL, PASSWORD);
    awaitPath(HOME);
  }

  @ParameterizedTest
  @CsvSource({
    "not my password,    another password,  another password,  Old Password is not your password.",
    "correct horse battery, too short,      too short,         New Password must have 12 to 200 characters.",
    "correct horse battery, another password, another passwort, Repeat New Password is not the same as the new password.",
    "correct horse battery, correct horse battery, correct horse battery, New Password must be another than the old password."
  })
  void badNewPasswordGetsAMessageAtItsField(
      String old, String wanted, String repeated, String message) {
    signInAs("VIEWER");
    open("/change-password");

    enter("Old Password", old);
    enter("New Password", wanted);
    enter("Repeat New Password", repeated);
    press("Change Password");

    assertThat(find(By.cssSelector(".kt-field-error")).getText()).isEqualTo(message);
    assertThat(path()).isEqualTo("/change-password");
  }

  @Test
  void wrongPasswordAndUnknownAddressReadTheSame() {
    String email = person(control().organisation(), "VIEWER");
    open("/login");
    signIn(email, "not my password");
    String wrong = find(By.cssSelector(".kt-error")).getText();

    signIn("nobody-" + email, PASSWORD);

    assertThat(wrong).isEqualTo("Email or password is wrong.");
    assertThat(find(By.cssSelector(".kt-error")).getText()).isEqualTo(wrong);
    assertThat(path()).isEqualTo("/login");
  }

  @Test
  void sessionGetsANewIdAtSignIn() {
    String email = person(control().organisation(), "ADMINISTRATOR");
    open("/login");
    assertThat(driver().manage().getCookieNamed("keyturn-session")).as("before sign-in").isNull();
    signIn(email, PASSWORD);
    awaitPath(HOME);
    Cookie before = session();
    // Somebody else's session, or one put under: another person signs in within it.
    open("/login");
    signIn(person(control().organisation(), "ADMINISTRATOR"), PASSWORD);
    awaitPath(HOME);

    assertThat(session().getValue()).isNotEqualTo(before.getValue());
    assertThat(session().isHttpOnly()).isTrue();
    assertThat(session().getSameSite()).isEqualTo("Lax");
    driver().manage().deleteCookieNamed("keyturn-session");
    driver().manage().addCookie(before);
    open(HOME);
    awaitPath("/login");
  }

  private static Cookie session() {
    return java.util.Objects.requireNonNull(
        driver().manage().getCookieNamed("keyturn-session"), "no session");
  }

  @Test
  void pageThatWasAskedForOpensAfterSignIn() {
    String organisation = control().organisation();
    String email = person(organisation, "ADMINISTRATOR");
    String key = control().key(Control.wish().in(organisation).named("ERP")).id();
    open("/settings/api-key?id=" + key);
    awaitPath("/login");

    signIn(email, PASSWORD);

    awaitPath("/settings/api-key");
    assertThat(find(By.tagName("h1")).getText()).isEqualTo("ERP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://attacker.example/",
        "//attacker.example",
        "/\\attacker.example",
        "/%5Cattacker.example",
        "javascript:alert(1)",
        "/settings/../../attacker.example",
        "/login?x=1//attacker.example\r\nSet-Cookie: a=b",
      })
  void addressFromOutsideIsNotFollowedAfterSignIn(String goal) {
    String email = person(control().organisation(), "ADMINISTRATOR");
    open(
        "/login?return="
            + java.net.URLEncoder.encode(goal, java.nio.charset.StandardCharsets.UTF_8));

    signIn(email, PASSWORD);

    awaitPath(HOME);
    assertThat(driver().getCurrentUrl()).startsWith(server().uri("/").toString());
  }

  @Test
  void signedOutMeansOutAlsoForThePageBehind() {
    signInAs("ADMINISTRATOR");
    press("Sign out");
    awaitPath("/login");

    driver().navigate().back();

    awaitPath("/login");
  }

  @Test
  void actAfterTheEndOfTheSessionKeepsWhatWasTypedAndIsDoneAfterSigningInAgain() {
    String organisation = signInAs("ADMINISTRATOR");
    String email = find(By.cssSelector(".kt-who")).getText();
    String id = control().key(Control.wish().in(organisation).named("ERP")).id();
    open("/settings/api-key?id=" + id);
    press(named("More for ERP"));
    press(named("Leaked: stop now … ERP"));
    enter("Reason", "in a public log");
    cdp("Network.clearBrowserCookies", java.util.Map.of());

    expectFailure(401);
    press(inDialog("Stop now"));
    find(By.id("refused-why"));
    assertThat(find(By.id("refused")).getText())
        .contains("Nothing was done", "Your session has ended", "What you entered is still there.");
    wholePage("nothing-was-done");
    String page = driver().getWindowHandle();
    link("Sign in in a new tab").click();
    await("a tab", () -> driver().getWindowHandles().size() == 2);
    driver().getWindowHandles().stream()
        .filter(tab -> !tab.equals(page))
        .forEach(tab -> driver().switchTo().window(tab));
    signIn(email, PASSWORD);
    awaitPath("/settings/api-key");
    driver().close();
    driver().switchTo().window(page);

    assertThat(value("Reason")).isEqualTo("in a public log");
    press(inDialog("Stop now"));
    await("closed", () -> !dialogIsOpen());
    assertThat(find(By.cssSelector(".kt-info")).getText())
        .contains("All secrets of \"ERP\" were stopped.");
  }

  @Test
  void dialogAboutTheEndOfTheSessionClosesByEscapeAndLeavesTheOneBelow() {
    administratorWithKey();
    press(inMenu("ERP", "Revoke"));
    enter("Reason (optional)", "of no use");
    cdp("Network.clearBrowserCookies", java.util.Map.of());

    expectFailure(401);
    press(inDialog("Revoke"));
    find(By.id("refused-why"));
    type(org.openqa.selenium.Keys.ESCAPE);

    await("closed", () -> visible(By.id("refused-why")).isEmpty());
    assertThat(value("Reason (optional)")).isEqualTo("of no use");
    press(inDialog("Revoke"));
    press("Back to the page");
    assertThat(value("Reason (optional)")).isEqualTo("of no use");
  }

  @Test
  void signInPageThatLayOpenForADaySignsIn() {
    String email = person(control().organisation(), "ADMINISTRATOR");
    open("/login");
    control().turn(java.time.Duration.ofDays(1));

    signIn(email, PASSWORD);

    awaitPath(HOME);
  }

  @Test
  void lettersOfAllScriptsAreTakenAsTheyAreTyped() {
    String name = "Jürgen Größe Ελένη 🗝️";
    String password = "Größe Ελλάδα 🗝️ 12";
    String organisation = control().organisation();
    String email = "jürgen".replace("ü", "ue") + "@" + organisation + ".example";
    control().user(organisation, email, name, "ADMINISTRATOR", PASSWORD);
    open("/login");
    signIn(email, PASSWORD);
    awaitPath(HOME);
    open("/change-password");
    fill("Old Password", PASSWORD);
    fill("New Password", password);
    fill("Repeat New Password", password);
    press("Change Password");
    awaitPath(HOME);
    press("Sign out");
    awaitPath("/login");
    fill("Email", email);
    fill("Password", password);
    press("Sign in");
    awaitPath(HOME);

    open(KEYS);
    fill("API Key Name", name);
    press("Generate API Key");
    row(name);
    open("/settings/organisation");
    fill("Name", name);
    press("Save");
    reload();
    assertThat(value("Name")).isEqualTo(name);
    open("/profile");
    assertThat(find(By.tagName("main")).getText()).contains(name);
    // And the search, whose form goes by GET.
    open("/settings/users");
    fill("Search", "🗝️");
    press("Search");
    assertThat(names()).hasSize(1);
  }

  /** Fills a field with text beyond what WebDriver can type. */
  private static void fill(String label, String text) {
    driver().executeScript("arguments[0].value = arguments[1]", field(label), text);
  }

  @Test
  void viewerDoesNotSeeTheAreaAndGetsAClearPageOnItsAddress() {
    signInAs("VIEWER");
    open("/change-password");
    find(By.xpath("//summary[normalize-space()='Settings']")).click();
    assertThat(visible(By.linkText("API Authentication"))).isEmpty();
    link("Change Password");

    expectFailure(403);
    open(KEYS);

    assertThat(find(By.tagName("h1")).getText()).isEqualTo("This is not allowed.");
    assertThat(find(By.tagName("main")).getText())
        .contains("Your role does not have the permission for this page", "An administrator");
    screenshot("no-permission");
  }

  @Test
  void keyManagerSeesTheArea() {
    signInAs("KEY_MANAGER");

    awaitPath(KEYS);
    generate("ERP");
  }

  @Test
  void viewerWhoSignsInIsToldWhatTheyMayDo() {
    String email = person(control().organisation(), "VIEWER");
    open("/login");

    signIn(email, PASSWORD);

    awaitPath("/suppliers");
    open("/profile");
    assertThat(find(By.cssSelector("[data-scope='suppliers:read']")).getText())
        .startsWith("Allowed:");
    assertThat(find(By.cssSelector("[data-scope='api-keys:read']")).getText())
        .startsWith("Not allowed:");
  }
}
