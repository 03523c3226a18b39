package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;

/** The guide's last step: Swagger UI for one organisation, with a secret. */
class ApiDocumentationBrowserIT extends Browser {

  @Test
  void apiAuthenticationLinksToTheDocumentation() {
    signInAs("ADMINISTRATOR");

    find(By.cssSelector(".kt-title a")).click();

    awaitPath("/api-documentation");
    assertThat(find(By.tagName("h1")).getText()).startsWith("API Documentation of ");
  }

  @Test
  void personWhoHasSignedInSeesTheirOrganisationAtOnceAndStaysSignedIn() {
    String organisation = signInAs("ADMINISTRATOR");
    open("/api-documentation");

    find(By.cssSelector(".btn.authorize"));
    assertThat(value("Domain")).isEqualTo(organisation);
    press("Authenticate");
    await("at this host", () -> String.valueOf(driver().getCurrentUrl()).contains("?domain="));
    find(By.cssSelector(".btn.authorize"));
    assertThat(find(By.cssSelector(".kt-who")).getText()).contains("@");
  }

  @Test
  void testKeyIsEnteredByAClickReadsAndEndsSoon() {
    String organisation = signInAs("ADMINISTRATOR");
    open("/api-documentation");
    find(By.cssSelector(".btn.authorize.unlocked"));

    press("Use a 15-minute test key");

    find(By.cssSelector(".btn.authorize.locked"));
    await("told", () -> find(By.id("whose")).getText().contains("It may: "));
    assertThat(find(By.id("whose")).getText())
        .startsWith("This secret belongs to the key “API Documentation, ")
        .endsWith("; the key ends before its next refresh.")
        .contains("suppliers:read", "api-keys:read")
        .doesNotContain("manage", "write", "reveal");
    assertThat(
            control()
                .sql(
                    "SELECT k.scopes FROM api_key k JOIN organisation o ON o.id ="
                        + " k.organisation_id WHERE o.domain = '"
                        + organisation
                        + "' AND k.environment = 'test' AND k.expires_at < k.created_at +"
                        + " INTERVAL '16' MINUTE"))
        .hasSize(1);
    tryItOut();
    execute();
    assertThat(answer("tbody .response-col_status")).startsWith("200");
  }

  @Test
  void testKeyAsksForThePasswordAfterAQuarterOfAnHour() {
    signInAs("ADMINISTRATOR");
    open("/api-documentation");
    find(By.cssSelector(".btn.authorize.unlocked"));
    control().turn(Duration.ofMinutes(16));

    press("Use a 15-minute test key");
    enter("Password", "not my password");
    press("Confirm");
    find(By.cssSelector(".kt-field-error"));
    assertThat(visible(By.cssSelector(".btn.authorize.locked"))).isEmpty();
    enter("Password", PASSWORD);
    press("Confirm");

    find(By.cssSelector(".btn.authorize.locked"));
  }

  @Test
  void viewerIsOfferedNoTestKey() {
    signInAs("VIEWER");
    open("/api-documentation");
    find(By.cssSelector(".btn.authorize.unlocked"));

    assertThat(driver().getPageSource()).doesNotContain("test key");
  }

  @Test
  void wholeAddressIsADomainToo() {
    open("/api-documentation");
    enter("Domain", "http://demo.localhost:" + server().port() + "/api/v1");
    press("Authenticate");

    find(By.cssSelector(".btn.authorize"));
    assertThat(value("Domain")).isEqualTo("demo");
  }

  @Test
  void refusedSecretSaysWhyAfterAuthorize() {
    Control.Key key = control().key();
    control().revoke(key);
    authenticate("demo");

    expectFailure(401);
    authorize(key.secret());

    await("told", () -> find(By.id("whose")).getText().contains("was revoked at "));
  }

  @Test
  void triedRequestIsAProgramInFourLanguages(@TempDir Path folder) throws IOException {
    String secret = control().key().secret();
    authenticate("demo");
    authorize(secret);
    tryItOut();
    execute();

    for (String[] each :
        new String[][] {
          {"Python", "python3", "call.py"},
          {"JavaScript", "node", "call.mjs"},
          {"Java", System.getProperty("java.home") + "/bin/java", "Call.java"},
          {"curl", "sh", "call.sh"}
        }) {
      press(
          find(
              By.xpath(
                  "//div[contains(@class,'request-snippets')]//*[normalize-space()='"
                      + each[0]
                      + "' and not(*)]")));
      String program = find(By.cssSelector(".request-snippets pre")).getText();
      assertThat(program).contains("/api/v1/suppliers");
      if (!each[0].equals("curl")) {
        assertThat(program).contains("KEYTURN_SECRET").doesNotContain(secret);
      }
      if (Tools.isThere(each[1], each[1].startsWith("/") || Tools.find(each[1]).isPresent())) {
        Files.writeString(folder.resolve(each[2]), program);
        assertThat(Tools.run(folder, Map.of("KEYTURN_SECRET", secret), List.of(each[1], each[2])))
            .as(program)
            .contains("\"data\"");
      }
    }
  }

  @Test
  void unknownDomainGetsAMessageAtTheField() {
    open("/api-documentation");

    enter("Domain", "nobody");
    press("Authenticate");

    assertThat(find(By.cssSelector(".kt-field-error")).getText())
        .isEqualTo("There is no organisation with the domain \"nobody\".");
    assertThat(visible(By.id("swagger-ui"))).isEmpty();
  }

