package io.keyturn.user.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PlatformServer;
import io.keyturn.support.TestProvider;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing in by a provider of OpenID Connect that runs beside the server. */
class SingleSignOnHttpIT {
  private static final KeyturnServer SERVER = PlatformServer.get();
  private static final Control CONTROL = SERVER.control();
  private static final TestProvider PROVIDER = PlatformServer.PROVIDER;
  private static final String START = "/sign-in/oidc";
  private static final String PASSWORD = "correct horse battery";

  private final String email = "p" + UUID.randomUUID() + "@demo.example";

  private static Page come(Visitor visitor) {
    return visitor.open(START);
  }

  private TestProvider.Person person() {
    return PROVIDER.next().email(email).roles("staff");
  }

  private static void refused(Page page, String words) {
    assertThat(page.path()).as(page.html()).isEqualTo("/login");
    assertThat(page.html()).contains(words);
  }

  private List<String> events() {
    return CONTROL.actionsOn(email);
  }

  @Test
  void whoeverTheProviderVouchesForGetsAnAccountAndIsIn() {
    Visitor visitor = new Visitor(SERVER);
    Page login = visitor.open("/login");
    assertThat(login.html()).contains("Sign in with Acme Login").contains("href=\"" + START);
    String before = visitor.cookie("keyturn-session");
    person().roles("other", "keys").claim("name", "Ada Lovelace").comes();

    Page in = come(visitor);

    assertThat(in.path()).as(in.html()).isEqualTo("/");
    assertThat(visitor.open("/profile").html()).contains("Ada Lovelace").contains("Key manager");
    assertThat(visitor.cookie("keyturn-session")).isNotEmpty().isNotEqualTo(before);
    assertThat(events()).containsExactly("USER_CREATED", "USER_JOINED", "SIGNED_IN");
    assertThat(SERVER.logs()).doesNotContain(TestProvider.SECRET);
  }

  @Test
  void pageThatWasAskedForOpensAfterwardsAndNoneOfAnotherSite() {
    person().roles("admins").comes();
    Visitor visitor = new Visitor(SERVER);
    assertThat(visitor.open(START + "?return=%2Fsettings%2Fusers").path())
        .isEqualTo("/settings/users");

    PROVIDER.next().email("q" + email).roles("keys").comes();
    Page home = new Visitor(SERVER).open(START + "?return=%2F%2Fattacker.example");
    assertThat(home.uri().getHost()).isEqualTo("localhost");
    assertThat(home.path()).isEqualTo("/");
  }

  @Test
  void roleFollowsTheClaimAtEachSignIn() {
    TestProvider.Person person = person().subject("s-" + email);
    person.roles("staff").comes();
    Visitor first = new Visitor(SERVER);
    come(first);
    assertThat(first.open("/profile").html()).contains("Viewer");

    person.roles("staff", "admins").comes();
    come(new Visitor(SERVER));

    assertThat(first.open("/profile").html()).contains("Administrator");
    assertThat(events()).contains("USER_ROLE_CHANGED");
    person.roles("staff").comes();
    come(new Visitor(SERVER));
    assertThat(first.open("/settings/users").status()).isEqualTo(403);
  }

