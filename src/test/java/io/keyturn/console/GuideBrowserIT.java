package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The guide of the README, on the page API Authentication. */
class GuideBrowserIT extends Browser {
  private static final String PAGE = "/settings/api-authentication";

  private static int statusOf(String secret) {
    return api().me(secret).status();
  }

  private static List<String> actions(String organisation) {
    return control()
        .sql(
            "SELECT e.action FROM audit_event e JOIN organisation o ON o.id = e.organisation_id"
                + " WHERE o.domain = '"
                + organisation
                + "' ORDER BY e.sequence")
        .stream()
        .map(row -> row.getString("action"))
        .toList();
  }

  @Test
  void menuLeadsFromSettingsToApiAuthentication() {
    signInAs("ADMINISTRATOR");
    open("/api-documentation");

    find(By.xpath("//summary[normalize-space()='Settings']")).click();
    link("API Authentication").click();

    awaitPath(PAGE);
    assertThat(find(By.tagName("h1")).getText()).isEqualTo("API Authentication");
  }

  @Test
  void generatedKeyAppearsInTheTableWithItsSecretMasked() {
    signInAs("ADMINISTRATOR");
    Instant before = control().now();
    generate("ERP");
    generate("Data warehouse");

    assertThat(names()).containsExactly("Data warehouse", "ERP");
    assertThat(shownSecret("ERP")).matches("kt_live_•{8}[0-9A-Za-z]{4}");
    assertThat(row("ERP").getText())
        .contains("live", "never")
        // Tests before this one may have turned the server's clock, but not the browser's.
        .containsPattern("in [0-9]+ (hours|days)");
    List<Instant> times =
        row("ERP").findElements(By.tagName("time")).stream()
            .map(time -> Instant.parse(String.valueOf(time.getDomAttribute("datetime"))))
            .toList();
    assertThat(times)
        .as("next automatic refresh")
        .singleElement(InstanceOfAssertFactories.INSTANT)
        .isBetween(before.plus(Duration.ofHours(24)), control().now().plus(Duration.ofHours(24)));
    assertThat(value("API Key Name")).isEmpty();
    assertThat(driver().getPageSource()).doesNotContainPattern("kt_live_[0-9A-Za-z]{49}");
  }

