package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From where, and how, a page is told to act; and what it takes before somebody signs in. */
class ActsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PASSWORD = "a password of many words";
  private static final String KEYS = "/settings/api-authentication";

  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final String email = "admin@" + organisation + ".example";
  private final Visitor visitor = new Visitor(SERVER);
  private Page page;

  @BeforeEach
  void openPage() {
    control.user(organisation, email, "ADMINISTRATOR", PASSWORD);
    visitor.signIn(email, PASSWORD);
    page = visitor.open(KEYS);
  }

  private Map<String, String> generate(Map<String, String> other) {
    Map<String, String> fields =
        new HashMap<>(
            visitor.ajax(
                page,
                "create",
                "create:generate",
                Map.of("create:name", "Created", "create:environment", "live"),
                "messages"));
    fields.putAll(other);
    return fields;
  }

  private void assertNothingDone(Page answer, int status) {
    assertThat(answer.status()).as(answer.html()).isEqualTo(status);
    assertThat(answer.html()).contains("Nothing was done");
    assertThat(visitor.open(KEYS).html()).doesNotContain("Created</a>");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "https://evil.example,none",
        "http://localhost.evil.example,none",
        "http://localhost:1,none",
        "null,none",
        "none,none",
        "none,cross-site",
        "none,same-site",
        "none,none-such",
        "own,cross-site",
        "https://evil.example,same-origin",
        "not an origin,none"
      })
  void actFromElsewhereIsNotDone(String origin, String site) {
    Map<String, String> headers = new HashMap<>();
    if (origin != null) {
      headers.put("Origin", origin.equals("own") ? SERVER.uri("").toString() : origin);
    }
    if (site != null) {
      headers.put("Sec-Fetch-Site", site);
    }

    assertNothingDone(visitor.post(KEYS, generate(Map.of()), headers), 403);
  }

  @Test
  void actFromHereIsDone() {
    Page done = visitor.post(KEYS, generate(Map.of()), Map.of("Sec-Fetch-Site", "same-origin"));

    assertThat(done.html()).contains("was generated");
  }

  @Test
  void signInFromElsewhereIsNotDone() {
    Visitor stranger = new Visitor(SERVER);
    Page login = stranger.open("/login");
    Map<String, String> fields =
        stranger.form(
            login, "form", "form:sign-in", Map.of("form:email", email, "form:password", PASSWORD));

    Page refused = stranger.post("/login", fields, Map.of("Origin", "https://evil.example"));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(stranger.cookie("keyturn-session")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "PATCH", "DELETE"})
  void actByAnotherMethodIsNotDone(String method) {
    Page answer = visitor.query(method, KEYS, generate(Map.of()));

    assertThat(answer.status()).isEqualTo(405);
    assertThat(visitor.open(KEYS).html()).doesNotContain("Created</a>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"})
  void actWithoutTheNonceOfItsPageIsNotDone(String nonce) {
    assertNothingDone(
        visitor.post(
            KEYS,
            generate(Map.of("primefaces.nonce", nonce)),
            Map.of("Origin", SERVER.uri("").toString())),
        400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stateless", "", "!", "AAAA", "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA=="})
  void actWithAForgedStateIsNotDone(String state) {
    assertNothingDone(
        visitor.post(
            KEYS,
            generate(Map.of("jakarta.faces.ViewState", state)),
            Map.of("Origin", SERVER.uri("").toString())),
        400);
  }

  @Test
  void stateOfAnotherPageIsNotTaken() {
    Page other = visitor.open("/settings/roles");
    String state = other.group("name=\"jakarta.faces.ViewState\"[^>]* value=\"([^\"]+)\"");

    assertNothingDone(
        visitor.post(
            KEYS,
            generate(Map.of("jakarta.faces.ViewState", state)),
            Map.of("Origin", SERVER.uri("").toString())),
        400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/login", "/api-documentation", "/invitation?token=x", "/", "/profile", KEYS})
  void thereIsNoSessionBeforeSignIn(String path) {
    Visitor stranger = new Visitor(SERVER);

    Page opened = stranger.open(path);
    stranger.trySignIn(email, "wrong");

    assertThat(opened.headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.contains("session"));
    assertThat(stranger.cookies()).doesNotContain("session");
  }

  @Test
  void namesAndPasswordsAreReadAsTheyWereTyped() {
    String name = "Jürgen Größe Ελένη 🗝️";
    String password = "Größe Ελλάδα 🗝️ 12";
    Page users = visitor.open("/settings/users");
    String link =
        visitor
            .press(
                users,
                "invite",
                "invite:invite",
                Map.of(
                    "invite:email",
                    "j@" + organisation,
                    "invite:role",
                    users.option("Key manager")),
                "messages")
            .group("(/invitation\\?token=[A-Za-z0-9_-]{43})");
    Visitor invited = new Visitor(SERVER);
    Page joined =
        invited.submit(
            invited.open(link),
            "form",
            "form:follow",
            Map.of(
                "token",
                link.substring(link.indexOf('=') + 1),
                "form:name",
                name,
                "form:new_password",
                password,
                "form:repeated",
                password));
    assertThat(joined.path()).as(joined.html()).isNotEqualTo("/invitation");
    assertThat(invited.open("/profile").html()).contains("<dd>" + name + "</dd>");
    new Visitor(SERVER).signIn("j@" + organisation, password);

    // By ajax, as the page itself does it.
    Page changed =
        invited.press(
            invited.open("/change-password"),
            "form",
            "form:change",
            Map.of(
                "form:old_password", password,
                "form:new_password", password + "ß",
                "form:repeated", password + "ß"),
            "form");
    assertThat(changed.html()).contains("<redirect url=");
    new Visitor(SERVER).signIn("j@" + organisation, password + "ß");
  }
}