  @Test
  void invitedPersonJoinsByIt() {
    Visitor administrator =
        new Visitor(SERVER).signIn(KeyturnServer.ADMIN_EMAIL, KeyturnServer.ADMIN_PASSWORD);
    Page users = administrator.open("/settings/users");
    administrator.press(
        users,
        "invite",
        "invite:invite",
        Map.of("invite:email", email, "invite:role", users.option("Key manager")),
        "messages users:table");
    person().comes();

    Visitor visitor = new Visitor(SERVER);
    come(visitor);

    assertThat(visitor.open("/profile").html()).contains("Viewer");
    assertThat(
            CONTROL.sql(
                "SELECT 1 FROM one_time_link l JOIN app_user u ON u.id = l.user_id WHERE u.email ="
                    + " '%s'".formatted(email)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nonce, another-nonce, nonce",
    "aud, another-client, audience",
    "iss, http://attacker.example/keyturn, issuer"
  })
  void tokenThatIsNotForThisSignInIsRefused(String claim, String value, String reason) {
    person().claim(claim, claim.equals("aud") ? List.of(value) : value).comes();

    refused(come(new Visitor(SERVER)), "is not valid for this platform and this sign-in");

    assertThat(SERVER.log().lines().filter(l -> l.contains("single sign-on:")))
        .last()
        .asString()
        .contains("ID token was refused")
        .contains(reason);
    assertThat(events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "aud, keyturn-test another-client, another audience",
    "aud, another-client keyturn-test, another audience",
    "azp, another-client, azp"
  })
  void tokenThatIsForOthersTooIsRefused(String claim, String values, String reason) {
    List<String> all = List.of(values.split(" "));
    person().claim(claim, claim.equals("aud") ? all : values).comes();

    refused(come(new Visitor(SERVER)), "is not valid for this platform and this sign-in");

    assertThat(SERVER.log().lines().filter(l -> l.contains("single sign-on:")))
        .last()
        .asString()
        .contains("ID token was refused")
        .contains(reason);
    assertThat(events()).isEmpty();
  }

  @Test
  void tokenThatNamesThisClientAsItsPartyIsTaken() {
    person().claim("aud", List.of("keyturn-test")).claim("azp", "keyturn-test").comes();

    come(new Visitor(SERVER));

    assertThat(events()).contains("SIGNED_IN");
  }

  @ParameterizedTest
  @CsvSource({"PT1H, ''", "-PT1H, token"})
  void expiredTokenIsRefused(Duration lifetime, String refused) {
    Browser browser = new Browser();
    String address = browser.location(SERVER.uri(START));
    URI callback = URI.create(browser.location(URI.create(address)));
    Map<String, Object> claims =
        Map.of(
            "sub",
            email,
            "aud",
            "keyturn-test",
            "nonce",
            address.replaceFirst(".*[?&]nonce=([^&]*).*", "$1"),
            "email",
            email,
            "email_verified",
            true,
            "roles",
            "staff");
    PROVIDER.answers(claims, lifetime);

    String location = browser.location(callback);

    assertThat(location).endsWith(refused.isEmpty() ? "/" : "/login?sso=" + refused);
    assertThat(events().isEmpty()).isEqualTo(!refused.isEmpty());
    if (!refused.isEmpty()) {
      assertThat(SERVER.log()).contains("Expired JWT");
    }
  }

  @Test
  void stateThatIsNotOfThisSessionIsRefusedAndEndsThatSignIn() {
    Browser browser = new Browser();
    URI callback = browser.untilCallback();

    person().comes();
    assertThat(browser.location(forged(callback))).endsWith("/login?sso=not_begun");
    assertThat(browser.location(callback)).as("it is used up").endsWith("/login?sso=not_begun");
    refused(new Visitor(SERVER).open("/login?sso=not_begun"), "was not pending in this browser");
    // The provider still has the person of this test: use that up.
    come(new Visitor(SERVER));
  }

  private static URI forged(URI callback) {
    return URI.create(callback.toString().replaceFirst("state=[^&]*", "state=" + "A".repeat(43)));
  }

  @Test
  void answerForAnotherBrowserIsRefused() {
    URI callback = new Browser().untilCallback();

    assertThat(new Browser().location(callback)).endsWith("/login?sso=not_begun");
  }

  @Test
  void answerIsTakenOnceAndForTenMinutes() {
    Browser browser = new Browser();
    person().roles("keys").comes();
    URI callback = browser.untilCallback();
    assertThat(browser.location(callback)).endsWith(":" + SERVER.port() + "/");
    assertThat(browser.location(callback)).endsWith("/login?sso=not_begun");

    Browser late = new Browser();
    URI other = late.untilCallback();
    CONTROL.turn(Duration.ofMinutes(10));
    assertThat(late.location(other)).endsWith("/login?sso=not_begun");
  }

  @Test
  void addressOfTheProviderHasPkceStateAndNonce() {
    String address = new Browser().location(SERVER.uri(START));

    assertThat(address)
        .startsWith(PROVIDER.issuer())
        .contains("response_type=code")
        .contains("code_challenge_method=S256")
        .containsPattern("[?&]code_challenge=[A-Za-z0-9_-]{43}(&|$)")
        .containsPattern("[?&]state=[A-Za-z0-9_-]{43}(&|$)")
        .containsPattern("[?&]nonce=[A-Za-z0-9_-]{43}(&|$)")
        .doesNotContain(TestProvider.SECRET);
  }

  @Test
  void whoCancelsAtTheProviderIsToldSo() {
    Browser browser = new Browser();
    String state = browser.untilCallback().getQuery().replaceFirst(".*state=([^&]*).*", "$1");

    String location =
        browser.location(SERVER.uri(START + "/callback?error=access_denied&state=" + state));

    assertThat(location).endsWith("/login?sso=denied");
  }

  @Test
  void roleThatIsNotKnownIsRefused() {
    person().roles("strangers").comes();
    refused(come(new Visitor(SERVER)), "gives you no role that is known here");
    person().roles("ghosts").comes();
    refused(come(new Visitor(SERVER)), "gives you no role that is known here");

    assertThat(events()).containsOnly("SIGN_IN_REFUSED");
    assertThat(CONTROL.sql("SELECT 1 FROM app_user WHERE email = '" + email + "'")).isEmpty();
  }

  @Test
  void unverifiedAddressIsRefused() {
    person().claim("email_verified", false).comes();
    refused(come(new Visitor(SERVER)), "does not say that your email address is verified");
    PROVIDER.next().claim("email", email).roles("staff").comes();
    refused(come(new Visitor(SERVER)), "does not say that your email address is verified");

    assertThat(CONTROL.sql("SELECT 1 FROM app_user WHERE email = '" + email + "'")).isEmpty();
  }

  @Test
  void deactivatedPersonIsRefused() {
    TestProvider.Person person = person().subject("d-" + email);
    person.comes();
    come(new Visitor(SERVER));
    CONTROL.deactivate(email);

    person.comes();

    refused(come(new Visitor(SERVER)), "Your account here is deactivated");
  }

  @Test
  void addressThatIsGivenToSomebodyElseLaterOpensNobodysAccount() {
    person().subject("first-" + email).comes();
    come(new Visitor(SERVER));

    person().subject("second-" + email).roles("admins").comes();

    refused(come(new Visitor(SERVER)), "belongs to another account here");
  }

  @Test
  void personOfAnotherOrganisationIsRefused() {
    String organisation = CONTROL.organisation();
    CONTROL.user(organisation, email, "ADMINISTRATOR", PASSWORD);

    person().roles("admins").comes();

    refused(come(new Visitor(SERVER)), "belongs to another account here");
  }

  @Test
  void lastAdministratorStaysAdministrator() {
    CONTROL
        .sql(
            "SELECT email FROM app_user WHERE email <> '%s' AND organisation_id ="
                    .formatted(KeyturnServer.ADMIN_EMAIL)
                + " (SELECT id FROM organisation WHERE domain = 'demo') AND deactivated_at IS NULL"
                + " AND joined_at IS NOT NULL AND role_id = (SELECT id FROM role WHERE name ="
                + " 'Administrator' AND organisation_id = (SELECT id FROM organisation WHERE domain"
                + " = 'demo'))")
        .forEach(row -> CONTROL.deactivate(row.getString("email")));
    PROVIDER.next().email(KeyturnServer.ADMIN_EMAIL).roles("staff").comes();

    refused(come(new Visitor(SERVER)), "You are the last active administrator here");

    Visitor visitor =
        new Visitor(SERVER).signIn(KeyturnServer.ADMIN_EMAIL, KeyturnServer.ADMIN_PASSWORD);
    assertThat(visitor.open("/profile").html()).contains("Administrator");
  }

  @ParameterizedTest
  @CsvSource({"'', false", "?anew=true, true", "'', true"})
  void secretIsShownOnlyAfterARecentProofAtTheProvider(String query, boolean shown) {
    TestProvider.Person person = person().roles("admins");
    if (query.isEmpty() && shown) {
      person.claim("auth_time", CONTROL.now().getEpochSecond());
    }
    person.comes();
    Visitor visitor = new Visitor(SERVER);
    Page page = visitor.open(START + query);
    if (!query.isEmpty()) {
      assertThat(page.uri().toString()).as("it asks anew").startsWith(PROVIDER.issuer());
      Page back = visitor.enter(page.uri(), Map.of("username", "s-" + email, "claims", "{}"));
      assertThat(back.path()).as(back.html()).isEqualTo("/");
    }
    String key = CONTROL.key(Control.wish().named("k " + email)).id();
    page = visitor.open("/settings/api-authentication");

    Page answer = visitor.pressInRow(page, "data-key", key, "show", "messages");

    assertThat(answer.html().contains("kt_live_")).as(answer.html()).isEqualTo(shown);
    assertThat(answer.html().contains("confirm&#34;:true")).isEqualTo(!shown);
    assertThat(answer.html().contains("anew=true")).as("the way to prove").isEqualTo(!shown);
  }

  @Test
  void withoutAProviderThereIsNoButtonAndNoWayIn() {
    Visitor visitor = new Visitor(KeyturnServer.shared());

    assertThat(visitor.open("/login").html()).doesNotContain("Sign in with");
    refused(visitor.open(START), "Single sign-on is not set up here");
  }

  /** One that stops at each redirect. */
  private static final class Browser {
    private final HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** Goes to the provider, and stops before the address to which that leads back. */
    URI untilCallback() {
      return URI.create(location(URI.create(location(SERVER.uri(START)))));
    }

    /** Where an address leads. */
    String location(URI address) {
      try {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
        return address
            .resolve(
                answer
                    .headers()
                    .firstValue("Location")
                    .orElseThrow(() -> new AssertionError(answer + answer.body())))
            .toString();
      } catch (IOException e) {
        throw new AssertionError(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void codeThatIsEmptyIsNone() {
    Browser browser = new Browser();
    String state = browser.untilCallback().getQuery().replaceFirst(".*state=([^&]*).*", "$1");

    assertThat(browser.location(SERVER.uri(START + "/callback?code=&state=" + state)))
        .endsWith("/login?sso=denied");
  }

  @Test
  void nameWithControlCharactersOrNoEndIsReplacedByTheAddress() {
    int i = 0;
    for (String name : List.of("A\u0000da", "A\u202eda", "n".repeat(5000))) {
      Visitor visitor = new Visitor(SERVER);
      String address = i++ + email;
      PROVIDER.next().email(address).roles("staff").claim("name", name).comes();

      come(visitor);
      assertThat(visitor.open("/profile").html()).contains("<dt>Name</dt><dd>" + address);
    }
  }

  @Test
  void subjectThatCannotBeKeptIsRefused() {
    for (String subject : List.of("s".repeat(5000), "s\u0000s")) {
      person().subject(subject).comes();

      refused(come(new Visitor(SERVER)), "");
    }
    person().claim("email", "x".repeat(5000) + "\u0000").comes();
    refused(come(new Visitor(SERVER)), "");
  }

  @Test
  void longPathToReturnToIsNoFailure() {
    person().comes();

    assertThat(new Visitor(SERVER).open(START + "?return=" + "/a".repeat(3000)).status())
        .isIn(200, 404);
  }
}
