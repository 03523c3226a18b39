package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.language.Language;
import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A person at a Chromium: finds things by the labels that people read. Chromium and server are one
 * for all tests of a run; each test begins signed out. Whatever the console of a page complains of
 * fails the test, violations of the Content-Security-Policy among it.
 */
abstract class Browser {
  /** The password of everybody here. */
  static final String PASSWORD = "correct horse battery";

  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static @Nullable KeyturnServer server;
  private static Language language = Language.ENGLISH;

  private final Set<Integer> expectedFailures = new HashSet<>();
  private final List<JsonObject> traffic = new ArrayList<>();

  /** What the server answered to the browser. */
  record Response(String method, String url, int status, String cacheControl, String setCookie) {}

  @BeforeAll
  static void begin() {
    Chromium.orSkip();
    server();
  }

  /** The server of all browser tests. Its first administrator has signed in already. */
  static synchronized KeyturnServer server() {
    if (server == null) {
      server =
          KeyturnServer.named("browser").forSigningIn().without("KEYTURN_ADMIN_PASSWORD").start();
    }
    return server;
  }

  static Control control() {
    return server().control();
  }

  static Api api() {
    return server().api();
  }

  static ChromeDriver driver() {
    return Chromium.driver();
  }

  @BeforeEach
  void forget() {
    driver().manage().logs().get(LogType.BROWSER);
    driver().manage().logs().get(LogType.PERFORMANCE);
    driver().get("about:blank");
    cdp("Network.clearBrowserCookies", Map.of());
    cdp("Emulation.clearDeviceMetricsOverride", Map.of());
    scheme("light");
    language(Language.ENGLISH);
  }

  /** What language the browser asks for. All things of pages are found by their English names. */
  static void language(Language wanted) {
    language = wanted;
    cdp("Network.enable", Map.of());
    cdp(
        "Network.setExtraHTTPHeaders",
        Map.of(
            "headers",
            wanted == Language.ENGLISH ? Map.of() : Map.of("Accept-Language", wanted.code())));
  }

  @AfterEach
  void consoleIsSilent() {
    List<String> complaints =
        driver().manage().logs().get(LogType.BROWSER).getAll().stream()
            .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
            .map(LogEntry::getMessage)
            .filter(this::unexpected)
            .toList();
    assertThat(complaints).as("what the console complains of").isEmpty();
  }

  private boolean unexpected(String message) {
    return expectedFailures.stream()
        .noneMatch(status -> message.contains("responded with a status of " + status));
  }

  /** Chromium notes each failed answer in the console; these are what the test is about. */
  void expectFailure(int status) {
    expectedFailures.add(status);
  }

  static void cdp(String command, Map<String, Object> parameters) {
    answer(command, parameters);
  }

  /** What Chromium answers to a command of its DevTools protocol. */
  private static Map<String, Object> answer(String command, Map<String, Object> parameters) {
    return driver().executeCdpCommand(command, parameters);
  }

  /** Opens an address of the base domain. */
  void open(String path) {
    driver().get(server().uri(path).toString());
    await("loaded", Browser::loaded);
  }

  /**
   * Loads the page anew. ChromeDriver's own command ends now and then before the new page is there.
   */
  static void reload() {
    driver().executeScript("window.isOfBefore = true; location.reload()");
    await(
        "loaded anew",
        () -> Boolean.TRUE.equals(driver().executeScript("return !window.isOfBefore")) && loaded());
  }

  /** The path of the page that is open. */
  String path() {
    return java.net.URI.create(String.valueOf(driver().getCurrentUrl())).getPath();
  }

  void awaitPath(String path) {
    await("at " + path, () -> path().equals(path) && loaded());
  }

  private static boolean loaded() {
    return "complete".equals(driver().executeScript("return document.readyState"));
  }

  /** Waits for something that the page does. */
  static void await(String what, java.util.function.BooleanSupplier condition) {
    new WebDriverWait(driver(), Duration.ofSeconds(20))
        .withMessage(
            () -> what + "; the page reads: " + driver().findElement(By.tagName("body")).getText())
        .ignoring(StaleElementReferenceException.class)
        .until(d -> condition.getAsBoolean());
  }

  /** The one visible element, as soon as there is one. */
  static WebElement find(By by) {
    await(by.toString(), () -> !visible(by).isEmpty());
    return visible(by).get(0);
  }

