package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;

/** Makes the pictures of the README: a page in both themes, and a walk through the guide. */
class ReadmeBrowserIT extends Browser {
  private static final String EMAIL = "grace@%s.example";
  private static final Path WALK = Path.of("target/screenshots/guide.gif");

  private final List<BufferedImage> pictures = new ArrayList<>();

  /** A day in the life of an organisation. */
  @Test
  void apiAuthenticationInBothThemes() {
    String grace = administrator("acme");
    turnTo("16:42", grace);
    generate("Data warehouse");
    turnTo("08:15", grace);
    generate("ERP");
    generate("Supplier portal");
    turnTo("13:20", grace);
    use("Data warehouse", "warehouse-loader/3.2");
    use("ERP", "erp-connector/8.1");
    await(
        "noted",
        () -> {
          reload();
          return !row("ERP").getText().contains("never");
        });
    press(inRow("ERP", "Refresh"));
    option("keep it for …").click();
    press(inDialog("Refresh"));
    await("closed", () -> !dialogIsOpen());
    size(1280, 800);
    for (String theme : List.of("light", "dark")) {
      scheme(theme);
      driver().executeScript("document.activeElement.blur(); scrollTo(0, 0)");
      screenshot("api-authentication-" + theme);
    }

    assertThat(row("ERP").getText()).contains("The old secret works until");
  }

  @Test
  void walkThroughTheGuide() throws IOException {
    String grace = administrator("globex");
    size(960, 640);
    open("/login");
    enter("Email", grace);
    enter("Password", PASSWORD);
    take();
    press("Sign in");
    find(By.xpath("//summary[normalize-space()='Settings']")).click();
    link("API Authentication").click();
    find(By.xpath("//label[normalize-space()='API Key Name']"));
    enter("API Key Name", "ERP");
    take();
    press("Generate API Key");
    row("ERP");
    take();
    String secret = secretOf("ERP");
    WebElement row = row("ERP");
    driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", row);
    press(inRow("ERP", "Copy"));
    take();
    open("/api-documentation");
    press(find(By.cssSelector(".scheme-container .btn.authorize")));
    find(By.cssSelector(".modal-ux input")).sendKeys(secret);
    press(find(By.cssSelector(".modal-ux .btn.authorize")));
    take();
    press(find(By.cssSelector(".modal-ux .btn-done")));
    await("told", () -> find(By.id("whose")).getText().contains("ERP"));
    take();
    press(find(By.xpath("//*[normalize-space(text())='Get List of Suppliers']")));
    press("Try it out");
    press("Execute");
    WebElement answer = find(By.cssSelector(".live-responses-table"));
    driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", answer);
    take();

    AnimatedGif.write(WALK, pictures, Duration.ofSeconds(2));

    assertThat(pictures).hasSize(7);
    assertThat(Files.size(WALK)).isBetween(50_000L, 3_000_000L);
    assertThat(answer.getText()).contains("200");
  }

  private static String administrator(String organisation) {
    control().organisation(organisation);
    String email = EMAIL.formatted(organisation);
    control().user(organisation, email, "Grace Hopper", "ADMINISTRATOR", PASSWORD);
    return email;
  }

  private void take() {
    byte[] png = driver().getScreenshotAs(OutputType.BYTES);
    try {
      pictures.add(ImageIO.read(new ByteArrayInputStream(png)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Turns the clock on to the next time that it is so late, when somebody signs in. */
  private void turnTo(String time, String email) {
    Duration wait =
        Duration.between(
            LocalTime.ofInstant(control().now(), ZoneOffset.UTC), LocalTime.parse(time));
    control().turn(wait.isNegative() ? wait.plusDays(1) : wait);
    cdp("Network.clearBrowserCookies", Map.of());
    open("/login");
    signIn(email, PASSWORD);
    awaitPath("/");
    open("/settings/api-authentication");
  }
}
