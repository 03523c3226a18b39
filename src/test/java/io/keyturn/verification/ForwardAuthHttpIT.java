package io.keyturn.verification;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import io.keyturn.support.RenewalClient;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services behind a proxy that asks here. */
class ForwardAuthHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PATH = "/api/v1/verify";
  private static final String VERIFIER = "X-Keyturn-Verifier";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final Key proxy = control.key(Control.wish().in(organisation).scopes("keys:verify"));
  private final Key key = control.key(Control.wish().in(organisation).named("Büro & Söhne"));

  private Answer verify(String query, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = VERIFIER;
    all[1] = proxy.secret();
    System.arraycopy(headers, 0, all, 2, headers.length);
    return api.send("GET", PATH + query, all);
  }

  private Answer verify(Key presented) {
    return verify("", "Authorization", "Bearer " + presented.secret());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "X-API-Key"})
  void acceptedRequestPassesAndSaysWhoItIs(String header) {
    String before = header.equals("Authorization") ? "Bearer " : "";

    Answer answer = verify("?scope=suppliers:read", header, before + key.secret());

    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("X-Keyturn-Organisation")).contains(organisation);
    assertThat(answer.header("X-Keyturn-Key")).contains(key.id());
    assertThat(answer.header("X-Keyturn-Key-Name")).contains("B%C3%BCro%20%26%20S%C3%B6hne");
    assertThat(answer.header("X-Keyturn-Environment")).contains("live");
    assertThat(answer.header("X-Keyturn-Scopes")).contains("suppliers:read");
    assertThat(answer.header("X-API-Key-Expires-At")).isPresent();
    assertThat(answer.header("RateLimit")).isPresent();
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @Test
  void requestWithoutASecretIsUnauthenticated() {
    assertProblem(verify(""), 401, "unauthenticated");
  }

  @Test
  void requestWithTwoSecretsIsUnauthenticatedForGatewaysKnowNo400() {
    Answer answer =
        verify("", "Authorization", "Bearer " + key.secret(), "X-API-Key", key.secret());

    assertProblem(answer, 401, "unauthenticated");
    assertThat(answer.json().getString("detail")).startsWith("Send the secret once");
  }

  @Test
  void refusalOfTheSecretIsInAHeaderTooAndThatOfTheProxyIsNot() {
    control.refresh(key, Duration.ZERO);

    Answer answer = verify(key);

    assertThat(answer.header("X-Keyturn-Problem")).contains(answer.body());
    assertThat(verify("").header("X-Keyturn-Problem").orElseThrow()).contains("\"status\":401");
    assertThat(
            verify("?scope=audit-log:read", "X-API-Key", control.reveal(key).secret())
                .header("X-Keyturn-Problem")
                .orElseThrow())
        .contains("\"status\":403");
    for (String own : List.of("nothing", key.secret())) {
      Answer refused = api.send("GET", PATH, VERIFIER, own, "X-API-Key", key.secret());
      assertThat(refused.status()).isIn(401, 403);
      assertThat(refused.header("X-Keyturn-Problem")).isEmpty();
    }
  }

  @Test
  void refusedSecretSaysWhyInTheHeaderThatProxiesHandOn() {
    control.refresh(key, Duration.ZERO);

    Answer answer = verify(key);

    assertProblem(answer, 401, "secret_refreshed");
    assertThat(answer.header("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer realm=\"keyturn\", error=\"invalid_token\", error_description=\"")
        .contains("This secret was refreshed at ");
  }

  @Test
  void secretOfAnotherOrganisationIsUnknown() {
    assertProblem(verify(control.key()), 401, "unauthenticated");
  }

  @Test
  void lackingScopeIsNamed() {
    Answer answer =
        verify(
            "?scope=suppliers:read%20suppliers:write", "Authorization", "Bearer " + key.secret());

    assertProblem(answer, 403, "insufficient_scope");
    assertThat(answer.json().getString("scope")).isEqualTo("suppliers:write");
    assertThat(answer.header("RateLimit")).isPresent();
    assertThat(answer.header("X-API-Key-Expires-At"))
        .contains(key.until().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"?scope=", "?scope=orders:read", "?scopes=suppliers:read"})
  void unknownScopeOrParameterIsInvalid(String query) {
    assertProblem(verify(query, "X-API-Key", key.secret()), 422, "invalid");
  }

  @Test
  void proxyNeedsAKeyOfItsOwnThatMayVerify() {
    assertProblem(
        api.send("GET", PATH, "Authorization", "Bearer " + key.secret()), 401, "unauthenticated");
    assertProblem(
        api.send("GET", PATH, "Authorization", "Bearer " + proxy.secret(), VERIFIER, key.secret()),
        403,
        "insufficient_scope");
    assertProblem(
        api.send("GET", PATH, VERIFIER, proxy.secret(), VERIFIER, proxy.secret()),
        400,
        "ambiguous_credentials");
  }

  @Test
  void proxyMayShowTheRenewalCredentialOfItsKeyWhichStaysTheSame() {
    RenewalClient client = RenewalClient.of(SERVER, proxy);
    String[] secret = {"X-API-Key", key.secret()};
    String form = "client_id=" + client.id() + "&client_secret=" + client.secret();
    control.refresh(proxy, Duration.ZERO);
    Eventually.within1s(() -> assertProblem(verify(key), 401, "secret_refreshed"));

    for (Answer passed :
        List.of(
            api.send("GET", PATH, VERIFIER, client.basic(), secret[0], secret[1]),
            api.send(
                "GET", PATH, VERIFIER, client.basic(), "Authorization", "Bearer " + key.secret()),
            api.send("GET", PATH, "Authorization", client.basic(), secret[0], secret[1]),
            api.post(PATH, RenewalClient.FORM, form, secret))) {
      assertThat(passed.status()).as(passed.body()).isEqualTo(204);
      assertThat(passed.header("X-Keyturn-Key")).contains(key.id());
    }
  }

  @Test
  void askingByPostIsAsClosedAsByGet() {
    RenewalClient callers = RenewalClient.of(SERVER, key);
    String form = "client_id=" + callers.id() + "&client_secret=" + callers.secret();
    String[] secret = {"X-API-Key", key.secret()};

    assertProblem(api.send("POST", PATH, secret), 401, "unauthenticated");
    assertProblem(api.post(PATH, "text/plain", "x", secret), 401, "unauthenticated");
    assertProblem(api.post(PATH, RenewalClient.FORM, form, secret), 403, "insufficient_scope");
    assertProblem(api.post(PATH, RenewalClient.FORM, form + "0", secret), 401, "unauthenticated");
  }

  @Test
  void renewalCredentialThatACallerSendsIsNotTheProxys() {
    RenewalClient callers = RenewalClient.of(SERVER, key);
    RenewalClient foreign =
        RenewalClient.of(SERVER, control.key(Control.wish().scopes("keys:verify")));

    assertThat(verify("", "Authorization", callers.basic(), "X-API-Key", key.secret()).status())
        .as("what the proxy sends counts")
        .isEqualTo(204);
    assertProblem(
        api.send("GET", PATH, VERIFIER, callers.basic(), "X-API-Key", key.secret()),
        403,
        "insufficient_scope");
    assertProblem(
        api.send("GET", PATH, VERIFIER, foreign.basic(), "X-API-Key", key.secret()),
        401,
        "unauthenticated");
    Answer wrong =
        api.send(
            "GET",
            PATH,
            VERIFIER,
            RenewalClient.basic(proxy.id(), callers.secret()),
            "X-API-Key",
            key.secret());
    assertProblem(wrong, 401, "unauthenticated");
    assertThat(wrong.header("WWW-Authenticate").orElseThrow())
        .as("no browser asks for a password")
        .doesNotContain("Basic");
  }

  @Test
  void spentQuotaIsTheKeysAndNotTheProxys() {
    Manager manager = new Manager(SERVER, organisation, "api-keys:manage suppliers:read");
    Manager.ok(manager.change(key.id(), "{\"requests_per_minute\": 2}"), 200);
    Eventually.within1s(
        () ->
            assertThat(verify(key).header("RateLimit-Policy").orElse(""))
                .startsWith("\"minute\";q=2"));

    Answer last = verify(key);
    for (int i = 0; i < 3; i++) {
      last = verify(key);
    }

    assertProblem(last, 429, "rate_limited");
    assertThat(last.header("Retry-After")).isPresent();
    assertThat(last.headers().allValues("X-API-Key-Expires-At")).hasSize(1);
    assertThat(verify(control.key(Control.wish().in(organisation))).status()).isEqualTo(204);
  }

  @Test
  void proxysKeyCountsAsUsedAndIsNotRevokedWithTheUnused() {
    assertThat(verify(key).status()).isEqualTo(204);
    Manager manager =
        new Manager(SERVER, organisation, "api-keys:read api-keys:manage suppliers:read");
    Eventually.within(
        Duration.ofSeconds(20),
        () -> {
          JsonObject usage = Manager.ok(manager.get("/" + proxy.id() + "/usage"), 200);
          assertThat(usage.isNull("last_used_at")).isFalse();
          assertThat(usage.getJsonArray("clients")).isNotEmpty();
          assertThat(usage.getJsonArray("clients").getJsonObject(0).getInt("accepted"))
              .isEqualTo(1);
        });
    assertThat(
            control.sql(
                "SELECT requests, day_requests FROM api_key_use WHERE api_key_id = '%s'"
                    .formatted(proxy.id())))
        .as("what counts against quotas")
        .singleElement()
        .asString()
        .doesNotContain("1");
    Key idle = control.key(Control.wish().in(organisation));
    for (Key old : List.of(proxy, idle)) {
      control.sql(
          "UPDATE api_key SET created_at = created_at - INTERVAL '31' DAY WHERE id = '%s'"
              .formatted(old.id()));
    }

    JsonObject revoked =
        Manager.ok(manager.post("/revoke", "{\"unused_for\":\"P30D\",\"reason\":\"idle\"}"), 200);

    assertThat(
            revoked.getJsonArray("revoked").getValuesAs(JsonObject.class).stream()
                .map(k -> k.getString("id")))
        .containsExactly(idle.id());
    Eventually.within1s(() -> assertThat(api.me(idle.secret()).status()).isEqualTo(401));
    assertThat(verify(key).status()).isEqualTo(204);
  }
}
