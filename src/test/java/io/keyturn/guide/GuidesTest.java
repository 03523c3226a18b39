package io.keyturn.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.guide.Guide.Section;
import io.keyturn.problem.ProblemType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuidesTest {
  private static final Guides GUIDES = guides();
  private static final Pattern LINK = Pattern.compile("href=\"(/docs[^\"#]*)?(?:#([^\"]*))?\"");

  private static Guides guides() {
    Guides guides = new Guides();
    guides.read();
    return guides;
  }

  static Stream<Guide> all() {
    return GUIDES.all().stream();
  }

  @Test
  void theFirstGuideLeadsToAllOthers() {
    assertThat(GUIDES.all())
        .extracting(Guide::path)
        .startsWith("")
        .contains(
            "first-call",
            "daily-refresh",
            "errors",
            "integrating",
            "operating",
            "adr",
            "developing")
        .anyMatch(path -> path.startsWith("adr/0001-"));
    assertThat(GUIDES.file("examples/keys.sh")).get().asString().startsWith("#!");
    assertThat(GUIDES.at("none")).isEmpty();
    assertThat(GUIDES.file("none")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void eachProblemHasItsCauseAndCure(ProblemType type) {
    Section section = GUIDES.problem(type.code()).orElseThrow();

    assertThat(section.title()).isEqualTo(type.code());
    assertThat(section.html())
        .contains("Status " + type.status() + ".", type.title(), "cause</th>", "cure</th>");
    assertThat(section.html()).containsPattern("<td>[^<]");
  }

  @ParameterizedTest
  @MethodSource("all")
  void linksLeadToPagesAndHeadings(Guide guide) {
    Matcher links = LINK.matcher(guide.html());
    while (links.find()) {
      String address = links.group(1);
      String anchor = links.group(2);
      String path = address == null ? guide.path() : address.replaceFirst("^/docs/?", "");
      if (GUIDES.file(path).isEmpty()) {
        Guide target = GUIDES.at(path).orElseThrow(() -> new AssertionError(links.group()));
        assertThat(target.html())
            .as(links.group())
            .contains(anchor == null ? "" : "id=\"" + anchor + "\"");
      }
    }
    assertThat(guide.html()).doesNotContain("href=\"..", ".md\"", ".md#");
  }

  @Test
  void linksOutOfTheDocumentationBecomeTheirText() {
    Guide guide =
        new GuideReader("operating.md").read("# A\n[server](../../server.xml) ![p](images/p.png)");

    assertThat(guide.html()).isEqualTo("<h1 id=\"a\">A</h1>\n<p>server </p>\n");
  }

  @Test
  void tagsInAGuideAreText() {
    Guide guide = new GuideReader("x.md").read("# A\n<script>alert(1)</script>\n\n`<b>`");

    assertThat(guide.html()).doesNotContain("<script", "<b>").contains("&lt;script&gt;");
  }

  @Test
  void sameHeadingsHaveAnchorsOfTheirOwn() {
    Guide guide = new GuideReader("x.md").read("# Find it\n## From `curl` …\n## Find it");

    assertThat(guide.sections())
        .extracting(Section::anchor)
        .containsExactly("find-it", "from-curl-", "find-it-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry-after", "Retry-AFTER wait", "  rate_limited  "})
  void searchFindsSectionsWithAllWords(String words) {
    assertThat(GUIDES.search(words)).extracting(f -> f.section().title()).contains("rate_limited");
  }

  @Test
  void textOfASectionHasNoAddressesOfLinks() {
    assertThat(GUIDES.all().stream().flatMap(guide -> guide.sections().stream()))
        .isNotEmpty()
        .noneMatch(section -> section.text().contains("\" (/docs"));
  }

  @Test
  void headingsComeFirstAndRecordsLast() {
    List<Guides.Found> found = GUIDES.search("webhooks");

    assertThat(found.get(0).section().title()).isEqualTo("Be told by webhooks");
    assertThat(found.get(0).address()).isEqualTo("/docs/integrating#be-told-by-webhooks");
    assertThat(found).hasSizeLessThanOrEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "nobody wrote this word anywhere: qzx"})
  void searchFindsNothing(String words) {
    assertThat(GUIDES.search(words)).isEmpty();
  }
}
