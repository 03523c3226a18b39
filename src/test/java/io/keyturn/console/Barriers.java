package io.keyturn.console;

import io.keyturn.support.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openqa.selenium.chrome.ChromeDriver;

/** What axe-core finds in a page that keeps people out, by the rules of WCAG 2.2 A and AA. */
final class Barriers {
  private static final Path AXE = Path.of("src/test/npm/node_modules/axe-core/axe.min.js");

  private static final String RUN =
      """
      const done = arguments[0];
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
      const run = () => {
        document.getAnimations().forEach((animation) => animation.finish());
        axe.run(document, { runOnly: tags, resultTypes: ["violations"] }).then(
          (found) => done(found.violations.flatMap((rule) => rule.nodes.slice(0, 3).map((node) =>
            `${rule.id}: ${node.target} ${node.html.slice(0, 160)}: ${node.failureSummary}`))),
          (e) => done(["axe-core failed: " + e]));
      };
      // A page hears of another theme or width in the next frame.
      requestAnimationFrame(() => requestAnimationFrame(run));
      """;

  private Barriers() {}

  /** The barriers of the page as it is now; at most three of each kind. */
  static List<String> of(ChromeDriver driver) {
    if (Boolean.FALSE.equals(driver.executeScript("return Boolean(window.axe)"))) {
      driver.executeScript(axe());
    }
    return driver.executeAsyncScript(RUN) instanceof List<?> found
        ? found.stream().map(String::valueOf).toList()
        : List.of("axe-core did not answer");
  }

  private static String axe() {
    try {
      return Files.readString(Tools.orSkip("axe-core", Optional.of(AXE).filter(Files::isReadable)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
