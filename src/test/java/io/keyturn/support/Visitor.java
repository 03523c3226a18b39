package io.keyturn.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody who opens the console's pages without a browser: keeps cookies, and sends forms back as
 * the pages would, or as they would not.
 */
public final class Visitor {
  private static final Pattern STATE_IN_ANSWER =
      Pattern.compile("jakarta\\.faces\\.ViewState[^>]*><!\\[CDATA\\[([^\\]]+)");

  private final KeyturnServer server;
  private String language = "";
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /** The state of each page as its last answer by ajax has left it, by the state it began with. */
  private final Map<String, String> states = new HashMap<>();

  public Visitor(KeyturnServer server) {
    this.server = server;
  }

  /** Where the visitor has come to, and what stands there. */
  public record Page(int status, URI uri, HttpHeaders headers, String html) {
    public String path() {
      return uri.getPath();
    }

    /** What a button in the table row that an attribute names calls, or in the menu of the rows. */
    private Call call(String attribute, String value, String button) {
      Pattern named =
          Pattern.compile(
              "<button [^>]*?(?:name=\"%1$s\" data-do=\"(\\w+)|data-act=\"%1$s)\""
                  .formatted(button));
      Matcher matcher = named.matcher(row(attribute, value));
      if (!matcher.find()) {
        matcher = named.matcher(html);
        assertThat(matcher.find()).as(button + " of " + value + " in " + html).isTrue();
      }
      Map<String, String> fields = new HashMap<>(Map.of("row", rowId(attribute, value)));
      if (matcher.group(1) == null) {
        fields.put("act", button);
      }
      return new Call(matcher.group(1) == null ? "keyAct" : matcher.group(1), fields);
    }

    /** A function of the page, and what is passed to it. */
    private record Call(String function, Map<String, String> fields) {}

    private String row(String attribute, String value) {
      String from = html.substring(html.indexOf(attribute + "=\"" + value + "\""));
      int end = from.indexOf("</tr>");
      return end < 0 ? from : from.substring(0, end);
    }

    /** The id that the buttons of a row send. */
    private String rowId(String attribute, String value) {
      Matcher id = Pattern.compile("^[^>]* data-row=\"([^\"]+)\"").matcher(row(attribute, value));
      return id.find() ? id.group(1) : value;
    }

    /** The value of an option of a select field. */
    public String option(String label) {
      return group("<option value=\"([^\"]+)\"[^>]*>" + Pattern.quote(label));
    }

    /** The first group of a pattern that must be in the page. */
    public String group(String pattern) {
      Matcher matcher = Pattern.compile(pattern).matcher(html);
      assertThat(matcher.find()).as(pattern + " in " + html).isTrue();
      return matcher.group(1);
    }
  }

