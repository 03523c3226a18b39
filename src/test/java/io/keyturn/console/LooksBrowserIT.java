package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.PlatformServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.support.ui.Select;

/** What pages look like, light and dark, wide and narrow; with pictures to look at. */
class LooksBrowserIT extends Browser {
  private String scheme = "light";
  private int width = 1280;

  /** What else is to be seen of each page. */
  void check(String name) {}

  private void look(String name) {
    String file = prefix() + name + "-" + scheme + "-" + width;
    if (dialogIsOpen()) {
      screenshot(file);
    } else {
      wholePage(file);
    }
    assertThat(beyondTheEdge()).as("what of %s is beyond the right edge", name).isEmpty();
    double ground = luminance("background-color");
    double ink = luminance("color");
    assertThat((Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05))
        .as("contrast of %s", name)
        .isGreaterThan(7);
    assertThat(ground < ink).as("light text on a dark ground").isEqualTo(scheme.equals("dark"));
    check(name);
    barriers(name);
  }

  /** Looks for barriers alone, where a part of a page that was looked at is in another state. */
  private void glance(String name) {
    check(name);
    barriersInThemes(name);
  }

  /** What the names of the pictures begin with. */
  String prefix() {
    return "";
  }

  /** The themes in which barriers are looked for. */
  List<String> themes(String scheme) {
    return List.of("dark", "light");
  }

  /** As wide as a telephone in one walk; as a tablet and a desk's screen in the other. */
  private void barriers(String name) {
    boolean telephone = width < 500;
    if (!telephone) {
      size(768, 1024);
      assertThat(beyondTheEdge()).as("what of %s is beyond a tablet's edge", name).isEmpty();
      tablet(name);
      assertThat(Barriers.nameless(driver())).as("what has no name in %s", name).isEmpty();
    }
    barriersInThemes(name);
  }

  private void barriersInThemes(String name) {
    size(width < 500 ? 360 : 1440, 800);
    for (String theme : themes(scheme)) {
      scheme(theme);
      assertThat(Barriers.of(driver())).as("barriers of %s, %s", name, theme).isEmpty();
    }
    at(scheme, width);
  }

  /** What else is to be seen of each page on a tablet. */
  void tablet(String name) {
    wholePage(name + "-" + scheme + "-768");
    assertThat(Barriers.of(driver())).as("barriers of %s on a tablet", name).isEmpty();
  }

  private void at(String newScheme, int newWidth) {
    scheme = newScheme;
    width = newWidth;
    scheme(scheme);
    size(width, 800);
  }

  /** What a reader would have to scroll sideways for, where nothing lets them scroll. */
  private static List<Object> beyondTheEdge() {
    Object found =
        driver()
            .executeAsyncScript(
                """
                const scrolls = (e) => e && (/auto|scroll|hidden/.test(getComputedStyle(e).overflowX)
                    || scrolls(e.parentElement));
                const beyond = () => [...document.body.querySelectorAll("*")]
                    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && e.offsetParent !== null)
                    .filter(e => !scrolls(e.parentElement))
                    .map(e => e.outerHTML.slice(0, 120));
                const done = arguments[0];
                const look = (left) => {
                  const found = beyond();
                  if (found.length && left) {
                    setTimeout(look, 100, left - 1);
                  } else {
                    done(found);
                  }
                };
                // A page hears of another width in the next frame, and a chart is drawn anew after it.
                requestAnimationFrame(() => requestAnimationFrame(() => look(30)));
                """);
    return found instanceof List<?> list ? List.copyOf(list) : List.of("no answer");
  }

  /** The relative luminance (WCAG 2.2) of a colour of the page. */
  private static double luminance(String property) {
    double[] channels =
        Pattern.compile("[0-9.]+")
            .matcher(driver().findElement(By.tagName("body")).getCssValue(property))
            .results()
            .map(MatchResult::group)
            .limit(3)
            .mapToDouble(channel -> Double.parseDouble(channel) / 255)
            .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
            .toArray();
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
  }

  @AfterEach
  void closeDialogs() {
    driver().get("about:blank");
  }

