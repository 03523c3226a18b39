package io.keyturn.user.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RawHttp;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds while and after somebody signs in by password. */
class SignInHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Control CONTROL = SERVER.control();
  private static final String PASSWORD = "correct horse battery";
  private static final String LATER = "There were too many failed attempts";

  private String email = "";

  @BeforeEach
  void createPerson() {
    String organisation = CONTROL.organisation();
    email = "p" + UUID.randomUUID() + "@" + organisation;
    CONTROL.user(organisation, email, "ADMINISTRATOR", PASSWORD);
  }

  private static Visitor visitor() {
    return new Visitor(SERVER);
  }

  private int passwordsLookedAt() {
    return CONTROL
        .sql(
            "SELECT 1 FROM audit_event WHERE action = 'SIGN_IN_FAILED' AND subject_name = '%s'"
                .formatted(email))
        .size();
  }

  @Test
  void ofAHundredGuessesForAnAccountFewAreLookedAtAndTheRightOneNeitherUntilLater() {
    int shutOut = 0;
    for (int i = 0; i < 100; i++) {
      String address = "127.0.1." + (1 + i % 50);
      shutOut += trySignIn(address, email, "guess number " + i).contains(LATER) ? 1 : 0;
    }

    assertThat(passwordsLookedAt()).isBetween(5, 12);
    assertThat(shutOut).isEqualTo(100 - passwordsLookedAt());
    assertThat(trySignIn("127.0.1.99", email, PASSWORD)).contains(LATER);
    CONTROL.turn(Duration.ofMinutes(15));
    visitor().signIn(email, PASSWORD);
  }

  @Test
  void addressThatGuessesManyAccountsIsShutOutAndNobodyElse() {
    String address = "127.0.2.1";
    trySignIn(address, "nobody-1@nowhere.example", "a wrong password");
    trySignIn(address, "nobody-2@nowhere.example", "a wrong password");
    // Wrong links count alike, and need no hashing.
    int links = 0;
    while (link(address) == 404) {
      links++;
    }
    assertThat(links).as("the thirtieth failure closes").isEqualTo(28);
    for (int more = 0; more < 2; more += link(address) == 404 ? 1 : 0) {}

    assertThat(trySignIn(address, email, PASSWORD)).contains(LATER);
    assertThat(trySignIn("127.0.2.2", email, PASSWORD)).contains("Redirecting");
  }

  /** The cookie by which a browser is known again, after a sign-in that worked. */
  private static String known(String address, String email) {
    Api.Answer in = send(address, signIn(address, email, PASSWORD, ""));
    assertThat(in.body()).contains("Redirecting");
    String cookie =
        in.headers().allValues("Set-Cookie").stream()
            .filter(c -> c.startsWith("keyturn-known-"))
            .findFirst()
            .orElseThrow();
    assertThat(cookie)
        .contains("HttpOnly")
        .contains("SameSite=Lax")
        .containsPattern("Expires=|Max-Age=15552000");
    return cookie.replaceFirst(";.*", "");
  }

  /** Guesses until the account is shut for two minutes. */
  private void guess(String address) {
    int wrong = 0;
    while (wrong < 11) {
      if (trySignIn(address, email, "a guess").contains(LATER)) {
        CONTROL.turn(Duration.ofMinutes(1));
      } else {
        wrong++;
      }
    }
  }

  @Test
  void strangersGuessesShutNobodyOutAtAKnownBrowserOrAddress() {
    String browser = known("127.0.3.1", email);
    String other = "o" + email;
    CONTROL.user("demo", other, "VIEWER", PASSWORD);
    String foreign = known("127.0.3.4", other);
    String forged = browser.replaceFirst("=.*", "") + foreign.replaceFirst("^[^=]*", "");

    guess("127.0.3.99");

    assertThat(trySignIn("127.0.3.2", email, PASSWORD)).contains(LATER).contains("try again later");
    assertThat(send("127.0.3.3", signIn("127.0.3.3", email, PASSWORD, forged)).body())
        .as("the cookie of another account")
        .contains(LATER);
    assertThat(send("127.0.3.3", signIn("127.0.3.3", email, PASSWORD, browser)).body())
        .as("a known browser")
        .contains("Redirecting");
    assertThat(trySignIn("127.0.3.1", email, PASSWORD))
        .as("a known address")
        .contains("Redirecting");
    assertThat(trySignIn("127.0.3.2", email, PASSWORD)).as("a new place still").contains(LATER);
  }

  @Test
  void knownBrowserGuessesNoMoreThanAnyOther() {
    String browser = known("127.0.5.1", email);
    int wrong = 0;
    while (wrong < 10) {
      String address = "127.0.5." + (2 + wrong);
      if (send(address, signIn(address, email, "a guess", browser)).body().contains(LATER)) {
        CONTROL.turn(Duration.ofMinutes(1));
        assertThat(wrong).as("the first five are free").isGreaterThanOrEqualTo(5);
      } else {
        wrong++;
      }
    }

    assertThat(send("127.0.5.19", signIn("127.0.5.19", email, PASSWORD, browser)).body())
        .contains(LATER);
    assertThat(trySignIn("127.0.5.20", email, PASSWORD)).as("elsewhere").contains("Redirecting");
  }

  @Test
  void strangersGuessesKeepNobodyFromConfirmingOrChangingTheirPassword() {
    Visitor visitor = visitor().signIn(email, PASSWORD);
    guess("127.0.6.99");

    int wrong = 0;
    while (wrong < 10) {
      String html = change(visitor, "not the old one").html();
      if (html.contains(LATER)) {
        CONTROL.turn(Duration.ofMinutes(1));
        assertThat(wrong).as("the first five are free").isGreaterThanOrEqualTo(5);
      } else {
        assertThat(html).contains("is not your password");
        wrong++;
      }
    }
    assertThat(change(visitor, PASSWORD).html())
        .contains(LATER)
        .contains("try again later")
        .doesNotContain("is not your password");
    CONTROL.turn(Duration.ofMinutes(2));
    assertThat(change(visitor, PASSWORD).path()).isNotEqualTo("/change-password");
  }

  @Test
  void faultsOfANewPasswordAreToldAtOnceAndEachGuessOfTheOldPasswordCounts() {
    Visitor visitor = visitor().signIn(email, PASSWORD);

    assertThat(changeToUnfit(visitor, "wrong").html())
        .contains("Old Password is not your password.")
        .contains("New Password must have 12 to 200 characters.")
        .contains("Repeat New Password is not the same as the new password.");
    assertThat(changeToUnfit(visitor, "short").html())
        .contains("is not your password", "must be another than the old password");
    String html = "";
    for (int i = 0; i < 10 && !html.contains(LATER); i++) {
      html = changeToUnfit(visitor, "a guess").html();
    }
    assertThat(html).contains(LATER).doesNotContain("is not your password");
    assertThat(changeToUnfit(visitor, PASSWORD).html())
        .contains(LATER)
        .doesNotContain("must have 12 to 200 characters");
    CONTROL.turn(Duration.ofMinutes(2));
    assertThat(changeToUnfit(visitor, PASSWORD).html())
        .contains("must have 12 to 200 characters")
        .doesNotContain("is not your password");
    visitor().signIn(email, PASSWORD);
  }

  @Test
  void emptyPasswordsAreToldBesideOtherFaultsAndAreNoGuesses() {
    Visitor visitor = visitor().signIn(email, PASSWORD);

    String html = "";
    for (int i = 0; i < 8; i++) {
      html = change(visitor, "", "short", "").html();
    }
    assertThat(html)
        .contains("Enter your old password.")
        .contains("New Password must have 12 to 200 characters.")
        .contains("Enter the password again.")
        .doesNotContain(LATER);
    assertThat(change(visitor, "wrong", "", "another").html())
        .contains("Old Password is not your password.")
        .contains("Enter a password.")
        .contains("Repeat New Password is not the same as the new password.");
    assertThat(change(visitor, "", "", "").html())
        .contains("Enter your old password.", "Enter a password.", "Enter the password again.")
        .doesNotContain("must be another");
  }

  private static Page changeToUnfit(Visitor visitor, String old) {
    return change(visitor, old, "short", "shirt");
  }

  private static Page change(Visitor visitor, String old) {
    return change(visitor, old, "staple battery horse", "staple battery horse");
  }

  private static Page change(Visitor visitor, String old, String wanted, String repeated) {
    return visitor.submit(
        visitor.open("/change-password"),
        "form",
        "form:change",
        Map.of("form:old_password", old, "form:new_password", wanted, "form:repeated", repeated));
  }

  @Test
  void ofSixtyGuessersAtOnceMostAreRefusedAtOnceAndApiAndKnownBrowsersGoOn() throws Exception {
    Control.Key key = CONTROL.key();
    String browser = known("127.0.7.1", email);
    List<Callable<String>> guesses = new ArrayList<>();
    CyclicBarrier start = new CyclicBarrier(61);
    for (int i = 0; i < 60; i++) {
      String address = "127.0.8." + (1 + i);
      String request = signIn(address, "nobody-" + i + "@nowhere.example", "a wrong password", "");
      guesses.add(
          () -> {
            start.await();
            return send(address, request).body();
          });
    }
    String right = signIn("127.0.7.2", email, PASSWORD, browser);
    ExecutorService threads = Executors.newFixedThreadPool(60);
    try {
      List<Future<String>> answers = guesses.stream().map(threads::submit).toList();
      start.await();
      do {
        assertThat(SERVER.api().me(key.secret()).status()).isEqualTo(200);
      } while (answers.stream().filter(Future::isDone).count() < 20);
      assertThat(send("127.0.7.2", right).body()).contains("Redirecting");
      int refused = 0;
      for (Future<String> answer : answers) {
        refused += answer.get().contains("Too many people sign in at once") ? 1 : 0;
      }
      assertThat(refused).isGreaterThanOrEqualTo(20);
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/api-documentation", "/no/such/page", "/openapi/ui/"})
  void noPageIsShownInAFrameOfAnotherSite(String path) {
    Api.Answer page = SERVER.api().send("GET", path, "Accept", "text/html");

    assertThat(page.header("X-Frame-Options")).contains("DENY");
    if (!path.startsWith("/openapi/")) {
      assertThat(page.header("Content-Security-Policy").orElse(""))
          .contains("frame-ancestors 'none'");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "/%09/evil.example/",
        "/profile\r\nX-Evil: 1"
      })
  void signingInLeadsToNoOtherSite(String wish) {
    String login = "/login?return=" + URLEncoder.encode(wish, StandardCharsets.UTF_8);
    Visitor visitor = visitor();

    Visitor.Page in =
        visitor.submit(
            visitor.open(login),
            "form",
            "form:sign-in",
            Map.of("form:email", email, "form:password", PASSWORD));

    assertThat(in.uri().getAuthority()).isEqualTo("localhost:" + SERVER.port());
    assertThat(in.path()).isNotEqualTo("/login").doesNotContain("evil");
  }

  private static int link(String address) {
    String guess = "/invitation?token=" + "C".repeat(43);
    return RawHttp.send(SERVER, address, RawHttp.get(guess, "Host: localhost")).status();
  }

  /** The page with a message, or where it leads on. */
  private static String trySignIn(String address, String email, String password) {
    return send(address, signIn(address, email, password, "")).body();
  }

  private static Api.Answer send(String address, String request) {
    return RawHttp.send(SERVER, address, request);
  }

  /** Opens the page, and prepares the request that gives a password. */
  private static String signIn(String address, String email, String password, String cookie) {
    Api.Answer page = RawHttp.send(SERVER, address, RawHttp.get("/login", "Host: localhost"));
    String cookies =
        page.headers().allValues("Set-Cookie").stream()
            .map(c -> c.replaceFirst(";.*", ""))
            .collect(Collectors.joining("; "));
    String body =
        form(
            Map.of(
                "form_SUBMIT",
                "1",
                "form:sign-in",
                "form:sign-in",
                "form:email",
                email,
                "form:password",
                password,
                "jakarta.faces.ViewState",
                first(page, "name=\"jakarta.faces.ViewState\"[^>]* value=\"([^\"]+)\""),
                "primefaces.nonce",
                first(page, "PrimeFaces.csp.init\\('([^']+)'\\)")));
    return """
    POST /login HTTP/1.1
    Host: localhost
    Origin: http://localhost
    Connection: close
    Cookie: %s; %s
    Content-Type: application/x-www-form-urlencoded
    Content-Length: %d

    """
            .formatted(cookies, cookie, body.length())
            .replace("\n", "\r\n")
        + body;
  }

  private static String form(Map<String, String> fields) {
    StringBuilder form = new StringBuilder();
    fields.forEach(
        (name, value) ->
            form.append(form.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return form.toString();
  }

  private static String first(Api.Answer page, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(page.body());
    assertThat(matcher.find()).as(page.body()).isTrue();
    return matcher.group(1);
  }

  @Test
  void sessionEndsAfterThirtyMinutesWithoutARequest() {
    Visitor visitor = visitor().signIn(email, PASSWORD);
    for (int i = 0; i < 3; i++) {
      CONTROL.turn(Duration.ofMinutes(29));
      assertThat(visitor.open("/profile").path()).isEqualTo("/profile");
    }

    CONTROL.turn(Duration.ofMinutes(31));

    assertThat(visitor.open("/profile").path()).isEqualTo("/login");
  }

  @Test
  void generatedPasswordMustBeChangedBeforeAnythingElse() {
    email = "due-" + email;
    CONTROL.userWhoMustChange(CONTROL.organisation(), email, "ADMINISTRATOR", PASSWORD);
    Visitor visitor = visitor().signIn(email, PASSWORD);

    for (String path : new String[] {"/settings/users", "/profile", "/settings/organisation"}) {
      assertThat(visitor.open(path).path()).as(path).isEqualTo("/change-password");
    }
    Page form = visitor.open("/change-password");
    visitor.submit(
        form,
        "form",
        "form:change",
        Map.of(
            "form:old_password", PASSWORD,
            "form:new_password", "staple battery horse",
            "form:repeated", "staple battery horse"));

    assertThat(visitor.open("/settings/users").path()).isEqualTo("/settings/users");
    visitor().signIn(email, "staple battery horse");
  }

  /** Also one that is too long for the stack of a careless pattern. */
  @ParameterizedTest
  @ValueSource(strings = {"/a", "/settings", "/-"})
  void longPathToReturnToIsNoFailure(String part) {
    Visitor visitor = visitor();
    String wish = part.repeat(6000 / part.length());

    Visitor.Page in =
        visitor.submit(
            visitor.open("/login?return=" + wish),
            "form",
            "form:sign-in",
            Map.of("form:email", email, "form:password", PASSWORD));

    assertThat(in.status()).as(in.html()).isEqualTo(404);
    assertThat(in.path()).isEqualTo(wish);
  }
}
