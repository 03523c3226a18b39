package io.keyturn.user.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Tls;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The session's cookie, over TLS and without. */
class SecureCookieH2IT {
  private static final KeyturnServer SERVER =
      KeyturnServer.named("secure-cookies").setting("KEYTURN_SECURE_COOKIES", "true");

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static String session(KeyturnServer server) {
    Api.Answer page = server.api().send("GET", "/login");
    assertThat(page.headers().allValues("Set-Cookie"))
        .as("before sign-in")
        .noneMatch(cookie -> cookie.contains("keyturn-session"));
    List<String> cookies =
        server
            .api()
            .post(
                "/login",
                "application/x-www-form-urlencoded",
                form(page.body()),
                "Origin",
                server.uri("").toString())
            .headers()
            .allValues("Set-Cookie");
    return cookies.stream().filter(c -> c.contains("keyturn-session")).findFirst().orElse("");
  }

  @Test
  void cookieForTlsHasTheHostPrefixAndAllThatGoesWithIt() {
    assertThat(session(SERVER))
        .startsWith("__Host-keyturn-session=")
        .contains("; Secure")
        .contains("; Path=/;")
        .contains("; HttpOnly")
        .contains("; SameSite=Lax")
        .doesNotContain("Domain");
  }

  @Test
  void cookieForPlainHttpHasNeitherPrefixNorSecure() {
    assertThat(session(KeyturnServer.shared()))
        .startsWith("keyturn-session=")
        .contains("; HttpOnly")
        .contains("; SameSite=Lax")
        .doesNotContain("Secure");
  }

  @Test
  void sessionOverTlsGetsANewIdAtSignInAndIsOfNoUseOverPlainHttp() throws Exception {
    CookieManager cookies = new CookieManager();
    HttpClient browser =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .sslContext(Tls.trustingAll())
            .build();
    URI login = URI.create("https://localhost:" + SERVER.setting("KEYTURN_HTTPS_PORT") + "/login");
    HttpResponse<String> page =
        browser.send(HttpRequest.newBuilder(login).build(), BodyHandlers.ofString());
    assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
    String before = session(cookies);

    HttpResponse<String> in =
        browser.send(
            HttpRequest.newBuilder(login)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", login.resolve("/").toString().replaceFirst("/$", ""))
                .POST(BodyPublishers.ofString(form(page.body())))
                .build(),
            BodyHandlers.ofString());

    assertThat(in.statusCode()).as(in.body()).isEqualTo(302);
    assertThat(session(cookies)).isNotEmpty().isNotEqualTo(before);
    HttpResponse<String> profile =
        browser.send(
            HttpRequest.newBuilder(login.resolve("/profile")).build(), BodyHandlers.ofString());
    assertThat(profile.statusCode()).isEqualTo(200);
    HttpResponse<String> plain =
        browser.send(
            HttpRequest.newBuilder(SERVER.uri("/profile")).build(), BodyHandlers.ofString());
    assertThat(plain.statusCode()).as("the cookie is not sent").isEqualTo(302);
  }

  private static String session(CookieManager cookies) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("__Host-keyturn-session"))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  private static String form(String page) {
    return Map.of(
            "form_SUBMIT",
            "1",
            "form:sign-in",
            "form:sign-in",
            "form:email",
            KeyturnServer.ADMIN_EMAIL,
            "form:password",
            KeyturnServer.ADMIN_PASSWORD,
            "jakarta.faces.ViewState",
            first(page, "name=\"jakarta.faces.ViewState\"[^>]* value=\"([^\"]+)\""),
            "primefaces.nonce",
            first(page, "PrimeFaces.csp.init\\('([^']+)'\\)"))
        .entrySet()
        .stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String first(String page, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    assertThat(matcher.find()).as(page).isTrue();
    return matcher.group(1);
  }
}
