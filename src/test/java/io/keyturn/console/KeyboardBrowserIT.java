package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The guide without a mouse. */
class KeyboardBrowserIT extends Browser {

  @Test
  void keyIsCreatedRefreshedAndRevokedByKeyboardAlone() {
    String email = person(control().organisation(), "ADMINISTRATOR");
    open("/login");

    tabTo("Email");
    type(email);
    tabTo("Password");
    type(PASSWORD, Keys.ENTER);
    awaitPath("/");

    tabTo("Settings");
    type(Keys.ENTER);
    tabTo("API Authentication");
    type(Keys.ENTER);
    awaitPath("/settings/api-authentication");

    tabTo("API Key Name");
    type("ERP", Keys.ENTER);
    row("ERP");

    tabTo("Show the secret of ERP");
    type(Keys.ENTER);
    await("shown", () -> !shownSecret("ERP").contains("•"));
    String secret = shownSecret("ERP");

    tabTo("Refresh ERP");
    type(Keys.ENTER);
    await("open", Browser::dialogIsOpen);
    type(Keys.ESCAPE);
    await("closed", () -> !dialogIsOpen());
    await("back at the button", () -> focused().equals("Refresh ERP"));
    type(Keys.ENTER);
    await("open", Browser::dialogIsOpen);
    tabTo("Refresh");
    type(Keys.ENTER);
    await("refreshed", () -> api().me(secret).status() == 401);
    await("closed", () -> !dialogIsOpen());
    await("back at the new row's button", () -> focused().equals("Refresh ERP"));

    tabTo("More for ERP");
    type(Keys.ENTER);
    await("in the menu", () -> focused().equals("Renewal"));
    type(Keys.ESCAPE);
    await("back at the menu's button", () -> focused().equals("More for ERP"));
    type(Keys.ENTER);
    await("in the menu", () -> focused().equals("Renewal"));
    tabTo("Revoke ERP");
    tab();
    await("left", () -> visible(By.id("key-menu")).isEmpty());
    assertThat(focused()).as("after the menu's button").isEqualTo("Revoke several …");
    tabBack();
    type(Keys.ENTER);
    await("in the menu", () -> focused().equals("Renewal"));
    type(Keys.ARROW_UP);
    assertThat(focused()).isEqualTo("Revoke ERP");
    type(Keys.ENTER);
    await("open", Browser::dialogIsOpen);
    tabTo("Revoke");
    type(Keys.ENTER);
    await("gone", () -> names().isEmpty());
    await("at the content", () -> "content".equals(active().getDomAttribute("id")));
  }

  @Test
  void secretIsCopiedAndTriedOutByKeyboardAlone() {
    administratorWithKey();
    tabTo("Copy the secret of ERP");
    type(Keys.ENTER);
    await("copied", () -> clipboard().startsWith("kt_live_"));
    String secret = clipboard();

    tabTo("API Documentation");
    type(Keys.ENTER);
    awaitPath("/api-documentation");
    find(By.cssSelector(".btn.authorize.unlocked"));
    tabTo("Domain");
    tabTo("Authenticate");
    type(Keys.ENTER);
    await(
        "at the organisation's host",
        () -> String.valueOf(driver().getCurrentUrl()).contains("?domain="));
    find(By.cssSelector(".btn.authorize.unlocked"));

    tabTo("Authorize");
    type(Keys.ENTER);
    await("in the field", () -> active().getTagName().equals("input"));
    for (int i = 0; i < 8; i++) {
      tab();
      assertThat(inAuthorize()).as(focused()).isTrue();
    }
    for (int i = 0; i < 8; i++) {
      tabBack();
      assertThat(inAuthorize()).as(focused()).isTrue();
    }
    type(Keys.ESCAPE);
    await("closed", () -> visible(By.cssSelector(".modal-ux")).isEmpty());
    assertThat(focused()).isEqualTo("Authorize");
    type(Keys.ENTER);
    await("in the field", () -> active().getTagName().equals("input"));
    type(secret);
    tabTo("Authorize");
    type(Keys.ENTER);
    await("in the dialog", () -> inAuthorize() && !focused().equals("Authorize"));
    tabTo("Close");
    type(Keys.ENTER);
    find(By.cssSelector(".btn.authorize.locked"));
    await("back at the button", () -> focused().equals("Authorize"));

    tabTo("GET /api /v1 /suppliers Get List of Suppliers");
    type(Keys.ENTER);
    tabTo("Try it out");
    type(Keys.ENTER);
    await("still there", () -> focused().equals("Cancel"));
    tabTo("Execute");
    type(Keys.ENTER);
    assertThat(find(By.cssSelector(".live-responses-table tbody .response-col_status")).getText())
        .startsWith("200");
    await("still there", () -> focused().equals("Execute"));
  }

