package io.keyturn;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person at the pages, without a browser: a cookie, forms, buttons. */
final class PageClient {
  private static final Pattern INPUT = Pattern.compile("<input [^>]*>");

  private final KeyturnServer server;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  PageClient(KeyturnServer server) {
    this.server = server;
  }

  /** Signs in. */
  PageClient signIn(String email, String password) {
    HttpResponse<String> answer =
        press("/login", "form:sign-in", Map.of("form:email", email, "form:password", password));
    if (answer.uri().getPath().equals("/login")) {
      throw new AssertionError("not signed in: " + answer.body());
    }
    return this;
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(server.uri(path)).GET());
  }

  /** Opens a page and presses the button with this id. */
  HttpResponse<String> press(String path, String button) {
    return press(path, button, Map.of());
  }

  /** Opens a page, fills in fields and presses the button with this id. */
  HttpResponse<String> press(String path, String button, Map<String, String> fields) {
    String page = get(path).body();
    String form = button.substring(0, button.indexOf(':'));
    Matcher found =
        Pattern.compile("<form id=\"" + form + "\".*?action=\"([^\"]*)\".*?</form>", Pattern.DOTALL)
            .matcher(page);
    if (!found.find()) {
      throw new AssertionError("no form " + form + " in " + page);
    }
    Map<String, String> all = new LinkedHashMap<>();
    INPUT
        .matcher(found.group())
        .results()
        .map(input -> input.group())
        .filter(input -> attribute(input, "type").equals("hidden"))
        .forEach(input -> all.put(attribute(input, "name"), attribute(input, "value")));
    // What PrimeFaces' script adds.
    Matcher nonce = Pattern.compile("nonce=\"([^\"]+)\"").matcher(page);
    if (nonce.find()) {
      all.put("primefaces.nonce", nonce.group(1));
    }
    all.putAll(fields);
    all.put(button, "");
    String body =
        all.entrySet().stream()
            .map(f -> encode(f.getKey()) + "=" + encode(f.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(server.uri(found.group(1).replace("&amp;", "&")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String attribute(String tag, String name) {
    Matcher matcher = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(tag);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
