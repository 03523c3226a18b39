package io.keyturn.http;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.secret.Secret;
import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import io.keyturn.support.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a node believes where a request comes from, and how much it takes from one organisation. */
class ProxyH2IT {
  private static KeyturnServer server;
  private static Api api;

  @BeforeAll
  static void startBehindAProxy() {
    server =
        KeyturnServer.named("proxied")
            .on(TestDatabase.H2)
            .setting("KEYTURN_TRUSTED_PROXIES", "127.0.0.1 203.0.113.0/24")
            .setting("KEYTURN_ORGANISATION_REQUESTS_PER_MINUTE", "40")
            .start();
    api = server.api();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Of an organisation of its own, for each may make only 40 requests. */
  private static Key keyFor(String networks) {
    Manager manager = Manager.ofNewOrganisation(server);
    Key key = server.control().key(Control.wish().in(manager.organisation()));
    Manager.ok(manager.change(key.id(), "{\"networks\":[\"" + networks + "\"]}"), 200);
    return key;
  }

  private static Answer from(Key key, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "X-API-Key";
    all[headers.length + 1] = key.secret();
    return api.send("GET", "/api/v1/me", all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.7",
        "198.51.100.9, 192.0.2.7",
        "192.0.2.7, 203.0.113.5",
        "198.51.100.9, 192.0.2.7, 203.0.113.5, 203.0.113.6",
        "nonsense, 192.0.2.7",
        "192.0.2.7:4711",
        " , 192.0.2.7 "
      })
  void lastAddressThatIsNoProxyIsTheClient(String forwarded) {
    assertThat(from(keyFor("192.0.2.0/24"), "X-Forwarded-For", forwarded).status()).isEqualTo(200);
  }

  @Test
  void addressesOfThePlatformAreThoseThatTheClientSpeaksTo() {
    String path = "/.well-known/oauth-authorization-server";
    String issuer = "localhost:" + server.port();

    assertThat(api.send("GET", path, "X-Forwarded-Proto", "https").json().getString("issuer"))
        .isEqualTo("https://" + issuer);
    assertThat(api.send("GET", path).json().getString("issuer")).isEqualTo("http://" + issuer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "198.51.100.9",
        "192.0.2.7, 198.51.100.9",
        "192.0.2.7, 198.51.100.9, 203.0.113.5",
        "192.0.2.7, nonsense",
        "unknown"
      })
  void whatAClientClaimsBeforeIsNotBelieved(String forwarded) {
    assertProblem(
        from(keyFor("192.0.2.0/24"), "X-Forwarded-For", forwarded), 403, "network_not_allowed");
  }

  @Test
  void severalHeadersAreReadAsOneList() {
    Key key = keyFor("192.0.2.0/24");

    assertThat(
            from(key, "X-Forwarded-For", "198.51.100.9", "X-Forwarded-For", "192.0.2.7").status())
        .isEqualTo(200);
    assertProblem(
        from(key, "X-Forwarded-For", "192.0.2.7", "X-Forwarded-For", "198.51.100.9"),
        403,
        "network_not_allowed");
  }

  @Test
  void ipv6IsReadToo() {
    Key key = keyFor("2001:db8::/32");

    assertThat(from(key, "X-Forwarded-For", "2001:db8::7").status()).isEqualTo(200);
    assertProblem(from(key, "X-Forwarded-For", "2001:db9::7"), 403, "network_not_allowed");
  }

  @Test
  void serverThatTrustsNobodyBelievesNobody() {
    KeyturnServer shared = KeyturnServer.shared();
    Manager manager = Manager.ofNewOrganisation(shared);
    Key key = shared.control().key(Control.wish().in(manager.organisation()));
    Manager.ok(manager.change(key.id(), "{\"networks\":[\"192.0.2.0/24\"]}"), 200);

    for (String header : new String[] {"X-Forwarded-For", "Forwarded", "X-Real-IP"}) {
      String value = header.equals("Forwarded") ? "for=192.0.2.7" : "192.0.2.7";
      assertProblem(
          shared.api().send("GET", "/api/v1/me", "X-API-Key", key.secret(), header, value),
          403,
          "network_not_allowed");
    }
  }

  /** A key that verifies for others, from these networks, and one that comes to its proxy. */
  private record Asker(Key proxy, Key presented) {
    static Asker from(String networks) {
      Manager manager =
          new Manager(
              server,
              server.control().organisation(),
              "suppliers:read keys:verify api-keys:manage");
      Control.Wish wish = Control.wish().in(manager.organisation());
      Asker grantor =
          new Asker(
              server.control().key(wish.named("proxy").scopes("keys:verify")),
              server.control().key(wish));
      Manager.ok(
          manager.change(grantor.proxy().id(), "{\"networks\":[\"" + networks + "\"]}"), 200);
      Manager.ok(
          manager.change(grantor.presented().id(), "{\"networks\":[\"192.0.2.0/24\"]}"), 200);
      return grantor;
    }

    Answer ask(String client) {
      return api.send(
          "GET",
          "/api/v1/verify",
          "X-Keyturn-Verifier",
          proxy.secret(),
          "X-API-Key",
          presented.secret(),
          "X-Forwarded-For",
          client,
          "User-Agent",
          "client/1");
    }
  }

  @Test
  void whoVerifiesForOthersComesFromWhereItsConnectionDoes() {
    Asker grantor = Asker.from("127.0.0.1");

    assertThat(grantor.ask("192.0.2.7").status()).isEqualTo(204);
    Answer stranger = grantor.ask("198.51.100.9");
    assertProblem(stranger, 403, "network_not_allowed");
    assertThat(stranger.json().getString("detail")).contains("198.51.100.9");
    Eventually.within(
        Duration.ofSeconds(20),
        () ->
            assertThat(
                    server
                        .control()
                        .sql(
                            "SELECT address FROM client_sighting WHERE accepted = 2 AND user_agent = ''"
                                + " AND api_key_id = '%s'".formatted(grantor.proxy().id())))
                .singleElement()
                .asString()
                .contains("127.0.0.1"));
  }

  @Test
  void whoVerifiesForOthersIsNotBelievedToBeInTheNetworkOfAClient() {
    Answer refused = Asker.from("192.0.2.0/24").ask("192.0.2.7");

    assertProblem(refused, 403, "network_not_allowed");
    assertThat(refused.json().getString("detail")).contains("127.0.0.1");
  }

  @Test
  void wrongSecretsOfWhoVerifiesAreCountedAgainstTheClientsAddress() {
    Asker grantor = Asker.from("127.0.0.1");
    Answer last = grantor.ask("192.0.2.7");
    for (int i = 0; i < 300 && last.status() != 429; i++) {
      last =
          api.send(
              "GET",
              "/api/v1/verify",
              "X-Keyturn-Verifier",
              Secret.random("kt", "live").reveal(),
              "X-Forwarded-For",
              "198.51.100.77");
    }

    assertProblem(last, 429, "rate_limited");
    Asker other = Asker.from("127.0.0.1");
    assertThat(other.ask("192.0.2.7").status()).as("through the same proxy").isEqualTo(204);
  }

  private static Answer forwarded(KeyturnServer by, Key proxy, String... headers) {
    List<String> all = new ArrayList<>(List.of("X-Keyturn-Verifier", proxy.secret()));
    all.addAll(List.of(headers));
    return by.api().send("GET", "/api/v1/verify", all.toArray(String[]::new));
  }

  @Test
  void preflightThatATrustedGatewayTellsPassesAndLearnsOfNobody() {
    Key proxy = Asker.from("127.0.0.1").proxy();
    String[] asks = {
      "X-Forwarded-Method",
      "OPTIONS",
      "Origin",
      "https://app.example",
      "Access-Control-Request-Method",
      "PUT"
    };

    Answer passed = forwarded(server, proxy, asks);

    assertThat(passed.status()).as(passed.body()).isEqualTo(204);
    assertThat(passed.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-keyturn"));
    assertProblem(
        forwarded(server, proxy, "X-Forwarded-Method", "OPTIONS"), 401, "unauthenticated");
    asks[1] = "GET";
    assertProblem(forwarded(server, proxy, asks), 401, "unauthenticated");
    asks[1] = "OPTIONS";
    assertProblem(
        server.api().send("GET", "/api/v1/verify", asks), 401, "unauthenticated"); // of nobody
    KeyturnServer trustsNobody = KeyturnServer.shared();
    Control control = trustsNobody.control();
    Key other = control.key(Control.wish().in(control.organisation()).scopes("keys:verify"));
    assertProblem(forwarded(trustsNobody, other, asks), 401, "unauthenticated");
  }

  /** Else a sender would have a budget for each of its 2^64 addresses. */
  @Test
  void wrongSecretsOfABlockOfIpv6AreCountedTogether() {
    Answer last = wrongFrom("2001:db8:5:6::1");
    for (int i = 2; i < 300 && last.status() == 401; i++) {
      last = wrongFrom("2001:db8:5:6::" + Integer.toHexString(i));
    }

    assertProblem(last, 429, "rate_limited");
    assertThat(wrongFrom("2001:db8:5:7::1").status()).as("another site").isEqualTo(401);
  }

  private static Answer wrongFrom(String address) {
    return api.send(
        "GET",
        "/api/v1/me",
        "X-API-Key",
        Secret.random("kt", "live").reveal(),
        "X-Forwarded-For",
        address);
  }

  @Test
  void keyThatIsRefusedTakesNothingFromItsOrganisation() {
    Manager manager = Manager.ofNewOrganisation(server);
    Key refused = server.control().key(Control.wish().in(manager.organisation()));
    Key other = server.control().key(Control.wish().in(manager.organisation()));
    Manager.ok(manager.change(refused.id(), "{\"requests_per_minute\":1}"), 200);

    for (int i = 0; i < 200; i++) {
      Answer answer = from(refused);
      if (answer.status() != 200) {
        assertThat(answer.json().getString("detail"))
            .contains("This API key may make 1 request a minute");
      }
    }

    for (int i = 0; i < 30; i++) {
      assertThat(from(other).status()).isEqualTo(200);
    }
  }

  @Test
  void keysOfANoisyOrganisationAreRefusedTogetherAndOthersAreNot() {
    Manager noisy = Manager.ofNewOrganisation(server);
    Key one = server.control().key(Control.wish().in(noisy.organisation()));
    Key two = server.control().key(Control.wish().in(noisy.organisation()));
    Key quiet = server.control().key(Control.wish().in(server.control().organisation()));

    int accepted = 0;
    Answer last = from(one);
    for (int i = 0; i < 200 && last.status() == 200; i++) {
      accepted++;
      last = from(i % 2 == 0 ? one : two);
    }

    assertThat(accepted).isGreaterThanOrEqualTo(40).isLessThan(200);
    assertProblem(last, 429, "rate_limited");
    assertThat(last.json().getString("detail")).contains("this organisation together");
    assertThat(last.header("Retry-After")).isPresent();
    assertThat(last.headers().allValues("X-API-Key-Expires-At")).hasSize(1);
    assertThat(last.header("RateLimit-Policy"))
        .contains("\"minute\";q=6000;w=60, \"organisation\";q=40;w=60");
    assertThat(last.header("RateLimit").orElse(""))
        .matches("\"minute\";r=[0-9]+;t=[0-9]+, \"organisation\";r=0;t=60");
    assertThat(from(quiet).status()).isEqualTo(200);
  }
}
