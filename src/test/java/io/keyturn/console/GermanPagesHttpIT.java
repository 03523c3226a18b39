package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.language.Language;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each page in German has no English text of ours. */
class GermanPagesHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Set<String> ENGLISH = Words.onlyEnglish(Language.GERMAN);

  /** What may be English: scripts, and what says so. */
  private static final Pattern NOT_OURS =
      Pattern.compile(
          "(?s)<(script|style|code|pre)\\b.*?</\\1>|<dt lang=\"en\">.*?</dt>|<(?:article|div|ol) [^>]*lang=\"en\".*");

  private static final Pattern TEXT =
      Pattern.compile(">([^<]+)<|(?:aria-label|title|placeholder|alt|data-label)=\"([^\"]+)\"");

  private final Control control = SERVER.control();
  private final String organisation = control.organisation();

  private static Set<String> english(String html) {
    return TEXT.matcher(NOT_OURS.matcher(html).replaceAll(""))
        .results()
        .flatMap(m -> Stream.of(m.group(1), m.group(2)))
        .filter(text -> text != null)
        .map(text -> text.strip().replaceAll("\\s+", " "))
        .filter(ENGLISH::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void assertGerman(Visitor visitor, String address) {
    Visitor.Page page = visitor.open(address);

    assertThat(page.status())
        .as(address + page.html())
        .isEqualTo(address.equals("/refused") ? 404 : 200);
    assertThat(page.html()).as(address).contains("lang=\"de\"");
    assertThat(english(page.html())).as("English texts of " + address).isEmpty();
  }

  @Test
  void noPageHasAnEnglishText() {
    control.key(Control.wish().in(organisation).named("ERP"));
    String email = "ann@" + organisation + ".example";
    control.user(organisation, email, "ADMINISTRATOR", KeyturnServer.ADMIN_PASSWORD);
    Visitor visitor = new Visitor(SERVER).speaking("de");
    for (String address :
        List.of("/login", "/login?ended=true&sso=closed", "/api-documentation", "/docs?q=key")) {
      assertGerman(visitor, address);
    }
    visitor.signIn(email, KeyturnServer.ADMIN_PASSWORD);
    String keys = visitor.open("/settings/api-authentication").html();
    String id = keys.replaceAll("(?s).*<tr role=\"row\" data-key=\"([^\"]+)\".*", "$1");
    for (String tab :
        List.of("overview", "requests", "access", "renewal", "credentials", "history")) {
      assertGerman(visitor, "/settings/api-key?id=" + id + "&tab=" + tab);
    }
    Stream.of(
            "/",
            "/change-password",
            "/notices",
            "/profile",
            "/refused",
            "/settings/api-authentication?search=nothing",
            "/settings/api-authentication",
            "/settings/audit-log",
            "/settings/locations",
            "/settings/locations?kind=departments",
            "/settings/organisation",
            "/settings/requests",
            "/settings/roles",
            "/settings/users",
            "/settings/webhooks",
            "/supplier",
            "/supplier-imports",
            "/suppliers",
            "/suppliers?tag=none&preferred=true")
        .forEach(address -> assertGerman(visitor, address));
  }

  /** So that this test names a page that is new. */
  @Test
  void allPagesAreLookedAt() throws IOException {
    String here =
        Files.readString(Path.of("src/test/java/io/keyturn/console/GermanPagesHttpIT.java"));
    try (Stream<Path> pages = Files.walk(Path.of("src/main/webapp"), 2)) {
      assertThat(
              pages
                  .filter(page -> page.toString().endsWith(".xhtml"))
                  .filter(page -> !page.toString().contains("WEB-INF"))
                  .map(page -> page.getFileName().toString().replace(".xhtml", ""))
                  .filter(page -> !WITH_DIALOGS.contains(page))
                  .filter(page -> !here.contains("/" + page)))
          .isEmpty();
    }
  }

  /**
   * Pages of one thing, which {@code GermanLooksBrowserIT} opens; and the page behind {@code /}.
   */
  private static final Set<String> WITH_DIALOGS =
      Set.of("invitation", "overview", "supplier-import", "webhook");
}
