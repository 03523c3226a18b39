package io.keyturn.verification;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a secret may stand in a request, and where not. */
class CredentialsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Key KEY = SERVER.control().key();

  private final Api api = SERVER.api();

  @Test
  void secretInBothHeadersIsAmbiguousEvenIfItIsTheSame() {
    assertProblem(
        api.send(
            "GET",
            "/api/v1/me",
            "Authorization",
            "Bearer " + KEY.secret(),
            "X-API-Key",
            KEY.secret()),
        400,
        "ambiguous_credentials");
  }

  @Test
  void headerGivenTwiceIsAmbiguous() {
    for (String line : new String[] {"Authorization: Bearer ", "X-API-Key: "}) {
      assertProblem(
          RawHttp.send(
              SERVER,
              RawHttp.get(
                  "/api/v1/me", "Host: localhost", line + KEY.secret(), line + KEY.secret())),
          400,
          "ambiguous_credentials");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "api_key", "apikey", "api-key", "X-API-Key", "whatever"})
  void secretInTheQueryIsRefusedAndNotRepeated(String parameter) {
    Answer answer = api.send("GET", "/api/v1/me?" + parameter + "=" + KEY.secret());

    assertProblem(answer, 400, "credential_in_query");
    assertThat(answer.body()).doesNotContain(KEY.secret());
  }

  @Test
  void secretInTheQueryIsRefusedBesideAGoodOneInTheHeaderToo() {
    assertProblem(
        api.get("/api/v1/me?access_token=" + KEY.secret(), KEY.secret()),
        400,
        "credential_in_query");
  }

  @Test
  void secretInTheQueryOfAnAnonymousMethodIsRefusedToo() {
    assertProblem(
        api.post("/api/v1/test/echo?x=" + KEY.secret(), "application/json", "{}"),
        400,
        "credential_in_query");
  }

  @Test
  void sessionCookieOpensNothing() {
    assertProblem(
        api.send("GET", "/api/v1/me", "Cookie", "keyturn-session=0000:abc"),
        401,
        "unauthenticated");
  }
}
