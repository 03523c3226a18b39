package io.keyturn.http;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Host says of the organisation. */
class HostHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String OTHER = SERVER.control().organisation();
  private static final Key DEMO_KEY = SERVER.control().key();
  private static final Key OTHER_KEY = SERVER.control().key(Control.wish().in(OTHER));

  private static Answer me(Key key, String... lines) {
    String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
    all[lines.length] = "Authorization: Bearer " + key.secret();
    return RawHttp.send(SERVER, RawHttp.get("/api/v1/me", all));
  }

  private static void assertIs(String domain, Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().getJsonObject("organisation").getString("domain")).isEqualTo(domain);
  }

  @Test
  void keyOpensItsOwnDomain() {
    assertIs("demo", me(DEMO_KEY, "Host: demo.localhost:" + SERVER.port()));
    assertIs("demo", me(DEMO_KEY, "Host: demo.localhost"));
    assertIs("demo", me(DEMO_KEY, "Host: DEMO.LocalHost"));
    assertIs(OTHER, me(OTHER_KEY, "Host: " + OTHER + ".localhost"));
  }

  @Test
  void keyIsUnknownOnTheDomainOfAnother() {
    assertProblem(me(DEMO_KEY, "Host: " + OTHER + ".localhost"), 401, "unauthenticated");
    assertProblem(me(OTHER_KEY, "Host: demo.localhost"), 401, "unauthenticated");
  }

  @Test
  void keyIsUnknownOnADomainOfNobody() {
    assertProblem(me(DEMO_KEY, "Host: nobody.localhost"), 401, "unauthenticated");
    assertProblem(me(DEMO_KEY, "Host: x.demo.localhost"), 401, "unauthenticated");
  }

  @Test
  void refreshedOrRevokedSecretSaysNothingOfItselfOnTheDomainOfAnother() {
    Key revoked = SERVER.control().key();
    SERVER.control().revoke(revoked);

    assertProblem(me(revoked, "Host: demo.localhost"), 401, "key_revoked");
    assertProblem(me(revoked, "Host: " + OTHER + ".localhost"), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:80", "127.0.0.1", "[::1]:8080", "keyturn", "keyturn:9080"})
  void baseDomainAddressesAndNamesWithoutADotBindNothing(String host) {
    assertIs("demo", me(DEMO_KEY, "Host: " + host));
    assertIs(OTHER, me(OTHER_KEY, "Host: " + host));
  }

  /** Else a page of that name could read what an address of somebody's own network answers. */
  @ParameterizedTest
  @ValueSource(strings = {"elsewhere.example", "localhost.elsewhere.example:80", "notlocalhost.a"})
  void foreignNamesAreNotServed(String host) {
    for (String path : new String[] {"/api/v1/me", "/login", "/settings/users", "/nothing"}) {
      Answer answer =
          RawHttp.send(
              SERVER,
              RawHttp.get(path, "Host: " + host, "Authorization: Bearer " + DEMO_KEY.secret()));
      assertProblem(answer, 421, "misdirected_request");
    }
  }

  /** As every answer does, whoever gives it. */
  @Test
  void redirectToTheSignInPagePassesTheFirstFilter() {
    String guarded = "/settings/users?x=1";
    Answer redirect = RawHttp.send(SERVER, RawHttp.get(guarded, "Host: localhost"));

    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.header("Location").orElse(""))
        .endsWith("/login?return=%2Fsettings%2Fusers%3Fx%3D1");
    assertThat(redirect.headers().allValues("X-Request-Id")).hasSize(1);
    assertThat(redirect.header("X-Frame-Options")).contains("DENY");
    assertProblem(
        RawHttp.send(SERVER, RawHttp.get(guarded, "Host: localhost", "Host: localhost")),
        400,
        "malformed_request");
    for (String page : new String[] {"/profile", "/change-password", "/settings/users.xhtml"}) {
      assertThat(RawHttp.send(SERVER, RawHttp.get(page, "Host: localhost")).status())
          .as(page)
          .isEqualTo(302);
    }
  }

  @Test
  void forwardedHostsAreNotBelieved() {
    assertProblem(
        me(
            DEMO_KEY,
            "Host: " + OTHER + ".localhost",
            "X-Forwarded-Host: demo.localhost",
            "Forwarded: host=demo.localhost"),
        401,
        "unauthenticated");
    assertIs(
        "demo", me(DEMO_KEY, "Host: demo.localhost", "X-Forwarded-Host: " + OTHER + ".localhost"));
  }

  @Test
  void twoHostsAreMalformed() {
    assertProblem(
        me(DEMO_KEY, "Host: demo.localhost", "Host: " + OTHER + ".localhost"),
        400,
        "malformed_request");
    assertProblem(
        me(DEMO_KEY, "Host: demo.localhost", "Host: demo.localhost"), 400, "malformed_request");
  }

  @Test
  void absentHostIsMalformed() {
    assertProblem(me(DEMO_KEY), 400, "malformed_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo.localhost,other.localhost",
        "demo.localhost other",
        "demo.localhost:port",
        "demo.localhost:80:80",
        "demo.localhost/path",
        "user@demo.localhost",
        "demo_x.localhost",
        ".localhost",
        "demo..localhost",
        "-demo.localhost",
        "<script>.localhost",
        "demo.localhost:99999999",
        "dem\u00f6.localhost",
        ""
      })
  void garbledHostIsRefused(String host) {
    Answer answer = me(DEMO_KEY, "Host: " + host);

    assertThat(answer.status()).as(answer.body()).isIn(400, 401);
    assertProblem(answer);
    assertThat(answer.body()).doesNotContain("<script>");
  }

  @Test
  void addressInTheRequestLineNamesNoOtherOrganisation() {
    Answer answer =
        RawHttp.send(
            SERVER,
            RawHttp.get(
                "http://demo.localhost/api/v1/me",
                "Host: " + OTHER + ".localhost",
                "Authorization: Bearer " + DEMO_KEY.secret()));

    assertThat(answer.status()).isIn(400, 401);
    assertProblem(answer);
  }

  @Test
  void addressInTheRequestLineIsReadWhereItAgrees() {
    assertIs(
        "demo",
        RawHttp.send(
            SERVER,
            RawHttp.get(
                "http://demo.localhost/api/v1/me",
                "Host: demo.localhost",
                "Authorization: Bearer " + DEMO_KEY.secret())));
  }

  @Test
  void oldProtocolsWithoutHostAreRefused() {
    Answer answer =
        RawHttp.send(
            SERVER,
            "GET /api/v1/me HTTP/1.0\r\nAuthorization: Bearer " + DEMO_KEY.secret() + "\r\n\r\n");

    assertThat(answer.status()).isBetween(400, 499);
  }
}