  private static void noted(String key) {
    await(
        "noted",
        () -> {
          reload();
          return !row(key).getText().contains(word("never"));
        });
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 390"})
  void pagesOfEverybody(String scheme, int width) {
    at(scheme, width);
    open("/login");
    look("login");
    press("Sign in");
    look("login-empty");
    signIn("nobody@demo.example", "not my password");
    look("login-wrong");
    open("/login?ended=true");
    glance("login-ended");
    open("/invitation?token=unknown");
    look("invitation-unknown");
    open("/api-documentation");
    enter("Domain", "nobody");
    press("Authenticate");
    look("api-documentation-domain");
    open("/docs/daily-refresh");
    look("guide");
    open("/docs?q=webhooks");
    look("guides-found");
    open("/problems/unauthenticated");
    look("problem");
    expectFailure(404);
    open("/nothing-here");
    look("not-found");
    expectFailure(400);
    driver().get(server().uri("/docs?q=").toString() + "%zz");
    look("refused-without-faces");
    signInAs("VIEWER");
    expectFailure(403);
    open("/settings/api-authentication");
    look("not-allowed");
    open("/profile");
    look("profile-viewer");
    open("/change-password");
    press("Change Password");
    look("change-password");
  }

  /** The pages that offer to sign in at a provider, on a server that has one. */
  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 390"})
  void pagesWithAProvider(String scheme, int width) {
    at(scheme, width);
    Control control = PlatformServer.get().control();
    String organisation = control.organisation();
    String email = "ada@" + organisation + ".example";
    control.user(organisation, email, "ADMINISTRATOR", PASSWORD);
    openAtPlatform("/login");
    find(By.id("sso-link"));
    look("login-provider");
    openAtPlatform("/login?sso=denied");
    find(By.cssSelector(".kt-error"));
    glance("login-provider-refused");
    signIn(email, PASSWORD);
    await("signed in", () -> !visible(reading("button", "Sign out")).isEmpty());
    openAtPlatform("/settings/api-authentication");
    generate("ERP");
    control.turn(Duration.ofMinutes(16));
    press(inRow("ERP", "Copy"));
    find(By.cssSelector("dialog[open] a[href*='anew=true']"));
    look("password-or-provider");
    press(inDialog("Cancel"));
    openAtPlatform("/api-documentation");
    find(By.cssSelector(".btn.authorize"));
    press("Use a 15-minute test key");
    find(By.cssSelector("a[href*='anew=true']"));
    glance("test-key-password-or-provider");
  }

  private static void openAtPlatform(String path) {
    driver().get(PlatformServer.get().uri(path).toString());
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 390"})
  void pagesOfKeys(String scheme, int width) {
    at(scheme, width);
    signInAs("ADMINISTRATOR");
    look("no-keys");
    open("/");
    look("overview-empty");
    open("/settings/api-authentication");
    generate("ERP");
    generate("A name of a hundred characters wraps in its cell and its dialog " + "x".repeat(36));
    driver().findElement(By.cssSelector(".kt-more > summary")).click();
    find(reading("h2", "Restrictions"));
    press("Generate API Key");
    look("key-options");
    use("ERP", "erp-connector/8.1 (linux; amd64) a-library-with-a-rather-long-name/12.4.1");
    noted("ERP");
    press("Generate API Key");
    press(inRow("ERP", "Show"));
    look("keys");
    onPaper();
    named("Choose ERP").click();
    press("Revoke several …");
    look("several");
    option("all keys that were not used for some days").click();
    enter("Days without use", "many");
    press(inDialog("Next"));
    glance("several-wrong");
    option("the keys chosen in the table: 1").click();
    press(inDialog("Next"));
    look("several-count");
    type(Keys.ESCAPE);
    await("closed", () -> !dialogIsOpen());
    find(reading("summary", "Settings")).click();
    look("menu");
    inMenu("ERP", "Revoke");
    look("key-menu");
    press(inRow("ERP", "Refresh"));
    option("keep it for …").click();
    look("refresh");
    press(inDialog("Refresh"));
    await("closed", () -> !dialogIsOpen());
    press(inMenu("ERP", "Revoke"));
    look("revoke");
    enter("Reason (optional)", "found kt_live_" + "a".repeat(40));
    press(inDialog("Revoke"));
    find(By.cssSelector(".kt-field-error"));
    glance("revoke-wrong");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());
    press("Leaked: stop all keys now …");
    press(inDialog("Stop all now"));
    look("leaked-all");
    reload();
    control().turn(Duration.ofMinutes(16));
    open("/api-documentation");
    find(By.cssSelector(".btn.authorize"));
    press("Use a 15-minute test key");
    press("Confirm");
    glance("test-key-password");
    open("/settings/api-authentication");
    press(inRow("ERP", "Copy"));
    press(inDialog("Confirm"));
    look("password-again");
    enter("Password", PASSWORD);
    press(inDialog("Confirm"));

    link("ERP").click();
    find(By.xpath("//h1[normalize-space()='ERP']"));
    String key = driver().getCurrentUrl();
    look("api-key");
    chartFollowsTheTheme();
    find(By.cssSelector("#usage summary")).click();
    glance("api-key-chart-as-table");
    press("How to use it");
    look("api-key-ready");
    press("Rename");
    enter("API Key Name", "");
    press("Save Name");
    look("api-key-name");
    press("Cancel");
    link("Access").click();
    find(reading("h2", "Restrictions"));
    look("api-key-access");
    enter("Allowed networks", "home");
    enter("Requests at once (burst)", "0");
    press("Save Restrictions");
    glance("api-key-access-wrong");
    link("Credentials").click();
    find(reading("h2", "Refresh policy"));
    enter("Refresh every", "0");
    press("Save Policy");
    look("api-key-policy");
    press(named("More for ERP"));
    glance("api-key-menu");
    type(Keys.ESCAPE);
    press(named("More for ERP"));
    press(named("Leaked: stop now … ERP"));
    press(inDialog("Stop now"));
    look("leaked");

    reload();
    link("Requests").click();
    look("api-key-requests");
    link("Filter the requests of this key").click();
    find(By.cssSelector(".kt-requests summary")).click();
    look("requests");
    open("/settings/requests?status=none");
    look("requests-wrong");
    open("/");
    look("overview");
    open("/settings/api-authentication");
    link("ERP").click();
    link("History").click();
    find(By.cssSelector(".kt-events summary")).click();
    look("api-key-history");
    open("/settings/api-authentication");
    inMenu("ERP", "Renewal").click();
    find(reading("a[@aria-current='page']", "Renewal"));
    look("renewal-off");
    enter("Networks", "home");
    press("Switch on");
    glance("renewal-networks");
    enter("Networks", "");
    press("Switch on");
    look("renewal-once");
    press(inDialog("Close"));
    await("closed", () -> !dialogIsOpen());
    look("renewal-on");
    press("Replace");
    look("renewal-replace");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());
    press("Switch off");
    look("renewal-switch-off");
    type(Keys.ESCAPE);
    driver()
        .executeScript(
            "keyturn.failed(null, { status: 401, responseText: JSON.stringify({ detail: arguments[0] }) })",
            word("Nothing was done: your session has ended."));
    look("nothing-done");

    open("/settings/api-authentication");
    press(inMenu("ERP", "Revoke"));
    press(inDialog("Revoke"));
    await("revoked", () -> !dialogIsOpen());
    driver().get(key);
    find(reading("span", "revoked"));
    glance("api-key-revoked");
    link("Access").click();
    find(By.cssSelector(".kt-pairs"));
    glance("api-key-revoked-access");
  }

