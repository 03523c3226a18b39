package io.keyturn;

import static io.keyturn.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.keyturn.Api.Answer;
import io.keyturn.Control.Key;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void metadataNamesTheEndpoint() {
    assertThat(
            api.send("GET", "/.well-known/oauth-authorization-server")
                .json()
                .getString("introspection_endpoint"))
        .isEqualTo(SERVER.uri(PATH).toString());
  }
}
