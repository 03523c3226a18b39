package io.keyturn.console;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The installed Chromium or Chrome, without a window. The property {@code keyturn.browser} says
 * what becomes of the tests where there is none: {@code optional} (they are skipped) or {@code
 * required} (they fail); {@code none} skips them in any case.
 */
final class Chromium {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static @Nullable ChromeDriver driver;
  private static boolean said;

  private Chromium() {}

  /** Skips the running test where there is no browser and none is required. */
  static synchronized void orSkip() {
    String wish = System.getProperty("keyturn.browser", "optional");
    boolean there = find(BROWSERS).isPresent() && find(List.of("chromedriver")).isPresent();
    if (wish.equals("none") || (!there && !wish.equals("required"))) {
      String line =
          "Browser tests are skipped: "
              + (there ? "keyturn.browser is none." : "no Chromium with chromedriver on the path.");
      // Once, not by each JVM.
      if (!said && System.getProperty("keyturn.test.jvm", "jvm-1").equals("jvm-1")) {
        said = true;
        System.out.println(line);
      }
      Assumptions.abort(line);
    }
  }

  /** The driver of the one browser of this JVM. */
  static synchronized ChromeDriver driver() {
    if (driver == null) {
      driver = start();
      Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
    }
    return driver;
  }

  private static ChromeDriver start() {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(require(BROWSERS).toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless",
        "--window-size=1280,800",
        "--lang=en-GB",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-features=PasswordLeakDetection");
    if ("root".equals(System.getProperty("user.name"))) {
      options.addArguments("--no-sandbox");
    }
    return new ChromeDriver(
        new ChromeDriverService.Builder()
            .usingDriverExecutable(require(List.of("chromedriver")).toFile())
            .build(),
        options);
  }

  private static Path require(List<String> names) {
    return find(names)
        .orElseThrow(() -> new AssertionError("none of " + names + " is on the path"));
  }

  private static Optional<Path> find(List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                    .flatMap(
                        folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe"))))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
