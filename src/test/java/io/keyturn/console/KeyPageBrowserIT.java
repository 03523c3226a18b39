package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** A key's page as a person works with it, and times as a person reads them. */
class KeyPageBrowserIT extends Browser {

  @AfterEach
  void zoneOfTheMachine() {
    cdp("Emulation.setTimezoneOverride", Map.of("timezoneId", ""));
  }

  @Test
  void keyIsRenamedRefreshedAndLimitedOnItsPage() {
    cdp("Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Tokyo"));
    administratorWithKey();
    await("at the panel", () -> focused().equals("Your key is ready"));
    link("ERP").click();
    find(By.xpath("//h1[normalize-space()='ERP']"));

    press("Rename");
    await("in the field", () -> focused().equals("API Key Name"));
    enter("API Key Name", "ERP 2");
    press("Save Name");
    await("back at the button", () -> focused().equals("Rename"));
    assertThat(find(By.tagName("h1")).getText()).isEqualTo("ERP 2");

    WebElement more = named("More for ERP 2");
    press(more);
    await("open", () -> !visible(By.id("key-menu")).isEmpty());
    press(more);
    await("closed by the second click", () -> visible(By.id("key-menu")).isEmpty());

    press(named("Refresh ERP 2"));
    press(inDialog("Refresh"));
    await("closed", () -> !dialogIsOpen());
    press("Copy the new secret");
    await("copied", () -> clipboard().startsWith("kt_live_"));
    assertThat(api().me(clipboard()).status()).isEqualTo(200);
    assertThat(focused()).isEqualTo("Copy the secret of ERP 2");

    press("How to use it");
    await("at the panel", () -> focused().equals("How to use this key"));
    press("Close");
    await("back", () -> focused().equals("How to use it"));

    link("Access").click();
    assertThat(field("Works until (Asia/Tokyo)").isDisplayed()).isTrue();
    assertThat(asksBeforeLeaving()).isFalse();
    enter("Requests per day", "none");
    assertThat(asksBeforeLeaving()).isTrue();
    press("Save Restrictions");
    await("at the fault", () -> focused().equals("Requests per day"));
    assertThat(asksBeforeLeaving()).isTrue();
    enter("Requests per day", "500");
    press("Save Restrictions");
    await("saved", () -> find(By.id("messages")).getText().contains("were saved"));
    assertThat(asksBeforeLeaving()).isFalse();

