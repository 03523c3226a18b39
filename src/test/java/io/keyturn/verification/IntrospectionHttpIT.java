package io.keyturn.verification;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import io.keyturn.support.RenewalClient;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

/** What other services are told of secrets (RFC 7662), asked by a client library too. */
class IntrospectionHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PATH = "/api/v1/oauth/introspect";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final Key verifier = control.key(Control.wish().in(organisation).scopes("keys:verify"));

  private TokenIntrospectionSuccessResponse introspect(String token) throws Exception {
    return TokenIntrospectionResponse.parse(
            new TokenIntrospectionRequest(
                    SERVER.uri(PATH),
                    new BearerAccessToken(verifier.secret()),
                    new BearerAccessToken(token))
                .toHTTPRequest()
                .send())
        .toSuccessResponse();
  }

  private Answer post(String body) {
    return api.post(PATH, FORM, body, "Authorization", "Bearer " + verifier.secret());
  }

  private void assertNothingIsTold(String token) {
    Answer answer = post("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().toString()).isEqualTo("{\"active\":false}");
  }

  @Test
  void acceptedSecretIsActiveAndSaysWhatItMayDo() throws Exception {
    Key key =
        control.key(
            Control.wish().in(organisation).named("ERP").scopes("suppliers:read suppliers:write"));

    TokenIntrospectionSuccessResponse told = introspect(key.secret());

    assertThat(told.isActive()).isTrue();
    assertThat(told.getScope().toStringList())
        .containsExactlyInAnyOrder("suppliers:read", "suppliers:write");
    assertThat(told.getClientID().getValue()).isEqualTo(key.id());
    assertThat(told.getSubject().getValue()).isEqualTo(key.id());
    assertThat(told.getTokenType().getValue()).isEqualTo("Bearer");
    assertThat(told.getExpirationTime().toInstant())
        .isEqualTo(key.until().truncatedTo(ChronoUnit.SECONDS));
    assertThat(told.getStringParameter("organisation")).isEqualTo(organisation);
    assertThat(told.getStringParameter("key_name")).isEqualTo("ERP");
    assertThat(told.getStringParameter("environment")).isEqualTo("live");
  }

  @Test
  void answerIsNotKeptByAnyCache() {
    assertThat(post("token=x").header("Cache-Control")).contains("no-store");
  }

  @Test
  void secretInItsGracePeriodIsActiveUntilItsEnd() throws Exception {
    Key before = control.key(Control.wish().in(organisation));
    control.refresh(before, Duration.ofMinutes(10));

    TokenIntrospectionSuccessResponse told = introspect(before.secret());

    assertThat(told.isActive()).isTrue();
    assertThat(told.getExpirationTime().toInstant())
        .isBefore(control.now().plus(Duration.ofMinutes(11)));
  }

  @Test
  void ofWhatIsNotAcceptedNothingMoreIsTold() {
    Key revoked = control.key(Control.wish().in(organisation));
    control.revoke(revoked);
    Key refreshed = control.key(Control.wish().in(organisation));
    control.refresh(refreshed, Duration.ZERO);

    assertNothingIsTold(revoked.secret());
    assertNothingIsTold(refreshed.secret());
    assertNothingIsTold("kt_live_" + "0".repeat(49));
    assertNothingIsTold("no secret at all");
  }

  @Test
  void secretOfAnotherOrganisationIsNotActive() {
    assertNothingIsTold(control.key().secret());
  }

  @Test
  void itsUseIsNoted() {
    Key key = control.key(Control.wish().in(organisation));
    post("token=" + key.secret());

    Eventually.within(
        Duration.ofSeconds(20),
        () ->
            assertThat(
                    control.sql(
                        "SELECT last_used_at FROM api_key_use WHERE api_key_id = '"
                            + key.id()
                            + "'"))
                .isNotEmpty());
  }

  @Test
  void itsUseIsCountedAlsoWhenItsQuotasAreSpent() {
    Manager manager =
        new Manager(SERVER, organisation, "api-keys:read api-keys:manage suppliers:read");
    Key key = control.key(Control.wish().in(organisation));
    Manager.ok(manager.change(key.id(), "{\"requests_per_minute\":1,\"requests_per_day\":1}"), 200);
    post("token=" + key.secret());
    AtomicReference<Instant> first = new AtomicReference<>();
    Eventually.within(SOON, () -> first.set(lastUsed(manager, key)));

    assertProblem(api.me(key.secret()), 429, "rate_limited");
    Instant before = control.now();
    for (int i = 0; i < 2; i++) {
      assertThat(post("token=" + key.secret()).json().getBoolean("active")).isTrue();
    }

    assertThat(first.get()).isBefore(before);
    Eventually.within(
        SOON,
        () -> {
          assertThat(lastUsed(manager, key)).isAfterOrEqualTo(before);
          assertThat(sum(manager, key, "status_2xx")).isEqualTo(3);
          assertThat(sum(manager, key, "status_4xx")).as("our own request").isEqualTo(1);
        });
    assertThat(
            control
                .sql(
                    "SELECT day_requests FROM api_key_use WHERE api_key_id = '%s'"
                        .formatted(key.id()))
                .toString())
        .as("of its quota there was only one")
        .contains("1");

    control.revoke(key);
    Eventually.within1s(() -> assertNothingIsTold(key.secret()));
    Eventually.within(
        SOON, () -> assertThat(sum(manager, key, "status_4xx")).isGreaterThanOrEqualTo(2));
  }

  private static Instant lastUsed(Manager manager, Key key) {
    String at = usage(manager, key).getString("last_used_at", "");
    assertThat(at).as("noted").isNotEmpty();
    return Instant.parse(at);
  }

  private static long sum(Manager manager, Key key, String status) {
    return usage(manager, key).getJsonArray("hours").getValuesAs(JsonObject.class).stream()
        .mapToLong(hour -> hour.getInt(status))
        .sum();
  }

  private static JsonObject usage(Manager manager, Key key) {
    return Manager.ok(manager.get("/" + key.id() + "/usage"), 200);
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded, '',                 token is missing.",
    "application/x-www-form-urlencoded, token=,             token is missing.",
    "application/x-www-form-urlencoded, token=a&token=b,    A parameter is repeated.",
    "application/x-www-form-urlencoded, token=%zz,          The body is malformed.",
    "application/json,                  '{\"token\":\"a\"}', The body must be"
        + " application/x-www-form-urlencoded."
  })
  void bodyThatIsNoTokenIsMalformed(String type, String body, String why) {
    Answer answer = api.post(PATH, type, body, "Authorization", "Bearer " + verifier.secret());

    assertProblem(answer, 400, "malformed_request");
    assertThat(answer.json().getString("detail")).isEqualTo(why);
  }

  private RenewalClient client() {
    return RenewalClient.of(SERVER, verifier);
  }

  private TokenIntrospectionResponse introspect(ClientAuthentication client, String token)
      throws Exception {
    return TokenIntrospectionResponse.parse(
        new TokenIntrospectionRequest(SERVER.uri(PATH), client, new BearerAccessToken(token))
            .toHTTPRequest()
            .send());
  }

  private static ClientAuthentication basic(RenewalClient client) {
    return new ClientSecretBasic(
        new ClientID(client.id()), new com.nimbusds.oauth2.sdk.auth.Secret(client.secret()));
  }

  @Test
  void renewalCredentialOfTheAskersKeyIsAcceptedAsNimbusSendsItEitherWay() throws Exception {
    RenewalClient client = client();
    Key key = control.key(Control.wish().in(organisation));
    ClientAuthentication post =
        new ClientSecretPost(
            new ClientID(client.id()), new com.nimbusds.oauth2.sdk.auth.Secret(client.secret()));

    for (ClientAuthentication way : List.of(basic(client), post)) {
      TokenIntrospectionSuccessResponse told = introspect(way, key.secret()).toSuccessResponse();
      assertThat(told.isActive()).isTrue();
      assertThat(told.getClientID().getValue()).isEqualTo(key.id());
      assertThat(introspect(way, "nonsense").toSuccessResponse().isActive()).isFalse();
    }
  }

  @Test
  void springsIntrospectorIsConfiguredOnceAndLivesThroughTheRefreshOfItsKey() {
    RenewalClient client = client();
    OpaqueTokenIntrospector spring =
        new SpringOpaqueTokenIntrospector(
            SERVER.uri(PATH).toString(), client.id(), client.secret());
    Key key = control.key(Control.wish().in(organisation));

    assertThat(spring.introspect(key.secret()).getAuthorities().toString())
        .isEqualTo("[SCOPE_suppliers:read]");
    control.refresh(verifier, Duration.ZERO);
    Eventually.within1s(() -> assertThat(api.me(verifier.secret()).status()).isEqualTo(401));

    assertThat(spring.introspect(key.secret()).<String>getAttribute("client_id"))
        .isEqualTo(key.id());
    control.revoke(key);
    Eventually.within1s(
        () ->
            assertThatExceptionOfType(BadOpaqueTokenException.class)
                .isThrownBy(() -> spring.introspect(key.secret())));
  }

  @Test
  void clientThatIsUnknownIsToldSoAsOAuthDoes() throws Exception {
    RenewalClient client = client();
    RenewalClient wrong = new RenewalClient(SERVER, verifier, client.id(), otherSecret());

    Answer answer = api.post(PATH, FORM, "token=x", "Authorization", wrong.basic());

    assertProblem(answer, 401, "unauthenticated");
    assertThat(answer.json().getString("error")).isEqualTo("invalid_client");
    assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains(", Basic realm=");
    assertThat(introspect(basic(wrong), "x").indicatesSuccess()).isFalse();
  }

  private String otherSecret() {
    return RenewalClient.of(SERVER, control.key(Control.wish().in(organisation))).secret();
  }

  @Test
  void endedCredentialAndEndedKeyAreRefusedWithinASecond() {
    RenewalClient ended = client();
    RenewalClient revoked =
        RenewalClient.of(
            SERVER, control.key(Control.wish().in(organisation).scopes("keys:verify")));
    assertThat(asked(ended, "").status()).isEqualTo(200);
    assertThat(asked(revoked, "").status()).isEqualTo(200);
    ended.control("off", Map.of());
    control.revoke(revoked.key());

    Eventually.within1s(
        () -> {
          assertProblem(asked(ended, ""), 401, "unauthenticated");
          assertProblem(asked(revoked, ""), 401, "unauthenticated");
        });
  }

  private Answer asked(RenewalClient client, String more) {
    return api.post(PATH, FORM, "token=x" + more, "Authorization", client.basic());
  }

  @Test
  void keyOfTheRenewalCredentialNeedsTheScope() {
    RenewalClient client = RenewalClient.of(SERVER, control.key(Control.wish().in(organisation)));

    assertProblem(asked(client, ""), 403, "insufficient_scope");
  }

  @Test
  void renewalCredentialOpensNothingElse() {
    RenewalClient client = client();

    assertProblem(
        api.send("GET", "/api/v1/me", "Authorization", client.basic()), 401, "unauthenticated");
    assertProblem(api.me(client.secret()), 401, "unauthenticated");
  }

  @Test
  void renewalCredentialIsUsedFromItsNetworksAndTheKeysOnly() {
    Manager manager =
        new Manager(
            SERVER, organisation, "api-keys:read api-keys:manage keys:verify suppliers:read");
    RenewalClient elsewhere = RenewalClient.of(SERVER, verifier, "192.0.2.0/24");
    assertProblem(asked(elsewhere, ""), 403, "network_not_allowed");
    elsewhere.control("limit", Map.of("networks", "127.0.0.0/8"));
    Eventually.within1s(() -> assertThat(asked(elsewhere, "").status()).isEqualTo(200));

    Manager.ok(manager.change(verifier.id(), "{\"networks\":[\"192.0.2.0/24\"]}"), 200);

    Eventually.within1s(() -> assertProblem(asked(elsewhere, ""), 403, "network_not_allowed"));
  }

  @Test
  void widenedKeyIsRefusedAlsoByItsRenewalCredential() {
    RenewalClient client = RenewalClient.of(SERVER, control.key(Control.wish().in(organisation)));
    control.sql("UPDATE api_key SET scopes = 'keys:verify' WHERE id = '%s'".formatted(client.id()));

    assertProblem(asked(client, ""), 401, "unauthenticated");
  }

  @Test
  void secretAndRenewalCredentialAtOnceAreAmbiguous() {
    RenewalClient client = client();
    String posted = "&client_id=" + client.id() + "&client_secret=" + client.secret();

    assertProblem(post("token=x" + posted), 400, "ambiguous_credentials");
    assertProblem(
        api.post(
            PATH, FORM, "token=x", "Authorization", client.basic(), "X-API-Key", verifier.secret()),
        400,
        "ambiguous_credentials");
    assertProblem(asked(client, posted), 400, "malformed_request");
  }

  @Test
  void useOfTheRenewalCredentialIsNotedAndNotAsAUseOfTheSecret() {
    RenewalClient client = client();
    Manager manager =
        new Manager(SERVER, organisation, "api-keys:read api-keys:manage suppliers:read");
    assertThat(asked(client, "").header("RateLimit")).isPresent();

    Eventually.within(
        SOON,
        () -> {
          assertThat(lastUsed(manager, verifier)).isNotNull();
          assertThat(usage(manager, verifier).getJsonArray("clients")).isEmpty();
          assertThat(
                  control.sql(
                      "SELECT id FROM renewal_credential WHERE last_used_at IS NOT NULL"
                          + " AND api_key_id = '"
                          + client.id()
                          + "'"))
              .hasSize(1);
        });
  }

  @Test
  void metadataNamesTheEndpoint() {
    assertThat(
            api.send("GET", "/.well-known/oauth-authorization-server")
                .json()
                .getString("introspection_endpoint"))
        .isEqualTo(SERVER.uri(PATH).toString());
  }
}