  @Test
  void rowTellsWhenTheKeyWasLastUsed() {
    String key = administratorWithKey();
    String secret = secretOf(key);
    assertThat(statusOf(secret)).isEqualTo(200);

    await(
        "noted",
        () -> {
          reload();
          return !row(key).getText().contains("never");
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 101})
  void nameOfWrongLengthGetsAMessageAtTheFieldAndNothingIsCreated(int length) {
    signInAs("ADMINISTRATOR");

    enter("API Key Name", "x".repeat(length));
    press("Generate API Key");

    assertThat(messageAtName()).isEqualTo("API Key Name must have 1 to 100 characters.");
    assertThat(names()).isEmpty();
  }

  @Test
  void longestNameIsTaken() {
    signInAs("ADMINISTRATOR");

    generate("x".repeat(100));

    assertThat(names()).containsExactly("x".repeat(100));
  }

  @Test
  void nameTakenInAnotherCaseGetsAMessageAtTheFieldAndNothingIsCreated() {
    administratorWithKey();

    enter("API Key Name", "erp");
    press("Generate API Key");

    assertThat(messageAtName()).isEqualTo("There is already an API key with the name \"erp\".");
    assertThat(names()).containsExactly("ERP");
  }

  private static String messageAtName() {
    WebElement message = find(By.cssSelector(".kt-field-error"));
    assertThat(message.getDomAttribute("role")).isEqualTo("alert");
    WebElement name = field("API Key Name");
    await("focused", () -> name.equals(driver().switchTo().activeElement()));
    assertThat(name.getDomAttribute("aria-invalid")).isEqualTo("true");
    assertThat(name.getDomAttribute("aria-describedby")).isEqualTo(message.getDomAttribute("id"));
    return message.getText();
  }

  @Test
  void copyPutsTheSecretOnTheClipboard() {
    String organisation = signInAs("ADMINISTRATOR");
    generate("ERP");

    press(inRow("ERP", "Copy"));
    await("told", () -> find(By.id("copied")).getText().equals("Copied."));

    String copied = clipboard();
    assertThat(copied).matches("kt_live_[0-9A-Za-z]{49}");
    assertThat(statusOf(copied)).isEqualTo(200);
    assertThat(shownSecret("ERP")).contains("•");
    assertThat(actions(organisation)).endsWith("API_KEY_REVEALED");
  }

  @Test
  void programOfTheDevelopersGuideIsCopied() {
    open("/docs/first-call");

    press(named("Copy program 2"));
    await("told", () -> find(By.id("copied")).getText().equals("Copied."));

    assertThat(clipboard())
        .isEqualTo(find(By.id("program-2")).getText().strip())
        .contains(server().uri("/api/v1/me").toString());
  }

  @Test
  void showRevealsAndHideMasks() {
    String organisation = signInAs("ADMINISTRATOR");
    generate("ERP");

    press(inRow("ERP", "Show"));
    await("shown", () -> shownSecret("ERP").matches("kt_live_[0-9A-Za-z]{49}"));
    assertThat(statusOf(shownSecret("ERP"))).isEqualTo(200);
    assertThat(actions(organisation)).endsWith("API_KEY_REVEALED");

    press(inRow("ERP", "Hide"));
    assertThat(shownSecret("ERP")).matches("kt_live_•{8}[0-9A-Za-z]{4}");
    assertThat(inRow("ERP", "Show").getDomAttribute("aria-label"))
        .isEqualTo("Show the secret of ERP");
  }

  @Test
  void newKeyIsTriedCopiedAndSeenInUse() {
    administratorWithKey();
    WebElement panel = find(By.cssSelector(".kt-ready"));
    assertThat(panel.getText()).contains("Your key is ready", "Waiting for the first request");

    press("Send a test request");
    await("answered", () -> find(By.id("ready-answer")).getText().contains("200 It works."));
    press(named("Copy the command with the secret"));
    await("told", () -> find(By.id("copied")).getText().equals("Copied."));
    Matcher command =
        Pattern.compile("Bearer (kt_live_[0-9A-Za-z]{49})\" \\\\\\s+(http\\S+)")
            .matcher(clipboard());
    assertThat(command.find()).isTrue();
    assertThat(command.group(2)).isEqualTo(server().uri("/api/v1/me").toString());
    assertThat(statusOf(command.group(1))).isEqualTo(200);

    await("in use", () -> find(By.id("ready-state")).getText().startsWith("In use by "));
    press("Let it renew by itself");
    await("copied", () -> clipboard().startsWith("client_id="));
    copiedOverPlainHttp("once-client-secret", "Copy the client secret");
    type(Keys.ESCAPE, Keys.ESCAPE);
    assertThat(find(By.id("once-client-secret")).getText()).startsWith("kt_renew_");
    press(inDialog("Close"));
    assertThat(
            driver()
                .executeScript("return document.getElementById('once-client-secret').textContent"))
        .as("forgotten")
        .isEqualTo("");
    assertThat(visible(buttonNamed("Let it renew by itself"))).isEmpty();

    link("ERP").click();
    link("Renewal").click();
    press(named("Copy the token URL"));
    await("copied", () -> clipboard().equals(server().uri("/api/v1/oauth/token").toString()));
    press(named("Copy the client id"));
    await("copied", () -> clipboard().equals(find(By.id("client-id")).getText()));
    press(named("Copy the command"));
    await("copied", () -> clipboard().equals(find(By.id("token-command")).getText()));
  }

  /** Pages over plain http have no clipboard API, save those of this machine. */
  private static void copiedOverPlainHttp(String text, String button) {
    String wanted = find(By.id(text)).getText();
    driver()
        .executeScript(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })");
    press(named(button));
    await("told", () -> find(By.id("copied")).getText().equals("Copied."));
    assertThat(driver().switchTo().activeElement()).as("still there").isEqualTo(named(button));
    driver().executeScript("delete navigator.clipboard");
    assertThat(clipboard()).isEqualTo(wanted);
  }

