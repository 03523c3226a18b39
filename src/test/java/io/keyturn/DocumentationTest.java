package io.keyturn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every relative link of the documentation leads to a file, and to a heading that is there. */
class DocumentationTest {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath();

  private static final Pattern FENCE = Pattern.compile("^\\s*(```|~~~)");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?([^)>\\s]+)>?[^)]*\\)");
  private static final Pattern DEFINITION =
      Pattern.compile("^ {0,3}\\[[^\\]]+\\]:\\s*<?([^>\\s]+)");
  private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:|//).*");
  private static final Pattern HEADING = Pattern.compile("^ {0,3}#{1,6}\\s+(.*?)\\s*#*\\s*$");

  static Stream<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String name : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")) {
      pages.add(Path.of(name));
    }
    try (Stream<Path> guides = Files.walk(Path.of("src/docs"))) {
      guides.filter(DocumentationTest::isMarkdown).sorted().forEach(pages::add);
    }
    return pages.stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsToAFileAndAHeading(Path page) throws IOException {
    assertThat(brokenLinks(REPOSITORY, REPOSITORY.resolve(page))).isEmpty();
  }

  @Test
  void brokenLinksAreFound(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("page.md"),
        """
        # A page
        [good](other.md) [good](other.md#a-heading) [good](#a-page) [good](https://example.com/x)
        `[code](none.md)` [missing](none.md) ![missing](none.png)
        [no heading](other.md#none) [no heading](#none) [outside](../elsewhere.md)
        ```
        [code](none.md)
        ```
        [defined]: gone.md
        """);
    Files.writeString(folder.resolve("other.md"), "## A heading\n```\n# None\n```\n");

    assertThat(brokenLinks(folder, folder.resolve("page.md")))
        .containsExactly(
            "none.md", "none.png", "other.md#none", "#none", "../elsewhere.md", "gone.md");
  }

  /** As GitHub makes an anchor of a heading. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Run it without Maven          | run-it-without-maven
          Where do I put …              | where-do-i-put-
          What holds, and what does not | what-holds-and-what-does-not
          The `Start` of [it](a.md)     | the-start-of-it
          snake_case in INTEGRATION     | snake_case-in-integration
          """)
  void anchorsAreThoseOfGitHub(String heading, String anchor) {
    assertThat(anchor(heading)).isEqualTo(anchor);
  }

  @Test
  void secondHeadingOfTheSameWordsIsNumbered() {
    assertThat(anchors(List.of("# Changed", "text", "# Changed")))
        .containsExactlyInAnyOrder("changed", "changed-1");
  }

  private static boolean isMarkdown(Path file) {
    return file.getFileName().toString().endsWith(".md");
  }

  private static List<String> brokenLinks(Path repository, Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : links(prose(Files.readAllLines(page)))) {
      if (!leadsSomewhere(repository, page, link)) {
        broken.add(link);
      }
    }
    return broken;
  }

  private static boolean leadsSomewhere(Path repository, Path page, String link)
      throws IOException {
    int hash = link.indexOf('#');
    String path = URLDecoder.decode(hash < 0 ? link : link.substring(0, hash), UTF_8);
    Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    if (!target.startsWith(repository) || !Files.exists(target)) {
      return false;
    }
    return hash < 0
        || (isMarkdown(target)
            && anchors(prose(Files.readAllLines(target))).contains(link.substring(hash + 1)));
  }

  /** The lines that are not in a block of code. */
  private static List<String> prose(List<String> lines) {
    List<String> prose = new ArrayList<>();
    boolean code = false;
    for (String line : lines) {
      if (FENCE.matcher(line).find()) {
        code = !code;
      } else if (!code) {
        prose.add(line);
      }
    }
    return prose;
  }

  /** The targets of links within the repository, in their order. */
  private static List<String> links(List<String> prose) {
    List<String> links = new ArrayList<>();
    for (String line : prose) {
      String text = CODE.matcher(line).replaceAll("");
      for (Pattern pattern : List.of(LINK, DEFINITION)) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
          links.add(matcher.group(1));
        }
      }
    }
    links.removeIf(link -> SCHEME.matcher(link).matches());
    return links;
  }

  private static Set<String> anchors(List<String> prose) {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : prose) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String anchor = anchor(heading.group(1));
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
    }
    return anchors;
  }

  private static String anchor(String heading) {
    return heading
        .replaceAll("!?\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
        .replace(' ', '-');
  }
}
