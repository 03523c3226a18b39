package io.keyturn.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RawHttp;
import io.keyturn.support.RenewalClient;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Renewal by OAuth 2.0 client credentials (RFC 6749 §4.4). */
class OAuthTokenHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Duration DAY = Duration.ofDays(1);
  private static final String GRANT = RenewalClient.GRANT;

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();

  @BeforeEach
  void noneOfTheServersOwn() {
    control.awayFromTheMinute();
  }

  private RenewalClient client() {
    return RenewalClient.of(SERVER, control.key());
  }

  private static void assertError(Answer answer, int status, String error) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.json().getString("error")).isEqualTo(error);
    assertThat(answer.json().getString("error_description"))
        .matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    assertThat(answer.header("WWW-Authenticate").isPresent()).isEqualTo(status == 401);
  }

  private void assertRefused(RenewalClient client) {
    assertError(client.renew(), 401, "invalid_client");
  }

  private Instant accepted(String secret) {
    return Instant.parse(api.me(secret).header("X-API-Key-Expires-At").orElseThrow());
  }

  @Test
  void currentSecretIsAnswered() {
    RenewalClient client = client();

    Answer answer = client.renew();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.header("Pragma")).contains("no-cache");
    JsonObject token = answer.json();
    assertThat(token.keySet())
        .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "scope");
    assertThat(token.getString("access_token")).isEqualTo(client.key().secret());
    assertThat(token.getString("token_type")).isEqualTo("Bearer");
    assertThat(token.getString("scope")).isEqualTo("suppliers:read");
    assertThat(api.me(token.getString("access_token")).status()).isEqualTo(200);
  }

  @Test
  void expiresInSaysWhenTheSecretStopsWorkingItsGracePeriodIncluded() {
    RenewalClient client =
        RenewalClient.of(SERVER, control.key(Control.wish().policy("PT24H", "PT0S")));
    control.turn(Duration.ofHours(23).plusMinutes(20));

    int seconds = client.renew().json().getInt("expires_in");

    assertThat(seconds).isBetween(40 * 60 - 60, 40 * 60);
    control.turn(Duration.ofSeconds(seconds - 5));
    assertThat(api.me(client.key().secret()).status()).isEqualTo(200);
    control.turn(Duration.ofSeconds(6));
    assertThat(api.me(client.key().secret()).status()).isEqualTo(401);
  }

  /** Else a client that caches by it would stay broken after a refresh without grace. */
  @Test
  void expiresInIsAtMostAnHourAndFetchingAgainGivesTheSameSecret() {
    RenewalClient client = client();
    JsonObject first = client.renew().json();
    control.turn(Duration.ofHours(1));
    JsonObject second = client.renew().json();

    assertThat(first.getInt("expires_in")).isEqualTo(3_600);
    assertThat(second.getInt("expires_in")).isEqualTo(3_600);
    assertThat(second.getString("access_token")).isEqualTo(first.getString("access_token"));
  }

  @Test
  void clientMayAuthenticateInTheBody() {
    RenewalClient client = client();

    Answer answer =
        client.post(GRANT + "&client_id=" + client.id() + "&client_secret=" + client.secret());

    assertThat(answer.json().getString("access_token")).isEqualTo(client.key().secret());
  }

  @Test
  void renewalAnswersTheSuccessorAfterEachRefresh() {
    RenewalClient client = client();
    String first = client.token();
    control.turn(DAY.plusSeconds(1));
    control.refreshDue();
    String second = client.token();
    String third = control.refresh(control.reveal(client.key()), Duration.ZERO).secret();

    assertThat(second).isNotEqualTo(first);
    assertThat(client.token()).isEqualTo(third);
  }

  @Test
  void dueKeyIsRefreshedOnTheSpot() {
    RenewalClient client = client();
    control.turn(DAY.plusMinutes(10));

    Answer answer = client.renew();

    assertThat(answer.json().getString("access_token")).isNotEqualTo(client.key().secret());
    assertThat(accepted(answer.json().getString("access_token"))).isAfter(control.now().plus(DAY));
    assertThat(api.me(answer.json().getString("access_token")).status()).isEqualTo(200);
    assertThat(api.me(client.key().secret()).status()).as("in its grace period").isEqualTo(200);
  }

  @Test
  void deadSecretIsReplacedOnTheSpot() {
    RenewalClient client = client();
    control.turn(DAY.multipliedBy(3));

    assertThat(api.me(client.token()).status()).isEqualTo(200);
  }

  @Test
  void manyClientsAtOnceRefreshADueKeyOnce() throws Exception {
    RenewalClient client = client();
    control.turn(DAY.plusMinutes(1));
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<String>> tokens =
        IntStream.range(0, 32).mapToObj(i -> pool.submit(client::token)).toList();

    for (Future<String> token : tokens) {
      assertThat(token.get()).isEqualTo(tokens.get(0).get());
    }
    pool.shutdown();
    assertThat(control.reveal(client.key()).number()).isEqualTo(2);
  }

  @Test
  void successorOfANearlyDeadSecretComesEarlyAndCutsNoPromise() {
    Key key = control.key(Control.wish().policy("PT1H", "PT0S"));
    RenewalClient client = RenewalClient.of(SERVER, key);
    Instant promised = accepted(key.secret());
    control.turn(Duration.ofMinutes(59).plusSeconds(20));

    Answer answer = client.renew();

    assertThat(answer.json().getString("access_token")).isNotEqualTo(key.secret());
    assertThat(answer.json().getInt("expires_in")).isBetween(3_600, 3_660);
    assertThat(api.me(key.secret()).header("X-API-Key-Expires-At")).contains(promised.toString());
    control.turn(Duration.ofMinutes(1));
    control.refreshDue();
    assertThat(control.reveal(key).number()).as("the batch has nothing left to do").isEqualTo(2);
  }

  @Test
  void keyThatEndsSoonIsNotRefreshedForNothing() {
    Key key = control.key();
    RenewalClient client = RenewalClient.of(SERVER, key);
    Instant end = control.now().plusSeconds(50);
    expire(key, end);

    Answer answer = client.renew();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(control.reveal(key).number()).isEqualTo(1);
  }

  private void expire(Key key, Instant end) {
    control.sql(
        "UPDATE api_key SET expires_at = TIMESTAMP WITH TIME ZONE '%s' WHERE id = '%s'"
            .formatted(end.toString().replace('T', ' ').replace("Z", "+00"), key.id()));
  }

  @Test
  void expiredKeyIsAnInvalidGrant() {
    RenewalClient client = client();
    expire(client.key(), control.now());

    assertError(client.renew(), 400, "invalid_grant");
  }

  /** A strict library refuses an answer with another scope than it asked for. */
  @Test
  void scopeMayBeAPartOfTheKeysAndIsAnsweredAsItWasAskedFor() {
    Key key = control.key(Control.wish().scopes("suppliers:read suppliers:write api-keys:read"));
    RenewalClient client = RenewalClient.of(SERVER, key);

    Answer some =
        client.post(
            GRANT + "&scope=suppliers:write+api-keys:read", "Authorization", client.basic());
    Answer none = client.post(GRANT + "&scope=", "Authorization", client.basic());

    assertThat(some.json().getString("scope")).isEqualTo("suppliers:write api-keys:read");
    assertThat(some.json().getString("access_token")).isEqualTo(key.secret());
    assertThat(none.json().getString("scope").split(" "))
        .containsExactlyInAnyOrder("suppliers:read", "suppliers:write", "api-keys:read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"suppliers:write", "suppliers:read+api-keys:manage", "nonsense", "%22"})
  void scopeThatTheKeyHasNotIsAnInvalidScope(String scope) {
    RenewalClient client = client();

    assertError(
        client.post(GRANT + "&scope=" + scope, "Authorization", client.basic()),
        400,
        "invalid_scope");
  }

  @Test
  void otherGrantTypesAreUnsupported() {
    RenewalClient client = client();

    assertError(
        client.post("grant_type=password", "Authorization", client.basic()),
        400,
        "unsupported_grant_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "scope=suppliers:read", GRANT + "&" + GRANT, GRANT + "&scope=%zz"})
  void malformedRequestsAreInvalid(String form) {
    RenewalClient client = client();

    assertError(client.post(form, "Authorization", client.basic()), 400, "invalid_request");
  }

  @Test
  void bothWaysOfAuthenticationAtOnceAreInvalid() {
    RenewalClient client = client();

    assertError(
        client.post(
            GRANT + "&client_id=" + client.id() + "&client_secret=" + client.secret(),
            "Authorization",
            client.basic()),
        400,
        "invalid_request");
  }

  @Test
  void otherBodiesAreInvalid() {
    RenewalClient client = client();

    assertError(
        api.post(
            "/api/v1/oauth/token",
            "application/json",
            "{\"grant_type\":\"client_credentials\"}",
            "Authorization",
            client.basic()),
        400,
        "invalid_request");
  }

  @Test
  void secretInTheAddressIsRefused() {
    RenewalClient client = client();
    String path = "/api/v1/oauth/token?client_secret=";

    assertThat(api.post(path + client.secret(), RenewalClient.FORM, GRANT).status()).isEqualTo(400);
    assertError(api.post(path + "x", RenewalClient.FORM, GRANT), 400, "invalid_request");
    assertThat(api.send("GET", "/api/v1/me?x=" + client.secret()).status()).isEqualTo(400);
    assertThat(api.send("GET", "/" + client.secret()).status()).isEqualTo(400);
  }

  @Test
  void failuresThatAnyEndpointHasAreOAuthErrorsToo() {
    RenewalClient client = client();
    String path = "/api/v1/oauth/token";

    Answer query =
        api.post(path + "?x=y", RenewalClient.FORM, GRANT, "Authorization", client.basic());
    Answer method = api.send("GET", path);

    assertError(query, 400, "invalid_request");
    assertThat(query.json().getString("error_description")).contains("x");
    assertError(method, 405, "invalid_request");
    assertThat(method.header("Allow").orElse("")).contains("POST");
  }

  @Test
  void authorizationOfAnotherSchemeIsForSomebodyElse() {
    RenewalClient client = client();

    Answer answer =
        client.post(
            GRANT + "&client_id=" + client.id() + "&client_secret=" + client.secret(),
            "Authorization",
            "Negotiate YII=");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void renewalOfARevokedKeyIsChangedByNobody() {
    RenewalClient client = client();
    control.revoke(client.key());

    for (String action : List.of("on", "replace", "limit", "off")) {
      assertThatThrownBy(() -> client.control(action, Map.of("networks", "")))
          .as(action)
          .hasMessageStartingWith("409 ")
          .hasMessageContaining("This API key was revoked at 20");
    }
  }

  @Test
  void everyRefusalOfAClientReadsTheSame() {
    RenewalClient client = client();
    RenewalClient ended = client();
    ended.control("off", Map.of());
    RenewalClient replaced = client();
    replaced.replaced();
    RenewalClient revoked = client();
    control.revoke(revoked.key());
    RenewalClient neverOn = new RenewalClient(SERVER, control.key(), "", client.secret());
    String domain = control.organisation();
    RenewalClient suspended = RenewalClient.of(SERVER, control.key(Control.wish().in(domain)));
    control.sql(
        "UPDATE organisation SET suspended_at = created_at WHERE domain = '" + domain + "'");
    RenewalClient elsewhere = RenewalClient.of(SERVER, control.key(), "192.0.2.0/24");
    String wrong = client.secret().substring(0, 57) + (client.secret().endsWith("0") ? "1" : "0");

    List<Answer> refusals =
        List.of(
            ended.renew(),
            replaced.renew(),
            revoked.renew(),
            suspended.renew(),
            elsewhere.renew(),
            post(neverOn.key().id(), client.secret()),
            post(client.id(), wrong),
            post(client.id(), client().secret()),
            post(client.id(), client.key().secret()),
            post(client.id(), ""),
            post(UUID.randomUUID().toString(), client.secret()),
            post("nonsense", client.secret()),
            raw("127.0.0.1", "Basic /zo="),
            raw("127.0.0.1", domain + ".localhost", client.basic()));

    for (Answer refusal : refusals) {
      assertError(refusal, 401, "invalid_client");
      assertThat(refusal.body()).isEqualTo(refusals.get(0).body());
      assertThat(refusal.header("WWW-Authenticate").orElseThrow()).startsWith("Basic ");
    }
    assertThat(client.renew().status()).isEqualTo(200);
  }

  private Answer post(String id, String secret) {
    return api.post(
        "/api/v1/oauth/token",
        RenewalClient.FORM,
        GRANT,
        "Authorization",
        RenewalClient.basic(id, secret));
  }

  @Test
  void keysSecretAndRenewalSecretAreNeverTakenForEachOther() {
    RenewalClient client = client();

    assertThat(api.me(client.secret()).status()).isEqualTo(401);
    assertError(post(client.id(), client.key().secret()), 401, "invalid_client");
  }

  @Test
  void wrongNetworkIsAudited() {
    RenewalClient client = RenewalClient.of(SERVER, control.key(), "192.0.2.0/24");
    assertRefused(client);

    assertThat(audit(client.key(), "RENEWAL_REFUSED")).hasSize(1);
    client.control("limit", Map.of("networks", "127.0.0.0/8"));
    assertThat(client.renew().status()).isEqualTo(200);
  }

  private List<JsonObject> audit(Key key, String action) {
    return control.sql(
        "SELECT details FROM audit_event WHERE subject_id = '%s' AND action = '%s'"
            .formatted(key.id(), action));
  }

  @Test
  void replacingStopsTheOldCredentialAtOnce() {
    RenewalClient old = client();
    assertThat(old.renew().status()).isEqualTo(200);

    RenewalClient next = old.replaced();

    assertRefused(old);
    assertThat(next.renew().status()).isEqualTo(200);
    assertThat(audit(old.key(), "RENEWAL_SWITCHED_ON")).hasSize(1);
    assertThat(audit(old.key(), "RENEWAL_REPLACED")).hasSize(1);
  }

  @Test
  void switchedOffItCanBeSwitchedOnAgain() {
    RenewalClient old = client();
    old.control("off", Map.of());
    RenewalClient next = RenewalClient.of(SERVER, old.key());

    assertRefused(old);
    assertThat(next.renew().status()).isEqualTo(200);
    assertThat(audit(old.key(), "RENEWAL_SWITCHED_OFF")).hasSize(1);
  }

  @Test
  void leakEndsTheRenewalCredential() {
    Key manager = control.key(Control.wish().scopes("api-keys:manage suppliers:read"));
    RenewalClient client = client();

    Answer answer =
        api.post(
            "/api/v1/api-keys/" + client.id() + "/leaked",
            "application/json",
            "{\"reason\":\"found in a log\"}",
            "Authorization",
            "Bearer " + manager.secret());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertRefused(client);
    assertThat(audit(client.key(), "RENEWAL_SWITCHED_OFF")).hasSize(1);
  }

  @Test
  void lastUseIsWrittenSoonAndNotAtOnce() {
    RenewalClient client = client();
    client.token();

    Eventually.within(
        Duration.ofSeconds(15),
        () ->
            assertThat(
                    control.sql(
                        "SELECT id FROM renewal_credential WHERE last_used_at IS NOT NULL"
                            + " AND api_key_id = '"
                            + client.id()
                            + "'"))
                .hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE renewal_credential SET networks = '' WHERE api_key_id = '%s'",
        "UPDATE renewal_credential SET id = '00000000-0000-4000-8000-000000000001'"
            + " WHERE api_key_id = '%s'"
      })
  void changedRowIsRefused(String tampering) {
    RenewalClient client = RenewalClient.of(SERVER, control.key(), "127.0.0.0/8");
    control.sql("DELETE FROM renewal_credential WHERE id = '00000000-0000-4000-8000-000000000001'");
    control.sql(tampering.formatted(client.id()));

    assertRefused(client);
    assertThat(SERVER.logs()).contains("was changed in the database by somebody else");
  }

  @Test
  void credentialMovedToAnotherKeyIsRefused() {
    RenewalClient weak = client();
    Key strong = control.key(Control.wish().scopes("suppliers:read api-keys:manage"));
    control.sql(
        "UPDATE renewal_credential SET api_key_id = '%1$s', active_api_key_id = '%1$s'"
                .formatted(strong.id())
            + " WHERE api_key_id = '"
            + weak.id()
            + "'");

    assertError(post(strong.id(), weak.secret()), 401, "invalid_client");
  }

  @Test
  void endedCredentialCannotBeRevived() {
    RenewalClient client = client();
    client.control("off", Map.of());
    control.sql(
        "UPDATE renewal_credential SET ended_at = NULL, active_api_key_id = api_key_id"
            + " WHERE api_key_id = '"
            + client.id()
            + "'");

    assertRefused(client);
  }

  @Test
  void wrongOnesAreSlowedDownPerAddressAndRightOnesPassThereToo() {
    RenewalClient inUse = client();
    RenewalClient neverUsed = client();
    assertThat(raw("127.0.0.41", inUse.basic()).status()).isEqualTo(200);
    String wrong = RenewalClient.basic(inUse.id(), neverUsed.secret());
    Answer last = raw("127.0.0.41", wrong);
    int tries = 1;
    while (last.status() == 401 && tries < 200) {
      last = raw("127.0.0.41", wrong);
      tries++;
    }

    assertThat(last.status()).isEqualTo(429);
    assertThat(tries).isBetween(31, 100);
    assertThat(Integer.parseInt(last.header("Retry-After").orElseThrow())).isPositive();
    assertThat(last.json().getString("error")).isEqualTo("temporarily_unavailable");
    assertThat(raw("127.0.0.41", inUse.basic()).status()).as("in use there").isEqualTo(200);
    assertThat(raw("127.0.0.41", neverUsed.basic()).status()).as("never used").isEqualTo(200);
    assertThat(raw("127.0.0.42", wrong).status()).as("elsewhere").isEqualTo(401);
  }

  @Test
  void malformedOnesCountForNothing() {
    for (int i = 0; i < 60; i++) {
      assertThat(raw("127.0.0.43", RenewalClient.basic("nonsense", "nonsense")).status())
          .isEqualTo(401);
    }

    String wrong = RenewalClient.basic(client().id(), client().secret());
    assertThat(raw("127.0.0.43", wrong).status()).isEqualTo(401);
  }

  private static Answer raw(String from, String authorization) {
    return raw(from, "localhost", authorization);
  }

  private static Answer raw(String from, String host, String authorization) {
    return RawHttp.send(
        SERVER,
        from,
        "POST /api/v1/oauth/token HTTP/1.1\r\nConnection: close\r\nHost: "
            + host
            + "\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + GRANT.length()
            + "\r\nAuthorization: "
            + authorization
            + "\r\n\r\n"
            + GRANT);
  }

  @Test
  void strictOrganisationGetsTheNextSecretEachTimeAndTheOneBeforeStaysForItsGracePeriod() {
    RenewalClient client = strictClient();
    Answer first = client.renew();
    Answer second = client.renew();
    String one = first.json().getString("access_token");
    String two = second.json().getString("access_token");

    assertThat(List.of(client.key().secret(), one, two)).doesNotHaveDuplicates();
    assertThat(second.json().getInt("expires_in")).isBetween(3_590, 3_600);
    Eventually.within1s(() -> assertThat(api.me(client.key().secret()).status()).isEqualTo(401));
    assertThat(api.me(one).status()).isEqualTo(200);
    assertThat(api.me(two).status()).isEqualTo(200);
    control.turn(Duration.ofSeconds(3_590));
    assertThat(api.me(one).status()).as("as long as it was promised").isEqualTo(200);
    control.turn(Duration.ofSeconds(15));
    assertThat(api.me(one).status()).isEqualTo(401);
    assertThat(api.me(two).status()).isEqualTo(200);
  }

  @Test
  void twoReplicasInAStrictOrganisationAreNeverCutShort() {
    RenewalClient client = strictClient();
    Replica a = new Replica(client);
    Replica b = new Replica(client);
    for (int minute = 0; minute < 30 * 60; minute += 7) {
      control.turn(Duration.ofMinutes(7));
      control.refreshDue();
      a.call();
      b.call();
    }
  }

  @Test
  void refusedScopeIssuesNothingInAStrictOrganisation() {
    RenewalClient client = strictClient();
    assertError(
        client.post(GRANT + "&scope=suppliers:write", "Authorization", client.basic()),
        400,
        "invalid_scope");

    assertThat(api.me(client.key().secret()).json().getInt("secret_number")).isEqualTo(1);
    assertThat(control.sql("SELECT id FROM credential WHERE api_key_id = '" + client.id() + "'"))
        .hasSize(1);
  }

  private RenewalClient strictClient() {
    String domain = control.organisation();
    control.sql("UPDATE organisation SET strict = TRUE WHERE domain = '" + domain + "'");
    return RenewalClient.of(SERVER, control.key(Control.wish().in(domain)));
  }

  /** One that fetches again when its secret has less than a minute left, and never else. */
  private final class Replica {
    private final RenewalClient client;
    private String secret = "";
    private Instant until = Instant.EPOCH;

    Replica(RenewalClient client) {
      this.client = client;
    }

    void call() {
      Instant now = control.now();
      if (!until.isAfter(now.plusSeconds(60))) {
        JsonObject token = client.renew().json();
        secret = token.getString("access_token");
        until = now.plusSeconds(token.getInt("expires_in"));
      }
      assertThat(api.me(secret).status()).isEqualTo(200);
    }
  }

  @Test
  void metadataNamesTheEndpointAtTheHostThatWasAsked() {
    Answer answer =
        RawHttp.send(
            SERVER,
            RawHttp.get("/.well-known/oauth-authorization-server", "Host: demo.localhost:8080"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.header("Cache-Control")).contains("public, max-age=3600");
    assertThat(answer.json().getString("issuer")).isEqualTo("http://demo.localhost:8080");
    assertThat(answer.json().getString("token_endpoint"))
        .isEqualTo("http://demo.localhost:8080/api/v1/oauth/token");
    assertThat(api.send("POST", "/.well-known/oauth-authorization-server").status()).isEqualTo(405);
  }

  @Test
  void secretOfTheRenewalCredentialIsNowhereInClear() {
    RenewalClient client = client();
    client.token();
    post(client.id() + "x", client.secret());
    api.send("GET", "/api/v1/me?x=" + client.secret());
    String random = client.secret().substring(9, 50);

    assertThat(SERVER.logs()).doesNotContain(random);
    assertThat(control.sql("SELECT * FROM renewal_credential").toString()).doesNotContain(random);
    assertThat(control.sql("SELECT * FROM audit_event").toString()).doesNotContain(random);
  }
}
