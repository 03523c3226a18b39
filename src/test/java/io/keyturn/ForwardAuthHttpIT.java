package io.keyturn;

import static io.keyturn.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.Api.Answer;
import io.keyturn.Control.Key;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services behind a proxy that asks here, and a real nginx that does. */
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
  void requestWithTwoSecretsIsAmbiguous() {
    assertProblem(
        verify("", "Authorization", "Bearer " + key.secret(), "X-API-Key", key.secret()),
        400,
        "ambiguous_credentials");
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
                "GET",
                PATH,
                VERIFIER,
                client.basic(),
                "Authorization",
                "Bearer " + key.secret()),
            api.send("GET", PATH, "Authorization", client.basic(), secret[0], secret[1]),
            api.post(PATH, RenewalClient.FORM, form, secret))) {
      assertThat(passed.status()).as(passed.body()).isEqualTo(204);
      assertThat(passed.header("X-Keyturn-Key")).contains(key.id());
    }
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
          assertThat(usage.getJsonArray("callers").getJsonObject(0).getInt("accepted"))
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

  @Test
  void nginxPutsAServiceBehindTheKeys() throws Exception {
    var seen = new ConcurrentLinkedQueue<Map<String, List<String>>>();
    HttpServer service = service(seen::add);
    try (Nginx nginx = before(service, SERVER.port())) {
      assertThat(get(nginx).statusCode()).isEqualTo(401);
      assertThat(get(nginx, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
      assertThat(seen).as("what came through").isEmpty();

      HttpResponse<String> passed =
          get(
              nginx,
              "Authorization",
              "Bearer " + key.secret(),
              "X-Keyturn-Organisation",
              "forged",
              "X-Keyturn-Environment",
              "forged",
              VERIFIER,
              "forged");
      assertThat(passed.statusCode()).isEqualTo(200);
      assertThat(passed.headers().firstValue("X-API-Key-Expires-At")).isPresent();
      Map<String, List<String>> headers = seen.remove();
      assertThat(headers.get("X-keyturn-organisation")).containsExactly(organisation);
      assertThat(headers.get("X-keyturn-key")).containsExactly(key.id());
      assertThat(headers.get("X-keyturn-scopes")).containsExactly("suppliers:read");
      assertThat(headers.toString())
          .doesNotContain(key.secret())
          .doesNotContain(proxy.secret())
          .doesNotContain("forged");

      assertThat(get(nginx, "Authorization", "Basic YTpi", "X-API-Key", key.secret()).statusCode())
          .as("what is for the service is no second secret")
          .isEqualTo(200);
      Key other = control.key(Control.wish().in(organisation).scopes("api-keys:read"));
      assertThat(get(nginx, "X-API-Key", other.secret()).statusCode()).isEqualTo(403);

      control.revoke(key);
      Eventually.within1s(
          () -> {
            HttpResponse<String> refused = get(nginx, "X-API-Key", key.secret());
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("was revoked at");
          });

      Key limited = control.key(Control.wish().in(organisation));
      control.revoke(proxy);
      Eventually.within1s(
          () -> assertThat(get(nginx, "X-API-Key", limited.secret()).statusCode()).isEqualTo(401));
    } finally {
      service.stop(0);
    }
  }

  @Test
  void nginxHandsOnThatAQuotaIsSpentAndFailsClosed() throws Exception {
    Manager manager = new Manager(SERVER, organisation, "api-keys:manage suppliers:read");
    Manager.ok(manager.change(key.id(), "{\"requests_per_minute\": 1}"), 200);
    HttpServer service = service(headers -> {});
    try (Nginx nginx = before(service, SERVER.port());
        Nginx alone = before(service, KeyturnServer.freePort())) {
      get(nginx, "X-API-Key", key.secret());
      get(nginx, "X-API-Key", key.secret());
      HttpResponse<String> spent = get(nginx, "X-API-Key", key.secret());
      assertThat(spent.statusCode()).isEqualTo(429);
      assertThat(spent.headers().firstValue("Retry-After")).isPresent();

      assertThat(get(alone, "X-API-Key", key.secret()).statusCode()).isEqualTo(503);
    } finally {
      service.stop(0);
    }
  }

  /** A service that answers 200, and shows the headers that came to it. */
  private static HttpServer service(Consumer<Map<String, List<String>>> seen) throws IOException {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          seen.accept(Map.copyOf(exchange.getRequestHeaders()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    service.start();
    return service;
  }

  /** An nginx before the service, which asks the Keyturn at this port. */
  private Nginx before(HttpServer service, int keyturn) throws IOException {
    return Nginx.start(
        Map.of(
            "KEYTURN",
            "127.0.0.1:" + keyturn,
            "KEYTURN_HOST",
            "localhost",
            "VERIFIER",
            proxy.secret(),
            "SERVICE",
            "127.0.0.1:" + service.getAddress().getPort(),
            "SCOPE",
            "suppliers:read"));
  }

  private static HttpResponse<String> get(Nginx nginx, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx.port() + "/any?x=1"));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
