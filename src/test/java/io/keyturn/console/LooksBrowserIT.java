package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.Control;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/** What pages look like, light and dark, wide and narrow; with pictures to look at. */
class LooksBrowserIT extends Browser {

  /** The README's picture. */
  @Test
  void apiAuthenticationWithSomeKeys() {
    String organisation = control().organisation();
    String email = "ada@nordwind-" + organisation.substring(4, 8) + ".example";
    control().user(organisation, email, "ADMINISTRATOR", PASSWORD);
    open("/login");
    signIn(email, PASSWORD);
    generate("Data warehouse");
    generate("ERP");
    generate("Supplier portal");
    Control.Key old = key(organisation, "ERP");
    control().refresh(old, Duration.ofHours(4));
    assertThat(api().me(old.secret()).status()).isEqualTo(200);
    await(
        "noted",
        () -> {
          driver().navigate().refresh();
          return !row("ERP").getText().contains("never");
        });

    size(1280, 640);
    screenshot("api-authentication");

    assertThat(overflow()).isZero();
    assertThat(row("ERP").getText()).contains("The old secret works until");
  }

  private static Control.Key key(String organisation, String name) {
    String id = String.valueOf(row(name).getDomAttribute("data-key"));
    return control().reveal(new Control.Key(organisation, id, name, 1, "", control().now()));
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 1280", "light, 400", "dark, 400"})
  void everyPageFitsAndCanBeRead(String scheme, int width) {
    scheme(scheme);
    size(width, 800);
    open("/login");
    look("login", scheme, width);
    press("Sign in");
    look("login-empty", scheme, width);
    signInAs("ADMINISTRATOR");
    look("no-keys", scheme, width);
    generate("ERP");
    generate("A name of a hundred characters wraps in its cell and its dialog " + "x".repeat(36));
    press("Generate API Key");
    press(inRow("ERP", "Show"));
    look("keys", scheme, width);
    press(inRow("ERP", "Refresh"));
    look("refresh", scheme, width);
    press(inDialog("Cancel"));
    await("closed", () -> !dialogIsOpen());
    press(inRow("ERP", "Revoke"));
    look("revoke", scheme, width);
    open("/change-password");
    press("Change Password");
    look("change-password", scheme, width);
    expectFailure(404);
    open("/nothing-here");
    look("not-found", scheme, width);
    driver().get("http://demo.localhost:" + server().port() + "/api-documentation?domain=demo");
    find(By.cssSelector(".opblock"));
    look("api-documentation", scheme, width);
  }

  private static void look(String name, String scheme, int width) {
    screenshot(name + "-" + scheme + "-" + width);
    assertThat(overflow()).as("pixels of %s beyond the right edge", name).isZero();
    double ground = luminance("background-color");
    double ink = luminance("color");
    assertThat((Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05))
        .as("contrast of %s", name)
        .isGreaterThan(7);
    assertThat(ground < ink).as("light text on a dark ground").isEqualTo(scheme.equals("dark"));
  }

  private static int overflow() {
    Object pixels =
        driver()
            .executeScript(
                "const d = document.documentElement; return d.scrollWidth - d.clientWidth");
    return Integer.parseInt(String.valueOf(pixels));
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
}
