package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control.Key;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Scopes, restrictions, revoking several keys, and the chart, as a person uses them. */
class KeyOptionsBrowserIT extends Browser {

  private static WebElement box(String scope) {
    return find(By.xpath("//input[@id=//label[.//code[normalize-space()='" + scope + "']]/@for]"));
  }

  private static WebElement more() {
    return find(By.cssSelector(".kt-more > summary"));
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 390"})
  void keyIsNarrowedWatchedAndRevokedWithOthers(String scheme, int width) {
    scheme(scheme);
    size(width, 900);
    String look = "-" + scheme + "-" + width;
    String organisation = signInAs("ADMINISTRATOR");
    more().sendKeys(Keys.ENTER);
    assertThat(box("suppliers:read").isSelected()).isTrue();
    box("suppliers:write").sendKeys(Keys.SPACE);
    enter("Requests per minute", "many");
    enter("API Key Name", "narrow");
    press("Generate API Key");
    assertThat(find(By.cssSelector(".kt-field-error")).getText())
        .as("opened where something is wrong")
        .contains("must be a whole number");
    wholePage("create-options" + look);
    enter("Requests per minute", "60");
    press("Generate API Key");
    row("narrow");
    assertThat(visible(By.cssSelector(".kt-more fieldset"))).as("folded again").isEmpty();
    generate("second");
    generate("third");

    driver().findElement(By.linkText("narrow")).click();
    find(By.xpath("//h1[normalize-space()='narrow']"));
    String id = String.valueOf(driver().getCurrentUrl()).replaceAll(".*id=", "");
    link("Access").click();
    assertThat(box("suppliers:write").isSelected()).isTrue();
    press("Save Restrictions");
    await("saved", () -> find(By.id("messages")).getText().contains("were saved"));
    link("Overview").click();
    find(By.id("usage"));
    Key key = control().reveal(new Key(organisation, id, "narrow", 1, "", control().now()));
    for (int i = 0; i < 5; i++) {
      api().me(key.secret());
    }
    await(
        "all counted",
        () -> {
          reload();
          return done() == 5;
        });
    await("drawn", () -> coloured() > 0);
    find(By.xpath("//summary[normalize-space()='The same as a table']")).click();
    assertThat(visible(By.cssSelector("#usage td"))).isNotEmpty();
    wholePage("api-key-usage" + look);

    open("/settings/api-authentication");
    for (String name : List.of("second", "third")) {
      named("Choose " + name).click();
    }
    press("Revoke several …");
    press(inDialog("Next"));
    press(inDialog("Revoke 2 API keys"));
    assertThat(dialog().getText()).contains("Reason must be given.");
    dialog().findElement(By.cssSelector("input[type=text]")).sendKeys("no longer needed");
    press(inDialog("Revoke 2 API keys"));
    await("closed", () -> !dialogIsOpen());
    assertThat(names()).containsExactly("narrow");
  }

  /** How many requests the table says were done, while it is folded too, in all of its hours. */
  private static long done() {
    return driver().findElements(By.cssSelector("#usage td[data-label^='2xx']")).stream()
        .mapToLong(
            cell -> Long.parseLong(String.valueOf(cell.getDomProperty("textContent")).strip()))
        .sum();
  }

  /** How many points of the chart have the colour of what was done. */
  private static long coloured() {
    Object count =
        driver()
            .executeScript(
                """
                const c = document.querySelector(".kt-chart canvas");
                const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
                let n = 0;
                for (let i = 0; i < d.length; i += 4) {
                  if (d[i] === 46 && d[i + 1] === 139 && d[i + 2] === 87) n++;
                }
                return n;
                """);
    return Long.parseLong(String.valueOf(count));
  }
}
