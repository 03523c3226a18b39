package io.keyturn.console;

import io.keyturn.support.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** The roles of what must have a name. */
  private static final Set<String> NAMED =
      Set.of(
          "button",
          "link",
          "textbox",
          "searchbox",
          "combobox",
          "listbox",
          "option",
          "checkbox",
          "radio",
          "spinbutton",
          "slider",
          "tab",
          "tabpanel",
          "menuitem",
          "dialog",
          "alertdialog",
          "image",
          "progressbar",
          "region",
          "navigation",
          "search",
          "DisclosureTriangle");

  /** What is in the tree: only a modal dialog where there is one. */
  private static final Set<String> CONTENT = Set.of("main", "dialog", "alertdialog");

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

  /**
   * What a person can use, or has to answer, and what has no name in the accessibility tree, which
   * screen readers read.
   */
  static List<String> nameless(ChromeDriver driver) {
    Object nodes = driver.executeCdpCommand("Accessibility.getFullAXTree", Map.of()).get("nodes");
    List<?> all = nodes instanceof List<?> list ? list : List.of();
    List<String> roles = all.stream().map(node -> value(node, "role")).toList();
    return roles.stream().anyMatch(CONTENT::contains)
        ? all.stream()
            .filter(node -> NAMED.contains(value(node, "role")) && value(node, "name").isBlank())
            .map(String::valueOf)
            .toList()
        : List.of("There is no content: " + roles);
  }

  /** A property of a node that Chromium does not ignore. */
  private static String value(Object node, String property) {
    return node instanceof Map<?, ?> facts
            && !Boolean.TRUE.equals(facts.get("ignored"))
            && facts.get(property) instanceof Map<?, ?> fact
        ? String.valueOf(fact.get("value"))
        : "";
  }

  private static String axe() {
    try {
      return Files.readString(Tools.orSkip("axe-core", Optional.of(AXE).filter(Files::isReadable)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
