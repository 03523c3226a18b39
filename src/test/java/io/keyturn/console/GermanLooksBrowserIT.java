package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.language.Language;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** The same walks in German: words are longer, and none of them may be English. */
class GermanLooksBrowserIT extends LooksBrowserIT {
  private static final Set<String> ENGLISH = Words.onlyEnglish(Language.GERMAN);

  @BeforeEach
  void german() {
    language(Language.GERMAN);
  }

  @Override
  String prefix() {
    return "de-";
  }

  /** A language changes no colour, so the theme of the walk is enough. */
  @Override
  List<String> themes(String scheme) {
    return List.of(scheme);
  }

  /** The layout was looked at in English; that longer words fit is known by then. */
  @Override
  void tablet(String name) {}

  /** What is marked as English, and what people have named, may be English. */
  @Override
  void check(String name) {
    Object found =
        driver()
            .executeScript(
                """
                const texts = [];
                const say = (text) => texts.push(text.trim().replace(/\\s+/g, " "));
                const english = (e) => e.closest("[lang=en], [lang=''], code, pre, script, style, noscript");
                const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                while (walk.nextNode()) {
                  if (!english(walk.currentNode.parentElement)) {
                    say(walk.currentNode.data);
                  }
                }
                for (const e of document.querySelectorAll("*")) {
                  if (!english(e)) {
                    ["aria-label", "title", "placeholder", "alt", "data-label", "value"]
                        .filter((a) => e.hasAttribute(a) && (a !== "value" || e.matches("input[type=submit]")))
                        .forEach((a) => say(e.getAttribute(a)));
                  }
                }
                say(document.title.replace(" · Keyturn", ""));
                return texts;
                """);
    List<?> texts = found instanceof List<?> list ? list : List.of();
    assertThat(texts).as("texts of %s", name).isNotEmpty();
    assertThat(texts.stream().filter(ENGLISH::contains).distinct())
        .as("English texts of %s", name)
        .isEmpty();
    assertThat(driver().executeScript("return document.documentElement.lang")).isEqualTo("de");
  }
}