  static List<WebElement> visible(By by) {
    return driver().findElements(by).stream().filter(WebElement::isDisplayed).toList();
  }

  /** The field with this label. */
  static WebElement field(String label) {
    return find(By.xpath("//*[@id=//label[" + reads("normalize-space()", label) + "]/@for]"));
  }

  /** The choice with this label. */
  static WebElement option(String label) {
    return field(label);
  }

  /** The button with this text. */
  static WebElement button(String text) {
    return find(buttonNamed(text));
  }

  static By buttonNamed(String text) {
    return By.xpath(
        "//button[%s] | //input[@type='submit' and (%s)]"
            .formatted(reads("normalize-space()", text), reads("@value", text)));
  }

  static WebElement link(String text) {
    return find(reading("a", text));
  }

  /** What this English text is in the language of the pages. */
  static String word(String text) {
    return Words.in(language, text).iterator().next();
  }

  /** The elements with this text. */
  static By reading(String element, String text) {
    return By.xpath("//" + element + "[" + reads("normalize-space()", text) + "]");
  }

  /** Whether something is called by this English text, in the language of the pages. */
  private static String reads(String what, String text) {
    return Words.in(language, text).stream()
        .map(word -> what + "=" + quoted(word))
        .collect(Collectors.joining(" or "));
  }

  /** A text as XPath has it, which knows no escapes. */
  private static String quoted(String text) {
    return "concat('', '" + text.replace("'", "', \"'\", '") + "')";
  }

  /** The thing that screen readers call by this name, which says more than its text. */
  static WebElement named(String label) {
    return find(By.xpath("//*[" + reads("@aria-label", label) + "]"));
  }

  /** Presses a button that nothing covers any more. */
  static void press(WebElement button) {
    press(button.toString(), () -> button);
  }

  /** Presses the button with this text, the new one if the page replaces it meanwhile. */
  static void press(String button) {
    press(button, () -> button(button));
  }

  private static void press(String what, Supplier<WebElement> button) {
    await(
        what + " pressed",
        () -> {
          try {
            button.get().click();
            return true;
          } catch (ElementClickInterceptedException e) {
            return false;
          }
        });
    ajaxIsDone();
  }

  /** Types into a field in place of what it holds. */
  static void enter(String label, String text) {
    WebElement field = field(label);
    field.clear();
    field.sendKeys(text);
  }

  private static void ajaxIsDone() {
    await(
        "answered",
        () ->
            Boolean.TRUE.equals(
                driver()
                    .executeScript(
                        "return document.readyState === 'complete' &&"
                            + " (!window.PrimeFaces || PrimeFaces.ajax.Queue.isEmpty())")));
  }

  static void type(CharSequence... keys) {
    new Actions(driver()).sendKeys(keys).perform();
  }

  /** What the field with this label holds. */
  static String value(String label) {
    return String.valueOf(field(label).getDomProperty("value"));
  }

  /** Signs in on the sign-in page. */
  void signIn(String email, String password) {
    enter("Email", email);
    enter("Password", password);
    press("Sign in");
  }

  /**
   * Creates a person in an organisation of their own, signs them in, and opens the keys if they may
   * see them; answers the organisation.
   */
  String signInAs(String role) {
    String organisation = control().organisation();
    String email = person(organisation, role);
    open("/login");
    signIn(email, PASSWORD);
    await("signed in", () -> !visible(reading("button", "Sign out")).isEmpty());
    if (path().equals("/")) {
      open("/settings/api-authentication");
    }
    return organisation;
  }

  /** Creates a person; answers their address. */
  static String person(String organisation, String role) {
    String email = UUID.randomUUID().toString().substring(0, 8) + "@" + organisation + ".example";
    control().user(organisation, email, role, PASSWORD);
    return email;
  }

  /** Signs an administrator in and creates a key on the page; answers its name. */
  String administratorWithKey() {
    signInAs("ADMINISTRATOR");
    return generate("ERP");
  }

  /** Creates a key on the page. */
  String generate(String name) {
    enter("API Key Name", name);
    press("Generate API Key");
    row(name);
    return name;
  }

  /** The row of a key. */
  static WebElement row(String name) {
    return find(By.xpath("//tbody/tr[th[normalize-space()=" + quoted(name) + "]]"));
  }