  private static boolean inAuthorize() {
    return !active().findElements(By.xpath("ancestor::*[@aria-label='Authorize']")).isEmpty();
  }

  @Test
  void settingsMenuClosesWhenItIsLeftByTabByEscapeAndByAClickElsewhere() {
    signInAs("ADMINISTRATOR");
    openSettings();
    tabTo("Change Password");
    tab();
    assertThat(focused()).isEqualTo("API Documentation");
    assertThat(visible(By.cssSelector("#settings-menu li"))).isEmpty();

    openSettings();
    tab();
    type(Keys.ESCAPE);
    assertThat(visible(By.cssSelector("#settings-menu li"))).isEmpty();
    assertThat(focused()).as("back at the menu").isEqualTo("Settings");

    openSettings();
    find(By.tagName("h1")).click();
    assertThat(visible(By.cssSelector("#settings-menu li"))).isEmpty();
  }

  private static void openSettings() {
    find(By.cssSelector("#settings-menu summary")).sendKeys(Keys.ENTER);
    await("open", () -> !visible(By.cssSelector("#settings-menu li")).isEmpty());
  }

  @Test
  void focusStaysInADialogOfTwoSteps() {
    administratorWithKey();
    named("Choose ERP").click();
    button("Revoke several …").sendKeys(Keys.ENTER);
    await("open", Browser::dialogIsOpen);

    tabTo("Next");
    type(Keys.ENTER);
    await("told", () -> active().getText().startsWith("1 API key will stop working at once."));
    tabTo("Back");
    type(Keys.ENTER);
    await("asked again", () -> "radio".equals(active().getDomAttribute("type")));
    tabTo("Next");
    type(Keys.ENTER);
    await("told", () -> active().getText().startsWith("1 API key will"));
    tabTo("Revoke 1 API key");
    type(Keys.ENTER);
    await("at the fault", () -> focused().equals("Reason"));
  }

  @Test
  void focusCanBeSeenEverywhere() {
    administratorWithKey();
    reload();

    for (int i = 0; i < 12; i++) {
      tab();
      WebElement here = active();
      assertThat(here.getCssValue("outline-style")).as(name(here)).isNotEqualTo("none");
      assertThat(here.getRect().getWidth()).as(name(here)).isGreaterThan(10);
    }
  }

  @Test
  void firstStopLeadsPastTheMenu() {
    signInAs("ADMINISTRATOR");
    driver().executeScript("document.activeElement.blur()");

    tab();
    assertThat(focused()).isEqualTo("Skip to the content");
    type(Keys.ENTER);
    tab();

    assertThat(focused()).isEqualTo("API Documentation");
    assertThat(active().findElement(By.xpath("..")).getDomAttribute("class"))
        .isEqualTo("kt-title-buttons");
  }

  /** Presses Tab until the thing of this name has the focus. */
  private static void tabTo(String name) {
    List<String> reached = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      reached.add(focused());
      if (focused().equals(name)) {
        return;
      }
      tab();
    }
    throw new AssertionError("the keyboard does not reach " + name + " but " + reached);
  }

  private static void tabBack() {
    new Actions(driver()).keyDown(Keys.SHIFT).sendKeys(Keys.TAB).keyUp(Keys.SHIFT).perform();
  }

  private static WebElement active() {
    return driver().switchTo().activeElement();
  }

  /** The name of what has the focus. */
  private static String focused() {
    return name(active());
  }

  private static String name(WebElement element) {
    // Swagger UI lets paths wrap.
    return String.valueOf(element.getAccessibleName()).replace("\u200b", "").strip();
  }
}