    link("History").click();
    assertThat(find(By.cssSelector(".kt-events")).getText()).contains("restricted API key");
  }

  @Test
  void backLeadsToTheListAsItWas() {
    control().keys(signInAs("ADMINISTRATOR"), 30);
    open("/settings/api-authentication");
    field("Search").sendKeys("key", Keys.ENTER);
    link("Live").click();
    link("Name").click();
    link("Next page").click();
    await("the second page", () -> names().size() == 5);
    String address = String.valueOf(driver().getCurrentUrl());
    assertThat(address).contains("search=key", "environment=live", "sort=name", "page=2");
    List<String> names = names();
    link(names.get(0)).click();
    awaitPath("/settings/api-key");

    driver().navigate().back();

    await("back", () -> names().equals(names));
    assertThat(driver().getCurrentUrl()).isEqualTo(address);
    assertThat(value("Search")).isEqualTo("key");
    assertThat(link("Live").getDomAttribute("aria-current")).isEqualTo("true");
    driver().navigate().back();
    await("the first page", () -> names().size() == 25);
    driver().navigate().back();
    await("not sorted", () -> visible(By.cssSelector("th[aria-sort=ascending]")).isEmpty());
    assertThat(value("Search")).isEqualTo("key");
    driver().navigate().back();
    await("all keys", () -> "false".equals(link("Live").getDomAttribute("aria-current")));
  }

  @Test
  void doubleClickDoesAnActOnce() {
    signInAs("ADMINISTRATOR");
    enter("API Key Name", "ERP");
    responses();

    new Actions(driver()).doubleClick(button("Generate API Key")).perform();
    row("ERP");
    assertThat(acts()).isEqualTo(1);
    press(inRow("ERP", "Refresh"));
    responses();
    new Actions(driver()).doubleClick(inDialog("Refresh")).perform();
    await("closed", () -> !dialogIsOpen());
    assertThat(acts()).isEqualTo(1);
    assertThat(names()).containsExactly("ERP");
    assertThat(visible(By.cssSelector(".kt-field-error, .kt-error"))).isEmpty();
  }

  /** How many acts the server has answered, when it has nothing more to answer. */
  private long acts() {
    press(find(By.tagName("h1")));
    return responses().stream()
        .filter(r -> r.method().equals("POST") && r.url().endsWith("/api-authentication"))
        .count();
  }

  @Test
  void exactTimeIsShownAtTheFocusAndTimesFromNowAreKeptCurrent() {
    cdp("Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Tokyo"));
    administratorWithKey();
    named("Refresh ERP").sendKeys(Keys.SHIFT, Keys.TAB);
    assertThat(exact(row("ERP").findElement(By.cssSelector(".kt-of-refresh time"))))
        .as("beside what has the focus")
        .contains("GMT+9");
    link("ERP").click();
    find(By.xpath("//h1[normalize-space()='ERP']"));

    link("History").sendKeys(Keys.TAB);
    WebElement next = driver().switchTo().activeElement();
    assertThat(next.getText()).isEqualTo("in 23 hours");
    assertThat(exact(next)).contains("GMT+9");
    type(Keys.TAB);
    assertThat(driver().switchTo().activeElement().getDomAttribute("datetime"))
        .as("the end of the secret")
        .isNotEmpty();

    driver().executeScript("keyturn.ahead += 7200000; keyturn.tick()");
    assertThat(next.getText()).isEqualTo("in 21 hours");
  }

  /** What is shown beside a time. */
  private static String exact(WebElement time) {
    return String.valueOf(
        driver().executeScript("return getComputedStyle(arguments[0], '::after').content", time));
  }

  @Test
  void pageLooksForANumberOfTimesAndAnewAfterEachPress() {
    open("/login");
    driver().executeScript("window.looks = 0; keyturn.look(5, 3, () => () => window.looks++)");
    await("looked three times", () -> looks() == 3);

    find(By.tagName("h1")).click();

    await("looked three times more", () -> looks() == 6);
  }

  private static long looks() {
    return Long.parseLong(String.valueOf(driver().executeScript("return window.looks")));
  }

  /** How many bytes a browser gets for the open page: the page, and all its files once. */
  private static long weight() {
    Object sum =
        driver()
            .executeScript(
                "return ['navigation', 'resource'].flatMap(t => performance.getEntriesByType(t))"
                    + ".reduce((sum, entry) => sum + entry.encodedBodySize, 0)");
    return Long.parseLong(String.valueOf(sum));
  }

  @Test
  void pagesAreLightAndKeysHaveAChartOfTheirRequests() {
    String organisation = signInAs("ADMINISTRATOR");
    String secret = control().key(Control.wish().in(organisation)).secret();
    assertThat(api().me(secret).status()).isEqualTo(200);
    open("/settings/api-authentication");
    await(
        "drawn",
        () -> {
          reload();
          return !driver().findElements(By.cssSelector("[data-spark] svg rect")).isEmpty();
        });
    assertThat(find(By.cssSelector("[data-spark] svg")).getAttribute("aria-label"))
        .isEqualTo("Requests in 7 days: 1");
    assertThat(weight()).as("API Authentication").isBetween(20_000L, 200_000L);

    open("/api-documentation");
    find(By.cssSelector(".btn.authorize"));
    assertThat(weight()).as("API Documentation").isBetween(100_000L, 600_000L);
  }

  @Test
  void actsOnAKeyKeepWhatIsTypedBesideThem() {
    String organisation = signInAs("ADMINISTRATOR");
    Control.Key key = control().key(Control.wish().in(organisation).named("ERP"));
    open("/settings/api-key?tab=access&id=" + key.id());
    enter("Requests per day", "500");

    press(named("Refresh ERP"));
    press(inDialog("Refresh"));
    await("refreshed", () -> find(By.id("messages")).getText().contains("was refreshed"));
    assertThat(value("Requests per day")).isEqualTo("500");
    assertThat(asksBeforeLeaving()).isTrue();
    press("Save Restrictions");
    await("saved", () -> find(By.id("messages")).getText().contains("were saved"));

    link("Credentials").click();
    await("a tab without edits is shown anew", () -> names().equals(List.of("2", "1")));
    press(named("Refresh ERP"));
    press(inDialog("Refresh"));
    await("a tab without edits is shown anew", () -> names().equals(List.of("3", "2", "1")));
    link("Access").click();
    enter("Requests per day", "700");
    control().revoke(key);
    press(named("Copy the secret of ERP"));
    await("refused", () -> find(By.id("messages")).getText().contains("was revoked meanwhile"));
    assertThat(value("Requests per day")).isEqualTo("700");
    assertThat(asksBeforeLeaving()).isTrue();
  }

  private static List<String> menu(String name) {
    press(named("More for " + name));
    List<String> acts =
        visible(By.cssSelector("#key-menu > *")).stream().map(WebElement::getText).toList();
    type(Keys.ESCAPE);
    await("closed", () -> visible(By.id("key-menu")).isEmpty());
    return acts;
  }

  @Test
  void endedKeysOfferOnlyWhatCanBeDoneWithThem() {
    String organisation = signInAs("ADMINISTRATOR");
    Control.Key expired = control().key(Control.wish().in(organisation).named("expired"));
    control().revoke(control().key(Control.wish().in(organisation).named("revoked")));
    control().key(Control.wish().in(organisation).named("in use"));
    control()
        .sql(
            "UPDATE api_key SET due_at = NULL, expires_at = created_at WHERE id = '%s'"
                .formatted(expired.id()));
    open("/settings/api-authentication");
    assertThat(menu("in use")).endsWith("Leaked: stop now …", "Revoke");

    open("/settings/api-authentication?state=ended&sort=name");
    assertThat(names()).containsExactly("expired", "revoked");
    assertThat(menu("revoked")).containsExactly("Renewal", "Scopes and limits", "History");
    assertThat(menu("expired")).endsWith("History", "Revoke");
    assertThat(row("expired").getText()).doesNotContain("Copy", "Refresh");
    link("expired").click();
    find(By.xpath("//h1[normalize-space()='expired']"));
    assertThat(visible(By.cssSelector("[data-act]"))).isEmpty();
    assertThat(find(By.id("content")).getText()).doesNotContain("Next automatic refresh");
    assertThat(menu("expired")).containsExactly("Revoke");
  }

  /** The dialog stays open, and says this in its region that screen readers tell. */
  private static void assertSaidInDialog(String reason) {
    await(
        "said in the dialog",
        () ->
            find(By.cssSelector("dialog:modal [aria-live] .kt-messages"))
                .getText()
                .contains(reason));
    assertThat(find(By.id("content")).getText()).containsOnlyOnce(reason);
  }

  @Test
  void reasonOfAFailureIsSaidInItsDialog() {
    String organisation = signInAs("KEY_MANAGER");
    control()
        .key(
            Control.wish()
                .in(organisation)
                .named("greater")
                .scopes("suppliers:read audit-log:read"));
    Control.Key leaked = control().key(Control.wish().in(organisation).named("leaked"));
    open("/settings/api-authentication");
    control().turn(Duration.ofMinutes(16));

    press(inRow("greater", "Copy"));
    enter("Password", PASSWORD);
    press(inDialog("Confirm"));
    assertSaidInDialog("audit-log:read");
    screenshot("failure-in-dialog");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());

    press(inMenu("leaked", "Leaked: stop now …"));
    control().revoke(leaked);
    dialog().findElement(By.cssSelector("input[type=text]")).sendKeys("seen in a log");
    press(inDialog("Stop now"));
    assertSaidInDialog("was revoked");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());

    press(inMenu("greater", "Leaked: stop now …"));
    assertThat(dialog().getText()).doesNotContain("was revoked");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());

    press("Revoke several …");
    press(inDialog("Next"));
    assertThat(dialog().getText())
        .contains("No API key matches this choice.")
        .doesNotContain("was revoked");
  }

  /** Whether the page asks before it is left. Chromium's own question cannot be seen from here. */
  private static boolean asksBeforeLeaving() {
    return Boolean.FALSE.equals(
        driver()
            .executeScript(
                "return dispatchEvent(new Event('beforeunload', { cancelable: true }))"));
  }

  private static String focused() {
    WebElement active = driver().switchTo().activeElement();
    String name = String.valueOf(active.getAccessibleName());
    return name.isEmpty() ? active.getText() : name;
  }

  @Test
  void fieldAtFaultIsFocusedAndTiedToItsMessageAlsoInFiltersAndTrees() {
    signInAs("ADMINISTRATOR");

    open("/suppliers?currency=XYZ1&identifier=none");
    assertThat(tied("currency")).startsWith("Currency must be a currency");
    assertThat(tied("identifier")).startsWith("Identifier must be a scheme");
    await("at the first fault", () -> focused().equals("Currency"));

    open("/settings/roles");
    press("New Role");
    enter("Role Name", "Nothing");
    press("Save Role");
    await(
        "at the tree",
        () ->
            Boolean.TRUE.equals(
                driver()
                    .executeScript(
                        "return document.activeElement.matches('.kt-tree [aria-invalid=true]')")));
  }

  private static String tied(String id) {
    WebElement field = find(By.id(id));
    assertThat(field.getDomAttribute("aria-invalid")).isEqualTo("true");
    return find(By.id(String.valueOf(field.getDomAttribute("aria-describedby")))).getText();
  }

  @Test
  void pageIsInTheReadersZoneAndInOneZoneAlsoWhereTheServerDoesNotKnowIt() {
    cdp("Emulation.setTimezoneOverride", Map.of("timezoneId", "Etc/GMT+5"));
    open("/docs");
    reload();
    assertThat(zones()).isEqualTo("Etc/GMT+5 Etc/GMT+5");

    driver().manage().addCookie(new Cookie("keyturn-zone", "Mars%2FOlympus"));
    reload();
    assertThat(zones()).isEqualTo("UTC UTC");
  }

  /** The zone in which the server writes the page, and the zone in which the script shows times. */
  private static String zones() {
    return String.valueOf(
        driver()
            .executeScript("return document.documentElement.dataset.zone + ' ' + keyturn.zone()"));
  }

  @Test
  void pastIsPastByTheServersClock() {
    control().turn(Duration.ofMinutes(15));
    open("/login");

    String now = control().now().toString();
    String later = control().now().plus(Duration.ofMinutes(15)).toString();
    assertThat(told(now, false)).isIn("just now", "in less than a minute");
    assertThat(told(later, false)).isIn("in 14 minutes", "in 15 minutes");
    assertThat(told(later, true)).isEqualTo("just now");
  }

  private static String told(String time, boolean past) {
    return String.valueOf(
        driver()
            .executeScript(
                "return keyturn.ago(new Date(arguments[0]), String(arguments[1]))", time, past));
  }

  @Test
  void endedSessionIsSaidAndSigningInLeadsBack() {
    String organisation = control().organisation();
    String email = person(organisation, "ADMINISTRATOR");
    driver().get(server().uri("/login").toString());
    driver().manage().addCookie(new Cookie("keyturn-session", "0000ended:node"));
    open("/settings/users?search=nobody");
    awaitPath("/login");

    assertThat(find(By.id("form")).getText()).contains("Your session has ended.");
    signIn(email, PASSWORD);

    awaitPath("/settings/users");
    assertThat(find(By.id("search")).getDomProperty("value")).isEqualTo("nobody");
  }
}
