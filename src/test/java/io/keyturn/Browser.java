package io.keyturn;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Base of the tests in a real Chromium, on the shared server. Where there is no browser they are
 * skipped, with one line on the console, unless {@code -Dkeyturn.browser=required}. The system
 * properties {@code keyturn.chromium} and {@code keyturn.chromedriver} name the programs; otherwise
 * they are looked for on the path. A failure leaves a picture in {@code target/screenshots}.
 */
abstract class Browser {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static boolean absenceTold;
  private static @Nullable ChromeDriver driver;

  @RegisterExtension
  final AfterTestExecutionCallback pictureOfFailure =
      context -> {
        if (context.getExecutionException().isPresent() && driver != null) {
          screenshot(
              context.getRequiredTestClass().getSimpleName()
                  + "."
                  + context.getRequiredTestMethod().getName());
        }
      };

  @BeforeAll
  static void openBrowser() throws IOException {
    Optional<Path> chromium =
        program("keyturn.chromium", "chromium", "chromium-browser", "google-chrome", "chrome");
    Optional<Path> chromedriver = program("keyturn.chromedriver", "chromedriver");
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      String missing = chromium.isEmpty() ? "Chromium" : "chromedriver";
      if (System.getProperty("keyturn.browser", "").equals("required")) {
        throw new AssertionError(
            "keyturn.browser=required, but there is no " + missing + " on the path");
      }
      if (!absenceTold) {
        absenceTold = true;
        System.out.println("BROWSER TESTS SKIPPED: there is no " + missing + " on the path.");
      }
      Assumptions.abort("no " + missing);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en",
        "--user-data-dir=" + Files.createTempDirectory(Path.of("target"), "chromium-"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get().toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().window().setSize(new Dimension(1280, 900));
  }

  private static Optional<Path> program(String property, String... names) {
    String given = System.getProperty(property, "");
    if (!given.isEmpty()) {
      return Optional.of(Path.of(given));
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(d -> Path.of(d, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @AfterAll
  static void closeBrowser() {
    if (driver != null) {
      driver.quit();
      driver = null;
    }
  }

  /** Nobody is signed in when a test begins. */
  @BeforeEach
  void forgetCookies() {
    driver().manage().deleteAllCookies();
  }

  static ChromeDriver driver() {
    if (driver == null) {
      throw new IllegalStateException("no browser");
    }
    return driver;
  }

  static KeyturnServer server() {
    return KeyturnServer.shared();
  }

  /** Opens an address on the base domain. */
  static void open(String path) {
    driver().get(server().uri(path).toString());
  }

  /** Opens an address on an organisation's domain. */
  static void open(String organisation, String path) {
    driver().get("http://" + organisation + ".localhost:" + server().port() + path);
  }

  /** Signs in on the sign-in page, and waits until it is left. */
  static void signIn(String email, String password) {
    open("/login");
    enter("Email", email);
    enter("Password", password);
    press("Sign in");
    await("signed in", () -> !path().equals("/login"));
  }

  /** Signs in the first administrator. */
  static void signInAsAdministrator() {
    signIn(KeyturnServer.ADMIN_EMAIL, KeyturnServer.ADMIN_PASSWORD);
  }

  /** The path of the page that is open. */
  static String path() {
    return java.net.URI.create(driver().getCurrentUrl()).getPath();
  }

  /** The visible text of the page. */
  static String text() {
    return driver().findElement(By.tagName("body")).getText();
  }

  /** The field with this label, as a person finds it. */
  static WebElement field(String label) {
    WebElement found = visible(By.xpath("//label[normalize-space(.)=" + quoted(label) + "]"));
    String id = found.getAttribute("for");
    return id == null || id.isEmpty()
        ? found.findElement(By.xpath(".//input|.//select|.//textarea"))
        : visible(By.id(id));
  }

  /** Enters a text into the field with this label. */
  static void enter(String label, String text) {
    WebElement field = field(label);
    field.clear();
    field.sendKeys(text);
  }

  /** The visible button with this word. */
  static WebElement button(String word) {
    return visible(
        By.xpath(
            "//button[normalize-space(.)=%1$s or @aria-label=%1$s]|//input[(@type='submit' or @type='button') and @value=%1$s]"
                .formatted(quoted(word))));
  }

  /** Presses the visible button with this word. */
  static void press(String word) {
    patiently(() -> button(word).click());
  }

  /** Presses the button with this word within a part of the page. */
  static void press(WebElement part, String word) {
    part.findElement(
            By.xpath(
                ".//button[normalize-space(.)=%1$s or @aria-label=%1$s]|.//input[@value=%1$s]"
                    .formatted(quoted(word))))
        .click();
  }

  /** Follows the visible link with this text. */
  static void follow(String text) {
    patiently(() -> visible(By.linkText(text)).click());
  }

  /** The row of a table that holds this text in a cell. */
  static WebElement row(String text) {
    return visible(By.xpath("//tr[td[contains(normalize-space(.), " + quoted(text) + ")]]"));
  }

  /** Waits for an element that can be seen. */
  static WebElement visible(By by) {
    return new WebDriverWait(driver(), PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> by + " on " + path() + ":\n" + text())
        .until(
            d -> {
              List<WebElement> found = d.findElements(by);
              return found.stream().filter(WebElement::isDisplayed).findFirst().orElse(null);
            });
  }

  /** Waits until the page shows this text. */
  static void awaitText(String text) {
    await("showing " + text, () -> text().contains(text));
  }

  /** Waits for a condition of the page. */
  static void await(String what, java.util.function.BooleanSupplier condition) {
    new WebDriverWait(driver(), PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> "not " + what + " on " + path() + ":\n" + text())
        .until(d -> condition.getAsBoolean());
  }

  private static void patiently(Runnable action) {
    new WebDriverWait(driver(), PATIENCE)
        .ignoring(org.openqa.selenium.WebDriverException.class)
        .until(
            d -> {
              action.run();
              return true;
            });
  }

  /** Lets pages of this server read and write the clipboard. */
  static void allowClipboard() {
    driver()
        .executeCdpCommand(
            "Browser.grantPermissions",
            Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
  }

  /** What is on the clipboard. */
  static String clipboard() {
    return String.valueOf(
        driver()
            .executeAsyncScript(
                "const done = arguments[0]; navigator.clipboard.readText().then(done, e => done(''+e));"));
  }

  /** Keeps a picture of the page in {@code target/screenshots}. */
  static Path screenshot(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      return Files.write(
          SCREENSHOTS.resolve(name + ".png"), driver().getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String text) {
    if (text.indexOf('\'') >= 0 && text.indexOf('"') >= 0) {
      throw new IllegalArgumentException("both kinds of quotation marks: " + text);
    }
    return text.indexOf('\'') < 0 ? "'" + text + "'" : "\"" + text + "\"";
  }
}