  @Test
  void secretsTravelInAnswersToPostsThatNobodyStores() {
    administratorWithKey();
    responses();

    press(inRow("ERP", "Copy"));
    press(inRow("ERP", "Show"));
    await("shown", () -> !shownSecret("ERP").contains("•"));

    List<Response> answers = responses();
    assertThat(answers).hasSizeGreaterThanOrEqualTo(2);
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.method()).isEqualTo("POST");
              assertThat(answer.cacheControl()).contains("no-store");
              assertThat(answer.url()).doesNotContain("kt_");
            });
  }

  @Test
  void refreshStopsTheOldSecretNow() {
    administratorWithKey();
    String old = secretOf("ERP");

    press(inRow("ERP", "Refresh"));
    assertThat(dialog().getText()).contains("Refresh “ERP”");
    assertThat(option("stop the old secret now").isSelected()).isTrue();
    press(inDialog("Refresh"));
    await("closed", () -> !dialogIsOpen());

    assertThat(find(By.cssSelector(".kt-info")).getText())
        .isEqualTo("\"ERP\" was refreshed. The old secret no longer works.");

    String fresh = secretOf("ERP");
    assertThat(fresh).isNotEqualTo(old);
    assertThat(statusOf(fresh)).isEqualTo(200);
    assertThat(api().me(old).code()).isEqualTo("secret_refreshed");
  }

  @Test
  void refreshKeepsTheOldSecretForAsLongAsChosen() {
    administratorWithKey();
    String old = secretOf("ERP");

    press(inRow("ERP", "Refresh"));
    assertThat(visible(By.xpath("//label[normalize-space()='Keep the old secret for']"))).isEmpty();
    option("keep it for …").click();
    new Select(field("Keep the old secret for")).selectByVisibleText("4 hours");
    press(inDialog("Refresh"));
    await("closed", () -> !dialogIsOpen());

    String fresh = secretOf("ERP");
    assertThat(statusOf(fresh)).isEqualTo(200);
    assertThat(statusOf(old)).isEqualTo(200);
    assertThat(api().me(old).header("X-API-Key-Retired-At")).isPresent();
    assertThat(Instant.parse(api().me(old).header("X-API-Key-Expires-At").orElseThrow()))
        .isBetween(
            control().now().plusSeconds(4 * 3600 - 120), control().now().plusSeconds(4 * 3600));
    assertThat(row("ERP").getText()).contains("The old secret works until");
  }

  @Test
  void cancelledRefreshChangesNothing() {
    administratorWithKey();
    String secret = secretOf("ERP");

    press(inRow("ERP", "Refresh"));
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());

    assertThat(secretOf("ERP")).isEqualTo(secret);
  }

  @Test
  void revokeAsksFirstAndIsFinal() {
    administratorWithKey();
    String secret = secretOf("ERP");

    press(inMenu("ERP", "Revoke"));
    assertThat(dialog().getText()).contains("Revoke “ERP”?", "This is final");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());
    assertThat(statusOf(secret)).isEqualTo(200);

    press(inMenu("ERP", "Revoke"));
    press(inDialog("Revoke"));
    await("gone", () -> names().isEmpty());

    await("refused", () -> statusOf(secret) == 401);
    assertThat(api().me(secret).code()).isEqualTo("key_revoked");
    assertThat(find(By.tagName("main")).getText()).contains("There are no API keys yet.");
    generate("ERP");
  }

  @Test
  void passwordIsAskedAgainAfterFifteenMinutes() {
    administratorWithKey();
    control().turn(Duration.ofMinutes(14));
    secretOf("ERP");
    control().turn(Duration.ofMinutes(2));

    press(inRow("ERP", "Show"));
    assertThat(dialog().getText()).contains("Your password, please");
    assertThat(shownSecret("ERP")).contains("•");
    enter("Password", "not my password");
    press(inDialog("Confirm"));
    assertThat(find(By.cssSelector(".kt-dialog .kt-field-error")).getText())
        .isEqualTo("Password is wrong.");
    assertThat(shownSecret("ERP")).contains("•");

    enter("Password", PASSWORD);
    press(inDialog("Confirm"));
    await("shown", () -> shownSecret("ERP").matches("kt_live_[0-9A-Za-z]{49}"));
    assertThat(dialogIsOpen()).isFalse();

    press(inRow("ERP", "Copy"));
    assertThat(dialogIsOpen()).isFalse();
  }
}
