package io.keyturn.console;

import io.keyturn.guide.Guide;
import io.keyturn.guide.Guides;
import io.keyturn.organisation.HostNames;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /docs}, the guides below it, and {@code /problems}, a page for each kind of problem.
 * {@link DocsServlet} says which.
 */
@Named
@RequestScoped
public class DocsPage {
  /** The address of the server in the guides' examples. */
  private static final String EXAMPLE = "http://localhost:9080";

  /** What stands for this server in the guides; services of others cannot reach localhost. */
  private static final Pattern EXAMPLES =
      Pattern.compile(EXAMPLE + "|https://keyturn\\.example\\.com(?!:)");

  @Inject private Guides guides;
  @Inject private HostNames hosts;
  @Inject private HttpServletRequest request;

  private String words = "";
  private final Reading<List<Guides.Found>> found = new Reading<>();

  /** The guide of this page: the first guide where the address names no other. */
  public Guide getGuide() {
    return guides.at(attribute(DocsServlet.GUIDE)).orElseThrow();
  }

  /** The code of the problem that this page is about, or nothing. */
  public String getProblem() {
    return attribute(DocsServlet.PROBLEM);
  }

  private String attribute(String name) {
    return Objects.requireNonNullElse((String) request.getAttribute(name), "");
  }

  /** The heading of the page, for the browser's title. */
  public String getTitle() {
    if (isSearching()) {
      return "Search the documentation";
    }
    return getProblem().isEmpty() ? getGuide().title() : getProblem();
  }

  /**
   * The contents, with the address of this server in its examples. Links stay on the host of the
   * page, because the person has signed in there.
   */
  public String getHtml() {
    String html =
        getProblem().isEmpty()
            ? getGuide().html()
            : guides.problem(getProblem()).orElseThrow().html();
    return EXAMPLES
        .matcher(html.replace("href=\"" + EXAMPLE + "/", "href=\"/"))
        .replaceAll(Matcher.quoteReplacement(hosts.forPrograms(request)));
  }

  /** Whether the page shows what a search has found. */
  public boolean isSearching() {
    return !words.isBlank();
  }

  /** What the search has found. */
  public List<Guides.Found> getFound() {
    return found.get(() -> guides.search(words));
  }

  /** The words that are searched for. */
  public String getWords() {
    return words;
  }

  public void setWords(@Nullable String words) {
    this.words = Objects.requireNonNullElse(words, "");
  }
}
