package io.keyturn.verification;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.secret.Secret;
import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RawHttp;
import io.keyturn.support.RenewalClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a secret is worth, by status and in words. */
class VerificationHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();

  @Test
  void activeKeyTellsAboutItself() {
    Key key = control.key(Control.wish().environment("test").scopes("suppliers:read"));

    Answer answer = api.me(key.secret());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var me = answer.json();
    assertThat(me.getJsonObject("organisation").getString("domain")).isEqualTo("demo");
    assertThat(me.getJsonObject("api_key").getString("id")).isEqualTo(key.id());
    assertThat(me.getJsonObject("api_key").getString("name")).isEqualTo(key.name());
    assertThat(me.getJsonObject("api_key").getString("environment")).isEqualTo("test");
    assertThat(me.getJsonArray("scopes").getString(0)).isEqualTo("suppliers:read");
    assertThat(me.getInt("secret_number")).isEqualTo(1);
    assertThat(Instant.parse(me.getString("secret_expires_at"))).isEqualTo(key.until());
    assertThat(Instant.parse(me.getString("next_refresh_at")))
        .isEqualTo(key.until().minus(Duration.ofHours(1)));
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.body()).doesNotContain(key.secret());
  }

  @Test
  void secretIsTakenFromEitherHeaderAndTheSchemeInAnyCase() {
    Key key = control.key();

    assertThat(api.send("GET", "/api/v1/me", "X-API-Key", key.secret()).status()).isEqualTo(200);
    assertThat(api.send("GET", "/api/v1/me", "Authorization", "bEARER " + key.secret()).status())
        .isEqualTo(200);
  }

  @Test
  void noSecretIsUnauthenticatedWithAChallengeThatNamesNoError() {
    Answer answer = api.send("GET", "/api/v1/me");

    assertProblem(answer, 401, "unauthenticated");
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer realm=\"keyturn\"");
  }

  @Test
  void wrongSecretIsAnInvalidToken() {
    Answer answer = api.me(Secret.random("kt", "live").reveal());

    assertProblem(answer, 401, "unauthenticated");
    assertThat(answer.header("WWW-Authenticate"))
        .contains(
            "Bearer realm=\"keyturn\", error=\"invalid_token\", error_description=\"This secret is"
                + " not known here. Was it copied whole, and for this organisation?\"");
  }

  @Test
  void mistypedSecretIsUnauthenticated() {
    String secret = control.key().secret();
    char last = secret.charAt(secret.length() - 1);

    String mistyped = secret.substring(0, secret.length() - 1) + (last == 'a' ? 'b' : 'a');
    for (String wrong :
        new String[] {
          mistyped,
          secret + "x",
          secret.substring(1),
          secret.toLowerCase(java.util.Locale.ROOT),
          "x",
          ""
        }) {
      assertProblem(api.me(wrong), 401, "unauthenticated");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic YTpi", "Digest username=\"a\"", "Negotiate YII=", "Bearer", "", "x"})
  void authorizationOfAnotherSchemeIsNoSecondSecret(String authorization) {
    Key key = control.key();

    Answer answer =
        RawHttp.send(
            SERVER,
            RawHttp.get(
                "/api/v1/me",
                "Host: localhost",
                "Authorization: " + authorization,
                "X-API-Key: " + key.secret()));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(
            api.send(
                    "GET",
                    "/api/v1/me",
                    "Authorization",
                    "Basic YTpi",
                    "Authorization",
                    "Bearer " + key.secret())
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, %s, is not of the scheme Bearer",
    "Authorization, Token %s, is not of the scheme Bearer",
    "Authorization, ApiKey %s, is not of the scheme Bearer",
    "Authorization, Bearer%s, is not of the scheme Bearer",
    "Authorization, Basic YTpi, is not of the scheme Bearer",
    "Authorization, Bearer Bearer %s, The word Bearer stands before the secret",
    "X-API-Key, Bearer %s, The word Bearer stands before the secret",
    "X-API-Key, Token %s, Other characters stand before the secret",
    "Authorization, 'Bearer \"%s\"', Other characters stand before the secret"
  })
  void secretThatIsSentAnotherWayIsAnsweredHowToSendIt(String header, String value, String why) {
    Answer answer = api.send("GET", "/api/v1/me", header, value.formatted(control.key().secret()));

    assertProblem(answer, 401, "unauthenticated");
    assertThat(answer.json().getString("detail"))
        .contains(why)
        .contains("Authorization: Bearer <secret>, or X-API-Key: <secret>")
        .doesNotContain("copied whole");
  }

  @Test
  void secretOfARenewalCredentialIsToldWhatItIsFor() {
    RenewalClient client = RenewalClient.of(SERVER, control.key());

    Answer answer = api.me(client.secret());

    assertProblem(answer, 401, "unauthenticated");
    assertThat(answer.json().getString("detail")).contains("/api/v1/oauth/token");
  }

  @Test
  void nonsenseIsToldWhatASecretLooksLike() {
    assertThat(api.me("x").json().getString("detail")).contains("kt_live_");
  }

  @Test
  void refreshedSecretSaysSoAndWhen() {
    Key key = control.key();
    Instant before = control.now();
    control.refresh(key, Duration.ZERO);
    Instant after = control.now();

    Answer answer = api.me(key.secret());

    assertProblem(answer, 401, "secret_refreshed");
    assertThat(answer.header("WWW-Authenticate").orElse("")).contains("error=\"invalid_token\"");
    assertThat(timeIn(answer))
        .isBetween(before.truncatedTo(ChronoUnit.SECONDS), after.truncatedTo(ChronoUnit.SECONDS));
  }

  @Test
  void secretOfARevokedKeySaysSoAndWhen() {
    Key key = control.key();
    Instant before = control.now();
    control.revoke(key);

    Answer answer = api.me(key.secret());

    assertProblem(answer, 401, "key_revoked");
    assertThat(timeIn(answer)).isAfterOrEqualTo(before.truncatedTo(ChronoUnit.SECONDS));
  }

  @Test
  void secretOfAnExpiredKeySaysSoAndWhen() {
    Key key = control.key();
    control.sql("UPDATE api_key SET expires_at = created_at WHERE id = '%s'".formatted(key.id()));

    assertProblem(api.me(key.secret()), 401, "key_expired");
  }

  @Test
  void keyOfASuspendedOrganisationIsUnknown() {
    String domain = control.organisation();
    Key key = control.key(Control.wish().in(domain));
    assertThat(api.me(key.secret()).status()).isEqualTo(200);
    control.sql(
        "UPDATE organisation SET suspended_at = created_at WHERE domain = '%s'".formatted(domain));

    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "unauthenticated"));
  }

  @Test
  void revokedKeyIsRefusedASecondLaterAtTheLatestHoweverBusyItIs() {
    Key key = control.key();
    assertThat(api.me(key.secret()).status()).isEqualTo(200);
    control.revoke(key);
    long revoked = System.nanoTime();

    int accepted = 0;
    do {
      // Read before the request, which is sent in any case: it must not keep the cache warm.
      boolean late = System.nanoTime() - revoked > 1_000_000_000L;
      boolean works = api.me(key.secret()).status() == 200;
      accepted += late && works ? 1 : 0;
    } while (System.nanoTime() - revoked < 1_500_000_000L);

    assertThat(accepted).isZero();
    assertProblem(api.me(key.secret()), 401, "key_revoked");
  }

  @Test
  void missingScopeIsNamedInTheProblemAndInTheChallenge() {
    Key key = control.key(Control.wish().scopes("api-keys:read"));

    Answer answer = api.get("/api/v1/suppliers", key.secret());

    assertProblem(answer, 403, "insufficient_scope");
    assertThat(answer.json().getString("scope")).isEqualTo("suppliers:read");
    assertThat(answer.header("WWW-Authenticate"))
        .contains(
            "Bearer realm=\"keyturn\", error=\"insufficient_scope\", scope=\"suppliers:read\"");
    assertThat(answer.header("RateLimit")).isPresent();
  }

  @Test
  void authenticatedAnswersTellTheRateAndTheEndOfTheSecret() {
    Key key = control.key();

    Answer first = api.me(key.secret());
    Answer second = api.me(key.secret());

    assertThat(first.header("RateLimit-Policy")).contains("\"minute\";q=6000;w=60");
    assertThat(first.header("RateLimit").orElse("")).matches("\"minute\";r=5999;t=[0-9]+");
    assertThat(second.header("RateLimit").orElse("")).matches("\"minute\";r=(5998|5999);t=[0-9]+");
    assertThat(first.header("X-API-Key-Expires-At"))
        .contains(key.until().truncatedTo(ChronoUnit.SECONDS).toString());
    assertThat(first.header("X-API-Key-Retired-At")).isEmpty();
  }

  @Test
  void useOfAKeyIsRecorded() {
    Key key = control.key();
    api.me(key.secret());

    Eventually.within(
        Duration.ofSeconds(20),
        () ->
            assertThat(
                    control.sql(
                        "SELECT last_used_at FROM api_key_use WHERE api_key_id = '%s'"
                            .formatted(key.id())))
                .hasSize(1));
  }

  private static Instant timeIn(Answer answer) {
    String detail = answer.json().getString("detail");
    return Instant.parse(detail.replaceAll(".*?([0-9]{4}-[0-9:TZ-]+Z).*", "$1"));
  }
}
