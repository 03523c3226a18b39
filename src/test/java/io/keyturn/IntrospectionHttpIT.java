package io.keyturn;

import static io.keyturn.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.keyturn.Api.Answer;
import io.keyturn.Control.Key;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other services are told of secrets (RFC 7662), asked by a client library too. */
class IntrospectionHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PATH = "/api/v1/oauth/introspect";
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

  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded, '',                 token is missing.",
    "application/x-www-form-urlencoded, token=,             token is missing.",
    "application/x-www-form-urlencoded, token=a&token=b,    A parameter is repeated.",
    "application/x-www-form-urlencoded, token=%zz,          The body is malformed.",
    "application/json,                  '{\"token\":\"a\"}', The body must be application/x-www-form-urlencoded."
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