  @Test
  void emptyDomainGetsAMessageAtTheField() {
    open("/api-documentation");

    enter("Domain", "");
    press("Authenticate");

    assertThat(find(By.cssSelector(".kt-field-error")).getText())
        .isEqualTo("Enter the start of your platform domain, for example demo.");
  }

  @Test
  void secretOpensTheListOfSuppliers() {
    authenticate("demo");
    authorize(control().key().secret());
    tryItOut();

    parameter("status", "input").sendKeys("\b".repeat("active".length()) + "archived");
    parameter("location", "input").sendKeys("Berlin");
    execute();

    assertThat(answer("tbody .response-col_status")).startsWith("200");
    String body = answer(".response-col_description .microlight");
    assertThat(body).contains("\"data\": [", "\"status\": \"archived\"", "\"name\": \"Berlin\"");
    assertThat(body).doesNotContain("\"status\": \"active\"");
    screenshot("api-documentation");
  }

  @ParameterizedTest
  @CsvSource({"Create an API Key, 201, \"name\": \"ERP\"", "Revoke Several API Keys, 200, revoked"})
  void exampleOfABodyIsExecutedAsItStands(String operation, String status, String part) {
    String organisation = control().organisation();
    authenticate(organisation);
    authorize(
        control()
            .key(Control.wish().in(organisation).scopes("suppliers:read api-keys:manage"))
            .secret());
    tryItOut(operation);

    execute();

    assertThat(answer("tbody .response-col_status")).startsWith(status);
    assertThat(answer(".response-col_description .microlight")).contains(part);
  }

  @Test
  void mistypedSecretIsUnauthenticatedAndSaysWhy() {
    authenticate("demo");

    assertRefused(
        control().key().secret() + "x",
        "This secret is not known here. Was it copied whole, and for this organisation?");
  }

  @Test
  void secretOfAnotherOrganisationIsNotKnownOnThisHost() {
    String other = control().organisation();
    authenticate("demo");

    assertRefused(
        control().key(Control.wish().in(other)).secret(), "This secret is not known here.");
  }

  @Test
  void refreshedSecretIsUnauthenticatedAndSaysWhy() {
    Control.Key key = control().key();
    control().refresh(key, Duration.ZERO);
    authenticate("demo");

    assertRefused(key.secret(), "This secret was refreshed at ");
  }

  @Test
  void revokedSecretIsUnauthenticatedAndSaysWhy() {
    Control.Key key = control().key();
    control().revoke(key);
    authenticate("demo");

    assertRefused(key.secret(), "The API key of this secret was revoked at ");
  }

  @Test
  void expiredSecretIsUnauthenticatedAndSaysWhy() {
    Control.Key key = control().key(Control.wish().policy("PT1H", "PT0S"));
    authenticate("demo");
    authorize(key.secret());
    tryItOut();
    control().awayFromTheMinute();
    control().turn(Duration.ofMinutes(61));

    expectFailure(401);
    execute();

    assertThat(answer(".response-col_description .microlight"))
        .contains("\"title\": \"Unauthenticated.\"", "This secret expired at ");
  }

  @Test
  void missingSecretIsUnauthenticatedAndSaysHowToSendOne() {
    authenticate("demo");
    tryItOut();

    expectFailure(401);
    execute();

    assertThat(answer(".response-col_description .microlight"))
        .contains("\"title\": \"Unauthenticated.\"", "Send the secret of an API key");
  }

  @Test
  void secretIsForgottenWithThePage() {
    authenticate("demo");
    authorize(control().key().secret());

    reload();
    find(By.cssSelector(".btn.authorize.unlocked"));

    Object kept =
        ((JavascriptExecutor) driver())
            .executeScript(
                "return JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
                    + " + document.cookie");
    assertThat(String.valueOf(kept)).doesNotContain("kt_live_");
  }

  private void assertRefused(String secret, String why) {
    authorize(secret);
    tryItOut();

    expectFailure(401);
    execute();

    assertThat(answer("tbody .response-col_status")).startsWith("401");
    assertThat(answer(".response-col_description .microlight"))
        .contains("\"title\": \"Unauthenticated.\"", why);
  }

  private void authenticate(String domain) {
    open("/api-documentation");
    enter("Domain", domain);
    press("Authenticate");
    await(
        "at the organisation's own host",
        () ->
            String.valueOf(driver().getCurrentUrl())
                .startsWith("http://" + domain + ".localhost:" + server().port() + "/"));
    find(By.cssSelector(".btn.authorize"));
  }

  private static void authorize(String secret) {
    press(find(By.cssSelector(".scheme-container .btn.authorize")));
    find(By.cssSelector(".modal-ux input"));
    assertThat(visible(By.cssSelector(".modal-ux input"))).as("the one thing to enter").hasSize(1);
    find(By.cssSelector(".modal-ux input")).sendKeys(secret);
    press(find(By.cssSelector(".modal-ux .btn.authorize")));
    press(find(By.cssSelector(".modal-ux .btn-done")));
  }

  private static void tryItOut() {
    tryItOut("Get List of Suppliers");
  }

  private static void tryItOut(String operation) {
    press(
        find(
            By.xpath(
                "//*[contains(@class,'opblock-summary-description')]"
                    + "[normalize-space()='"
                    + operation
                    + "']")));
    press("Try it out");
  }

  private static WebElement parameter(String name, String tag) {
    return find(By.cssSelector("tr[data-param-name='" + name + "'] " + tag));
  }

  private static void execute() {
    press("Execute");
    find(By.cssSelector(".live-responses-table"));
  }

  private static String answer(String part) {
    return find(By.cssSelector(".live-responses-table " + part)).getText();
  }
}