  /** What only a screen can use is not printed. */
  private void onPaper() {
    cdp("Emulation.setEmulatedMedia", Map.of("media", "print"));
    assertThat(visible(By.cssSelector(".kt-menu, .kt-find, .kt-table button"))).isEmpty();
    assertThat(visible(By.cssSelector(".kt-table tbody th"))).isNotEmpty();
    cdp("Emulation.setEmulatedMedia", Map.of("media", ""));
    scheme(scheme);
  }

  private void chartFollowsTheTheme() {
    for (String theme : List.of("dark", "light", scheme)) {
      scheme(theme);
      await(
          "the chart in the colours of the theme " + theme,
          () ->
              Boolean.TRUE.equals(
                  driver()
                      .executeScript(
                          """
                          const quiet = getComputedStyle(document.documentElement).getPropertyValue("--quiet");
                          const charts = Object.values(Chart.instances);
                          return charts.length > 0
                              && charts.every((chart) => chart.scales.x.options.ticks.color === quiet);
                          """)));
    }
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 390"})
  void pagesOfPeople(String scheme, int width) {
    at(scheme, width);
    String organisation = signInAs("ADMINISTRATOR");
    control()
        .user(organisation, "grace@" + organisation, "Grace Hopper", "SUPPLIER_MANAGER", PASSWORD);
    String leaver = "alan@" + organisation;
    control().user(organisation, leaver, "Alan Turing", "KEY_MANAGER", PASSWORD);
    control().keys(organisation, 31);
    control()
        .sql(
            "UPDATE api_key SET created_by = (SELECT id FROM app_user WHERE email = '%s') WHERE organisation_id = (SELECT id FROM organisation WHERE domain = '%s')"
                .formatted(leaver, organisation));
    open("/settings/users");
    enter("Email", "no address");
    press("Invite");
    glance("invite-wrong");
    enter("Email", "ada@" + organisation);
    new Select(field("Role")).selectByVisibleText(word("Key manager"));
    press("Invite");
    look("invited");
    String invitation = find(By.id("link")).getText();
    press(inDialog("Close"));
    await("closed", () -> !dialogIsOpen());
    look("users");
    press(named("Change Role of " + leaver));
    look("change-role");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());
    press(named("Deactivate " + leaver));
    look("deactivate");
    assertThat(inSightBesideWhatScrolls(inDialog("Deactivate"))).isTrue();
    new Select(field("Hand the other keys over to"))
        .selectByVisibleText("Grace Hopper (grace@" + organisation + ")");
    control().deactivate("grace@" + organisation);
    press(inDialog("Deactivate"));
    find(By.cssSelector(".kt-field-error"));
    glance("deactivate-heir");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());
    press(named("Reset Password of " + leaver));
    look("reset-password");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());
    press(named("Withdraw the invitation of ada@" + organisation));
    look("withdraw");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());
    control()
        .sql("UPDATE app_user SET password_change_due = TRUE WHERE email = '%s'".formatted(leaver));
    reload();
    press(named("Remove " + leaver));
    glance("tampered-remove");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());

    open("/settings/roles");
    look("roles");
    press("New Role");
    press("Save Role");
    glance("role-faults");
    enter("Role Name", "Auditor");
    look("new-role");
    find(By.xpath("//li[.//code='api-keys:read']//input")).click();
    press("Save Role");
    press(named("Change the role Auditor"));
    glance("role-change");
    press("Cancel");
    press(named("Delete the role Auditor"));
    look("role-delete");

    open("/settings/audit-log");
    find(By.cssSelector(".kt-events summary")).click();
    press("Verify");
    look("audit-log");
    open("/settings/audit-log?action=nothing");
    look("audit-log-nothing");
    open("/profile");
    look("profile");
    open("/notices");
    look("notices-none");
    control()
        .expireIn3Days(
            control()
                .key(
                    Control.wish()
                        .in(organisation)
                        .named("A name of a hundred characters " + "x".repeat(69))));
    control().notices();
    open("/notices");
    look("notices");
    open("/settings/organisation");
    enter("Name", "");
    press("Save");
    look("organisation");
    press("Switch Strict Mode On …");
    look("strict-mode");
    press(inDialog("Switch On"));
    await("on", () -> !dialogIsOpen());
    look("organisation-strict");
    open("/settings/api-authentication");
    enter("API Key Name", "Strict");
    press("Generate API Key");
    dialog();
    glance("once");
    press(inDialog("Close"));
    open("/settings/organisation");
    press("Switch Strict Mode Off …");
    look("strict-mode-off");

    open("/settings/users");
    String reader = person(organisation, "VIEWER");
    reload();
    press(named("Change Role of " + reader));
    new Select(dialog().findElement(By.tagName("select"))).selectByVisibleText("Auditor");
    press(inDialog("Change Role"));
    await("changed", () -> !dialogIsOpen());
    driver().get(invitation);
    press("Join");
    look("invitation");
    driver().manage().deleteAllCookies();
    open("/login");
    signIn(reader, PASSWORD);
    await("signed in", () -> !visible(reading("button", "Sign out")).isEmpty());
    open("/settings/api-authentication?q=Strict");
    link("Strict").click();
    link("Access").click();
    find(By.cssSelector(".kt-pairs"));
    glance("api-key-access-to-read");
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 390"})
  void pagesOfSuppliers(String scheme, int width, @TempDir Path files) throws IOException {
    at(scheme, width);
    signInAs("SUPPLIER_MANAGER");
    open("/suppliers");
    look("suppliers-none");
    open("/settings/locations");
    press("Add");
    look("location-without-name");
    enter("Name", "Berlin");
    press("Add");
    look("locations");
    press(named("Rename Berlin"));
    glance("location-rename");
    open("/settings/locations?kind=departments");
    glance("departments");

    open("/supplier");
    press("Add Address");
    assertThat(driver().switchTo().activeElement().getDomAttribute("id"))
        .isEqualTo("data:addresses:0:type");
    press("Add Contact");
    press("Add Identifier");
    press("Add Category");
    press(named("Remove Category 1"));
    enter("Value", "DE136695977");
    press("Create Supplier");
    look("supplier-faults");
    enter("Name", "Nordwind");
    enter("Value", "DE136695976");
    press("Create Supplier");
    find(By.xpath("//h1[normalize-space()='Nordwind']"));
    look("supplier");
    press("Reject");
    look("supplier-reject");
    reload();
    String first = driver().getWindowHandle();
    String supplier = driver().getCurrentUrl();
    driver().switchTo().newWindow(WindowType.TAB);
    driver().get(supplier);
    enter("Name", "Nordwind Logistics");
    press("Save");
    find(By.xpath("//h1[normalize-space()='Nordwind Logistics']"));
    driver().close();
    driver().switchTo().window(first);
    enter("Name", "Nordwind Freight");
    press("Save");
    find(By.cssSelector(".kt-field-error"));
    glance("supplier-meanwhile");

    open("/supplier-imports");
    look("supplier-imports-none");
    expectFailure(422);
    choose(Files.writeString(files.resolve("colours.csv"), "colour\nred\n"));
    find(By.cssSelector(".kt-field-error"));
    look("supplier-imports-refused");
    choose(
        Files.writeString(
            files.resolve("suppliers.csv"),
            "external_id;name;country;description\nE1;Südwind;DE;Freight\nE2;Ostwind;Nowhere;\n"));
    awaitPath("/supplier-import");
    look("supplier-import-preview");
    press("Start Import");
    find(reading("span", "completed"));
    look("supplier-import-completed");
    open("/supplier-imports");
    look("supplier-imports");
    open("/suppliers?tag=none");
    look("suppliers-filters");
    open("/suppliers");
    press(named("Export suppliers of this list"));
    look("suppliers");
  }

  /**
   * Whether a button of a dialog, which is higher than the window, can be pressed without
   * scrolling.
   */
  private static boolean inSightBesideWhatScrolls(WebElement button) {
    return Boolean.TRUE.equals(
        driver()
            .executeScript(
                """
                const place = arguments[0].getBoundingClientRect();
                const content = arguments[0].closest(".kt-dialog-content");
                return content.scrollHeight > content.clientHeight && content.scrollTop === 0
                    && arguments[0].contains(document.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2));
                """,
                button));
  }

  private static void choose(Path file) {
    driver().findElement(By.id("file")).sendKeys(file.toString());
    press("Show First Rows");
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 390"})
  void pagesOfWebhooks(String scheme, int width) {
    at(scheme, width);
    signInAs("ADMINISTRATOR");
    open("/settings/webhooks");
    look("webhooks-none");
    press("New Webhook");
    enter("Address", "https://127.0.0.2/hooks");
    press("Create Webhook");
    look("webhooks-new");
    enter("Address", "https://erp.example.com/hooks/keyturn");
    press("Create Webhook");
    look("webhook-secret");
    press(inDialog("Close"));
    await("closed", () -> !dialogIsOpen());
    look("webhooks");
    link("https://erp.example.com/hooks/keyturn").click();
    find(By.xpath("//h1[normalize-space()='https://erp.example.com/hooks/keyturn']"));
    press("Send Test Event");
    await(
        "the delivery unfolded",
        () -> {
          find(By.cssSelector("td[data-label]:has(+ td) ~ td summary")).click();
          return true;
        });
    look("webhook");
    press("Rotate Secret …");
    look("webhook-rotate");
    enter("Hours for which both secrets count", "999");
    press(inDialog("Rotate"));
    glance("webhook-rotate-wrong");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());
    find(reading("summary", "Client certificate")).click();
    press("Set Certificate");
    glance("webhook-certificate-wrong");
    enter("Address", "no address");
    press("Save");
    glance("webhook-wrong");
    driver().executeScript("keyturn.dialog('remove').showModal()");
    glance("webhook-certificate-remove");
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());
    press("Disable");
    glance("webhook-disabled");
    press("Delete …");
    look("webhook-delete");
    press(inDialog("Delete"));
    find(reading("h1", "Webhooks"));
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 390"})
  void pageOfTheApi(String scheme, int width) {
    at(scheme, width);
    driver().get("http://demo.localhost:" + server().port() + "/api-documentation?domain=demo");
    find(By.cssSelector(".opblock"));
    look("api-documentation");
    press(find(By.cssSelector(".scheme-container .btn.authorize")));
    look("api-documentation-authorize");
    find(By.cssSelector(".modal-ux input")).sendKeys(control().key().secret());
    press(find(By.cssSelector(".modal-ux .btn.authorize")));
    press(find(By.cssSelector(".modal-ux .btn-done")));
    press(find(By.xpath("//*[normalize-space(text())='Get List of Suppliers']")));
    press("Try it out");
    press("Execute");
    find(By.cssSelector(".live-responses-table"));
    look("api-documentation-answer");
  }
}
