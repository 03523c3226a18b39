package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Visitor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The language of pages: the person's, the browser's, English. The server's machine is Turkish. */
class LanguageHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String GERMAN = "de-AT,en;q=0.5";
  private static final String ENGLISH = "en-GB,de;q=0.5";

  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final Visitor visitor = new Visitor(SERVER);

  private String person(String name) {
    String email = name + "@" + organisation + ".example";
    control.user(organisation, email, "ADMINISTRATOR", KeyturnServer.ADMIN_PASSWORD);
    return email;
  }

  private static Visitor.Page choose(Visitor visitor, String language, String back) {
    return visitor.post(
        "/language",
        Map.of("language", language, "return", back),
        Map.of("Origin", SERVER.uri("").toString()));
  }

  private static void assertGerman(Visitor.Page page, String text) {
    assertThat(page.html()).contains("<html").contains("lang=\"de\"").contains(text);
    assertThat(page.headers().firstValue("Content-Language")).contains("de");
  }

  private static void assertEnglish(Visitor.Page page, String text) {
    assertThat(page.html()).contains("<html").contains("lang=\"en\"").contains(text);
    assertThat(page.headers().firstValue("Content-Language")).contains("en");
  }

  @Test
  void browserSaysTheLanguageOfTheFirstPage() {
    Visitor.Page page = visitor.speaking(GERMAN).open("/login");

    assertGerman(page, "<h1>Anmelden</h1>");
    assertThat(String.join(",", page.headers().allValues("Vary")))
        .contains("Accept-Language", "Cookie");
    assertEnglish(visitor.speaking(ENGLISH).open("/login"), "<h1>Sign in</h1>");
    assertEnglish(new Visitor(SERVER).open("/login"), "<h1>Sign in</h1>");
  }

  @Test
  void languageThatIsChosenBeforeSigningInCountsInThisBrowser() {
    Visitor.Page back = choose(visitor, "de", "/login?return=%2Fprofile");

    assertThat(back.uri().toString()).endsWith("/login?return=%2Fprofile");
    assertThat(visitor.cookie("keyturn-language")).isEqualTo("de");
    assertGerman(back, "<h1>Anmelden</h1>");
    assertGerman(visitor.speaking(ENGLISH).open("/login"), "<h1>Anmelden</h1>");
    assertEnglish(choose(visitor, "en", "/login"), "<h1>Sign in</h1>");
  }

  @Test
  void languageOfAPersonCountsInEveryBrowser() {
    String email = person("ann");
    visitor.signIn(email, KeyturnServer.ADMIN_PASSWORD);
    assertEnglish(visitor.open("/profile"), "<h1>Profile</h1>");

    assertGerman(choose(visitor, "de", "/profile"), "<h1>Profil</h1>");

    Visitor elsewhere = new Visitor(SERVER).signIn(email, KeyturnServer.ADMIN_PASSWORD);
    assertGerman(
        elsewhere.speaking(ENGLISH).open("/settings/api-authentication"), "API-Schlüssel erzeugen");
    assertGerman(elsewhere.speaking(ENGLISH).open("/"), "<h1>Übersicht</h1>");
  }

  @Test
  void onlyPagesOfThisSiteChooseALanguage() {
    Visitor.Page forged =
        visitor.post(
            "/language", Map.of("language", "de"), Map.of("Origin", "http://evil.example"));

    assertThat(forged.status()).isEqualTo(403);
    assertThat(visitor.cookie("keyturn-language")).isEmpty();
    assertThat(choose(visitor, "fr", "/login").status()).isEqualTo(400);
    assertThat(visitor.open("/language").status()).isEqualTo(405);
    assertThat(choose(visitor, "de", "https://evil.example/").uri().getHost())
        .isEqualTo(SERVER.uri("").getHost());
  }

  @Test
  void whatServicesSayIsTranslatedOnPages() {
    assertGerman(
        visitor.speaking(GERMAN).trySignIn(person("bob"), "not the password"),
        "E-Mail-Adresse oder Passwort ist falsch.");
  }

  @Test
  void failuresAreTranslatedForBrowsersAndEnglishInTheApi() {
    assertGerman(
        visitor.speaking(GERMAN).open("/nothing-here"), "Unter dieser Adresse gibt es nichts.");
    assertThat(visitor.speaking(GERMAN).open("/api/v1/nothing-here").html())
        .contains("Nothing is found at this address.");
  }
}
