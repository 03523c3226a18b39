package io.keyturn;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody who opens the console's pages without a browser: keeps cookies, and sends forms back as
 * the pages would, or as they would not.
 */
final class Visitor {
  private final KeyturnServer server;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  Visitor(KeyturnServer server) {
    this.server = server;
  }

  /** Where the visitor has come to, and what stands there. */
  record Page(int status, URI uri, HttpHeaders headers, String html) {
    String path() {
      return uri.getPath();
    }

    /** The id of a button in the table row that an attribute names. */
    private String inRow(String attribute, String value, String button) {
      String from = html.substring(html.indexOf(attribute + "=\"" + value + "\""));
      Matcher matcher =
          Pattern.compile("id=\"([a-z]+:rows:[0-9]+:" + button + ")\"")
              .matcher(from.substring(0, from.indexOf("</tr>")));
      assertThat(matcher.find()).as(button + " of " + value + " in " + html).isTrue();
      return matcher.group(1);
    }

    /** The value of an option of a select field. */
    String option(String label) {
      return group("<option value=\"([^\"]+)\"[^>]*>" + Pattern.quote(label));
    }

    /** The first group of a pattern that must be in the page. */
    String group(String pattern) {
      Matcher matcher = Pattern.compile(pattern).matcher(html);
      assertThat(matcher.find()).as(pattern + " in " + html).isTrue();
      return matcher.group(1);
    }
  }

  /** The session, for requests by other means. */
  String cookies() {
    return cookies.getCookieStore().getCookies().stream()
        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  Page open(String path) {
    return send(HttpRequest.newBuilder(server.uri(path)).GET());
  }

  /** Signs in, and must get in. */
  Visitor signIn(String email, String password) {
    Page page = trySignIn(email, password);
    assertThat(page.path()).as(page.html()).isNotEqualTo("/login");
    return this;
  }

  Page trySignIn(String email, String password) {
    return submit(
        open("/login"),
        "form",
        "form:sign-in",
        Map.of("form:email", email, "form:password", password));
  }

  /** Opens a page and presses a button of it that works without ajax. */
  Page submit(String path, String button) {
    return submit(open(path), button.substring(0, button.indexOf(':')), button, Map.of());
  }

  /** Sends a form back whole, as a button without ajax does. */
  Page submit(Page page, String form, String button, Map<String, String> fields) {
    Map<String, String> all = hidden(page, form);
    all.put(button, button);
    all.putAll(fields);
    return post(page, all);
  }

  /** Presses a button in the table row that an attribute names, and does what its script does. */
  Page pressInRow(Page page, String attribute, String value, String button, String render) {
    String call =
        Pattern.quote("'" + page.inRow(attribute, value, button) + "'")
            + "(?s:.{0,200}?)(%s)\\(\\[\\{name: 'row', value: '(%s)'\\}\\]\\)";
    String function = page.group(call.formatted("\\w+", "[^']+"));
    String row = page.group(call.formatted("?:\\w+", "[^']+"));
    String command =
        page.group(
            function
                + "\\s*=\\s*function\\(\\)\\s*\\{\\s*return PrimeFaces.ab\\(\\{s:\"([^\"]+)\"");
    return press(
        page, command.substring(0, command.indexOf(':')), command, Map.of("row", row), render);
  }

  /** Presses a button that works by ajax; answers the partial response. */
  Page press(Page page, String form, String button, Map<String, String> fields, String render) {
    Map<String, String> all = hidden(page, form);
    all.put("jakarta.faces.partial.ajax", "true");
    all.put("jakarta.faces.source", button);
    all.put("jakarta.faces.partial.execute", "@all");
    all.put("jakarta.faces.partial.render", render);
    all.put(button, button);
    all.putAll(fields);
    return post(page, all);
  }

  private static Map<String, String> hidden(Page page, String form) {
    Map<String, String> hidden = new LinkedHashMap<>();
    hidden.put(form + "_SUBMIT", "1");
    hidden.put(
        "jakarta.faces.ViewState",
        page.group("name=\"jakarta.faces.ViewState\"[^>]* value=\"([^\"]+)\""));
    hidden.put("primefaces.nonce", page.group("PrimeFaces.csp.init\\('([^']+)'\\)"));
    return hidden;
  }

  private Page post(Page page, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(f -> encode(f.getKey()) + "=" + encode(f.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(page.path()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    if (fields.containsKey("jakarta.faces.partial.ajax")) {
      request.header("Faces-Request", "partial/ajax");
    }
    return send(request);
  }

  /** Sends a form to whatever site, as one's browser does that was led there. */
  Page enter(URI address, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(f -> encode(f.getKey()) + "=" + encode(f.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Page send(HttpRequest.Builder request) {
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
  String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(c -> c.getName().equals(name))
        .findFirst()
        .map(java.net.HttpCookie::getValue)
        .orElse("");
  }
}