  static List<String> names() {
    return visible(By.cssSelector(".kt-table tbody th")).stream().map(WebElement::getText).toList();
  }

  static WebElement inRow(String name, String button) {
    return row(name).findElement(By.xpath(".//button[" + reads("normalize-space()", button) + "]"));
  }

  /** An act in the menu of a key's row, which this opens. */
  static WebElement inMenu(String name, String act) {
    press(named("More for " + name));
    return find(
        By.xpath(
            "//*[@popover]/*[self::a or self::button][" + reads("normalize-space()", act) + "]"));
  }

  /** The secret as the row of a key has it, masked or not. */
  static String shownSecret(String name) {
    return row(name).findElement(By.cssSelector(".kt-secret")).getText();
  }

  /** Shows the secret of a key, takes it, and hides it again. */
  static String secretOf(String name) {
    press(inRow(name, "Show"));
    await("shown", () -> !shownSecret(name).contains("•"));
    String secret = shownSecret(name);
    press(inRow(name, "Hide"));
    return secret;
  }

  /** Calls the API with a key's secret, as somebody does who has copied it. */
  static void use(String key, String agent) {
    assertThat(
            api()
                .send(
                    "GET",
                    "/api/v1/me",
                    "Authorization",
                    "Bearer " + secretOf(key),
                    "User-Agent",
                    agent)
                .status())
        .isEqualTo(200);
  }

  static WebElement dialog() {
    return find(By.cssSelector(".kt-dialog[open]"));
  }

  static boolean dialogIsOpen() {
    return !visible(By.cssSelector(".kt-dialog[open]")).isEmpty();
  }

  static WebElement inDialog(String button) {
    return dialog().findElement(By.xpath(".//button[" + reads("normalize-space()", button) + "]"));
  }

  /** What the clipboard holds. */
  static String clipboard() {
    cdp(
        "Browser.grantPermissions",
        Map.of(
            "origin",
            server().uri("").toString(),
            "permissions",
            List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    return String.valueOf(
        driver()
            .executeAsyncScript(
                "const done = arguments[0];"
                    + "navigator.clipboard.readText().then(done, e => done('cannot read: ' + e))"));
  }

  /** All answers since the test began, or since the last call. */
  List<Response> responses() {
    Map<String, String> methods = new HashMap<>();
    List<Response> responses = new ArrayList<>();
    for (LogEntry entry : driver().manage().logs().get(LogType.PERFORMANCE)) {
      try (JsonReader reader = Json.createReader(new StringReader(entry.getMessage()))) {
        traffic.add(reader.readObject().getJsonObject("message"));
      }
    }
    for (JsonObject message : traffic) {
      JsonObject params = message.getJsonObject("params");
      switch (message.getString("method")) {
        case "Network.requestWillBeSent" ->
            methods.put(
                params.getString("requestId"), params.getJsonObject("request").getString("method"));
        case "Network.responseReceived" -> {
          JsonObject response = params.getJsonObject("response");
          JsonObject headers = response.getJsonObject("headers");
          responses.add(
              new Response(
                  methods.getOrDefault(params.getString("requestId"), "?"),
                  response.getString("url"),
                  response.getInt("status"),
                  headers.getString("Cache-Control", ""),
                  headers.getString("Set-Cookie", "")));
        }
        default -> {}
      }
    }
    traffic.clear();
    return responses;
  }

  /** Whether the reader's system is set to {@code light} or {@code dark}. */
  static void scheme(String scheme) {
    cdp(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Makes the window this large, in CSS pixels. */
  static void size(int width, int height) {
    cdp("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Keeps a picture of what the window shows in {@code target/screenshots}. */
  static void screenshot(String name) {
    keep(name, driver().getScreenshotAs(OutputType.BYTES));
  }

  /** Keeps a picture of the page, also of what one would have to scroll to. */
  static void wholePage(String name) {
    Object size = answer("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
    Map<Object, Object> clip = new HashMap<>(Map.of("scale", 1));
    if (size instanceof Map<?, ?> sides) {
      clip.putAll(sides);
    }
    Object picture =
        answer("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip))
            .get("data");
    keep(name, Base64.getDecoder().decode(String.valueOf(picture)));
  }

  private static void keep(String name, byte[] picture) {
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), picture);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes on to the next thing that the keyboard reaches. */
  static void tab() {
    type(Keys.TAB);
  }
}