  /** The session, for requests by other means. */
  public String cookies() {
    return cookies.getCookieStore().getCookies().stream()
        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  public Page open(String path) {
    return send(HttpRequest.newBuilder(server.uri(path)).GET());
  }

  /**
   * Reads pages in a language.
   *
   * @param accepted the value of {@code Accept-Language}
   */
  public Visitor speaking(String accepted) {
    language = accepted;
    return this;
  }

  /** Signs in, and must get in. */
  public Visitor signIn(String email, String password) {
    Page page = trySignIn(email, password);
    assertThat(page.path()).as(page.html()).isNotEqualTo("/login");
    return this;
  }

  public Page trySignIn(String email, String password) {
    return submit(
        open("/login"),
        "form",
        "form:sign-in",
        Map.of("form:email", email, "form:password", password));
  }

  /** Opens a page and presses a button of it that works without ajax. */
  public Page submit(String path, String button) {
    return submit(open(path), button.substring(0, button.indexOf(':')), button, Map.of());
  }

  /** Sends a form back whole, as a button without ajax does. */
  public Page submit(Page page, String form, String button, Map<String, String> fields) {
    return post(page, form(page, form, button, fields));
  }

  /** What a button without ajax sends. */
  public Map<String, String> form(
      Page page, String form, String button, Map<String, String> fields) {
    Map<String, String> all = hidden(page, form);
    all.put(button, button);
    all.putAll(fields);
    return all;
  }

  /** Presses a button in the table row that an attribute names, and does what its script does. */
  public Page pressInRow(Page page, String attribute, String value, String button, String render) {
    Page.Call call = page.call(attribute, value, button);
    String command =
        page.group(
            call.function()
                + "\\s*=\\s*function\\(\\)\\s*\\{\\s*return PrimeFaces.ab\\(\\{s:\"([^\"]+)\"");
    return press(page, command.substring(0, command.indexOf(':')), command, call.fields(), render);
  }

  /** Presses a button that works by ajax; answers the partial response. */
  public Page press(
      Page page, String form, String button, Map<String, String> fields, String render) {
    Page answer = post(page, ajax(page, form, button, fields, render));
    Matcher state = STATE_IN_ANSWER.matcher(answer.html());
    if (state.find()) {
      states.put(state(page), state.group(1));
    }
    return answer;
  }

  /** Presses a button that brings more of the page; answers the page with it. */
  public Page unfold(Page page, String form, String button, String render) {
    Page more = press(page, form, button, Map.of(), render);
    return new Page(page.status(), page.uri(), page.headers(), page.html() + more.html());
  }

  /** What a button with ajax sends. */
  public Map<String, String> ajax(
      Page page, String form, String button, Map<String, String> fields, String render) {
    Map<String, String> all = form(page, form, button, fields);
    all.put("jakarta.faces.partial.ajax", "true");
    all.put("jakarta.faces.source", button);
    all.put("jakarta.faces.partial.execute", "@all");
    all.put("jakarta.faces.partial.render", render);
    return all;
  }

  private static String state(Page page) {
    return page.group("name=\"jakarta.faces.ViewState\"[^>]* value=\"([^\"]+)\"");
  }

  private Map<String, String> hidden(Page page, String form) {
    Map<String, String> hidden = new LinkedHashMap<>();
    hidden.put(form + "_SUBMIT", "1");
    hidden.put("jakarta.faces.ViewState", states.getOrDefault(state(page), state(page)));
    hidden.put("primefaces.nonce", page.group("PrimeFaces.csp.init\\('([^']+)'\\)"));
    return hidden;
  }

  private Page post(Page page, Map<String, String> fields) {
    return post(page.path(), fields, Map.of("Origin", server.uri("").toString()));
  }

  /** Posts fields with these headers. */
  public Page post(String path, Map<String, String> fields, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encode(fields)));
    headers.forEach(request::header);
    if (fields.containsKey("jakarta.faces.partial.ajax")) {
      request.header("Faces-Request", "partial/ajax");
    }
    return send(request);
  }

  /** Sends fields in the address, from the page's own origin. */
  public Page query(String method, String path, Map<String, String> fields) {
    return send(
        HttpRequest.newBuilder(server.uri(path + "?" + encode(fields)))
            .header("Origin", server.uri("").toString())
            .method(method, BodyPublishers.noBody()));
  }

  /** Sends a form to whatever site, as one's browser does that was led there. */
  public Page enter(URI address, Map<String, String> fields) {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encode(fields))));
  }

  private static String encode(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(f -> encode(f.getKey()) + "=" + encode(f.getValue()))
        .collect(Collectors.joining("&"));
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Page send(HttpRequest.Builder request) {
    if (!language.isEmpty()) {
      request.header("Accept-Language", language);
    }
    try {
      HttpResponse<String> response =
          client.send(
              request.timeout(Duration.ofSeconds(60)).header("Accept", "text/html").build(),
              HttpResponse.BodyHandlers.ofString());
      return new Page(response.statusCode(), response.uri(), response.headers(), response.body());
    } catch (IOException e) {
      throw new AssertionError(e + "\n" + server.log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The value of a cookie, or nothing. */
  public String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(c -> c.getName().equals(name))
        .findFirst()
        .map(java.net.HttpCookie::getValue)
        .orElse("");
  }
}
