package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** What pages do with texts and states that somebody made to harm. */
class SafetyBrowserIT extends Browser {

  private static List<String> payloads() {
    return List.of(
        "<script>document.title = 'taken'</script>",
        "<img src=x onerror=\"document.title = 'taken'\">",
        "\"><svg onload=document.title='taken'>",
        "'); document.title = 'taken'; ('",
        "#{apiAuthenticationPage.name} ${1+1}",
        "]]></update><eval>document.title = 'taken'</eval>",
        "&lt;b&gt; &amp; &#x27;");
  }

  /** The page shows this text, and nothing in it has run. */
  private static void assertShown(String title, String text) {
    assertThat(find(By.tagName("main")).getText()).contains(text);
    assertThat(driver().getTitle()).isEqualTo(title + " · Keyturn");
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void scriptInTheNameOfAKeyIsShownAsText(String name) {
    signInAs("ADMINISTRATOR");

    generate(name);
    assertThat(names()).containsExactly(name);
    reload();
    assertThat(names()).containsExactly(name);

    press(inRow(name, "Show"));
    press(inRow(name, "Refresh"));
    assertThat(dialog().getText()).contains("Refresh “" + name + "”");
    press(inDialog("Refresh"));
    await("closed", () -> !dialogIsOpen());
    assertThat(find(By.cssSelector(".kt-info")).getText()).contains("\"" + name + "\"");
    String key = String.valueOf(row(name).getDomAttribute("data-key"));
    press(inMenu(name, "Revoke"));
    assertThat(dialog().getText()).contains("Revoke “" + name + "”?");
    assertThat(driver().getTitle()).isEqualTo("API Authentication · Keyturn");

    open("/settings/api-key?id=" + key);
    assertShown(name, name);
    open("/settings/api-key?tab=history&id=" + key);
    assertShown(name, "“" + name + "”");
    open("/settings/audit-log");
    assertShown("Audit Log", "“" + name + "”");

    open("/settings/api-authentication");
    press(inMenu(name, "Revoke"));
    press(inDialog("Revoke"));
    await("gone", () -> names().isEmpty());
    assertThat(driver().getTitle()).isEqualTo("API Authentication · Keyturn");
  }

  @Test
  void scriptInTheUserAgentsOfClientsIsShownAsText() {
    administratorWithKey();
    String bearer = "Bearer " + secretOf("ERP");
    payloads()
        .forEach(
            agent -> api().send("GET", "/api/v1/me", "Authorization", bearer, "User-Agent", agent));
    link("ERP").click();

    await(
        "noted",
        () -> {
          reload();
          return visible(By.cssSelector(".kt-agent")).size() == payloads().size();
        });
    payloads().forEach(agent -> assertShown("ERP", agent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"><img src=x onerror=\"document.title = 'taken'\">",
        "]]></update><eval>document.title = 'taken'</eval> #{1+1}"
      })
  void scriptInNamesOfPeopleAndRolesIsShownAsText(String name) {
    String organisation = control().organisation();
    String email = "mallory@" + organisation + ".example";
    control().user(organisation, email, name, "ADMINISTRATOR", PASSWORD);
    String leaver = "leaver@" + organisation + ".example";
    control().user(organisation, leaver, name, "KEY_MANAGER", PASSWORD);
    open("/login");
    signIn(leaver, PASSWORD);
    awaitPath("/");
    open("/settings/api-authentication");
    generate(name);
    cdp("Network.clearBrowserCookies", Map.of());
    open("/login");
    signIn(email, PASSWORD);
    awaitPath("/");

    open("/profile");
    assertShown("Profile", name);

    open("/settings/roles");
    press("New Role");
    enter("Role Name", name);
    field("See suppliers and locations suppliers:read").click();
    press("Save Role");
    await("created", () -> names().stream().anyMatch(row -> row.equals(name)));
    press(named("Delete the role " + name));
    assertThat(dialog().getText()).contains("Delete the role “" + name + "”?");
    assertShown("Roles", name);

    open("/settings/users");
    assertShown("Users", name);
    new Select(field("Role")).selectByVisibleText(name);
    press(named("Deactivate " + leaver));
    assertThat(dialog().getText()).contains("Revoke “" + name + "”");
    new Select(field("Hand the other keys over to")).selectByVisibleText(name + " (" + email + ")");
    press(inDialog("Deactivate"));
    await("closed", () -> !dialogIsOpen());
    assertShown("Users", "Deactivated");

    open("/settings/audit-log");
    assertShown("Audit Log", "“" + name + "”");
  }

  @Test
  void scriptInADomainIsShownAsText() {
    open("/api-documentation");
    String domain = "<img src=x onerror=\"document.title = 'taken'\">";

    enter("Domain", domain);
    press("Authenticate");

    assertThat(find(By.cssSelector(".kt-field-error")).getText()).contains(domain);
    assertThat(driver().getTitle()).isEqualTo("API Documentation · Keyturn");
  }

  @Test
  void scriptInTheNameOfASupplierIsShownAsTextInSwaggerUi() {
    control()
        .sql(
            "UPDATE supplier SET version = version + 1, name ="
                + " '<img src=x onerror=document.title=1>' WHERE number = 'S-000058'");
    driver()
        .get(
            "http://demo.localhost:"
                + server().port()
                + "/api-documentation?domain=demo#/Suppliers/listSuppliers");
    press(find(By.cssSelector(".scheme-container .btn.authorize")));
    find(By.cssSelector(".modal-ux input")).sendKeys(control().key().secret());
    press(find(By.cssSelector(".modal-ux .btn.authorize")));
    press(find(By.cssSelector(".modal-ux .btn-done")));
    press("Try it out");
    find(By.cssSelector("tr[data-param-name='limit'] input")).sendKeys("\b\b200");
    press("Execute");

    assertThat(find(By.cssSelector(".live-responses-table .microlight")).getText())
        .contains("<img src=x onerror=document.title=1>");
    assertThat(driver().getTitle()).isEqualTo("API Documentation · Keyturn");
  }

  @Test
  void scriptThatIsNotOursDoesNotRun() {
    open("/login");

    driver()
        .executeScript(
            "const s = document.createElement('script'); s.textContent = \"document.title ="
                + " 'taken'\"; document.body.append(s);");

    assertThat(driver().getTitle()).isEqualTo("Sign in · Keyturn");
    // The violation is in the console, which is looked at after each test: taken out here.
    assertThat(
            driver().manage().logs().get("browser").getAll().stream()
                .filter(entry -> entry.getMessage().contains("Content Security Policy")))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"forged", "", "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA=="})
  void forgedViewStateIsABadRequest(String state) {
    open("/login");
    forge(state);
    enter("Email", "somebody@demo.example");
    enter("Password", PASSWORD);
    responses();

    expectFailure(400);
    button("Sign in").click();

    await("refused", () -> path().equals("/login") && driver().getPageSource().contains("Request"));
    assertThat(responses().stream().filter(r -> r.url().contains("/login")).map(Response::status))
        .containsExactly(400);
    assertThat(find(By.tagName("main")).getText())
        .contains("The request cannot be read.", "This page is no longer valid.")
        .doesNotContain("Exception");
  }

  @Test
  void forgedViewStateOfAnActionMakesNothingSaysSoAndKeepsTheInput() {
    signInAs("ADMINISTRATOR");
    forge("forged");
    enter("API Key Name", "forged");
    responses();

    expectFailure(400);
    button("Generate API Key").click();

    assertThat(find(By.id("refused-why")).getText())
        .isEqualTo("This page is no longer valid. Please open it again.");
    assertThat(value("API Key Name")).isEqualTo("forged");
    assertThat(responses().stream().filter(r -> r.method().equals("POST")).map(Response::status))
        .containsExactly(400);
    press("Open the page again");
    await("opened anew", () -> value("API Key Name").isEmpty());
    assertThat(names()).isEmpty();
  }

  private static void forge(String state) {
    driver()
        .executeScript(
            "document.querySelectorAll(\"input[name='jakarta.faces.ViewState']\")"
                + ".forEach(i => i.value = arguments[0])",
            state);
  }

  @Test
  void viewStateOfSomebodyElseIsABadRequest() {
    signInAs("ADMINISTRATOR");
    Object theirs =
        driver()
            .executeScript(
                "return document.querySelector(\"input[name='jakarta.faces.ViewState']\").value");
    cdp("Network.clearBrowserCookies", Map.of());
    signInAs("ADMINISTRATOR");
    forge(String.valueOf(theirs));
    enter("API Key Name", "replayed");
    responses();

    expectFailure(400);
    button("Generate API Key").click();

    find(By.id("refused-why"));
    press("Open the page again");
    await("opened anew", () -> value("API Key Name").isEmpty());
    assertThat(names()).isEmpty();
  }

  @Test
  void unknownAddressGetsAPlainPage() {
    expectFailure(404);

    open("/nothing-here");

    assertThat(find(By.tagName("main")).getText()).contains("Nothing is found at this address.");
  }

  @Test
  void keyOfAnotherOrganisationIsNotInTheTable() {
    control().key(Control.wish().in(control().organisation()).named("Theirs"));

    signInAs("ADMINISTRATOR");

    assertThat(names()).isEmpty();
  }
}
