package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Caddy;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.Gateway;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import io.keyturn.support.Nginx;
import io.keyturn.support.Ports;
import io.keyturn.support.RenewalClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real nginx and a real Caddy that put a service behind the keys by the recipes that we ship. */
class GatewayHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PROBLEM = "application/problem+json";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final Key proxy = control.key(Control.wish().in(organisation).scopes("keys:verify"));
  private final Key key = control.key(Control.wish().in(organisation));
  private final List<Gateway> started = new ArrayList<>();
  private Service service;

  /** Whose recipe it is. */
  enum Recipe {
    NGINX {
      @Override
      Gateway start(Map<String, String> values) throws IOException {
        int port = Ports.free();
        Map<String, String> all = new java.util.HashMap<>(values);
        all.put("LISTEN", "127.0.0.1:" + port);
        return Nginx.start(Nginx.GATEWAY, port, all);
      }
    },
    CADDY {
      @Override
      Gateway start(Map<String, String> values) throws IOException {
        return Caddy.start(values);
      }
    };

    abstract Gateway start(Map<String, String> values) throws IOException;
  }

  /** What came to the service. */
  private record Seen(String method, Headers headers, String body) {}

  /** A service that answers as it is asked to, and keeps what came. */
  private static final class Service {
    private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    Service() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(new Seen(exchange.getRequestMethod(), exchange.getRequestHeaders(), body));
            exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "https://app.example");
            byte[] answer = "of the service".getBytes(StandardCharsets.UTF_8);
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            int status = query.startsWith("status=") ? Integer.parseInt(query.substring(7)) : 200;
            exchange.sendResponseHeaders(status, status == 204 ? -1 : answer.length);
            if (status != 204) {
              exchange.getResponseBody().write(answer);
            }
            exchange.close();
          });
      server.start();
    }
  }

  @BeforeEach
  void startService() throws IOException {
    service = new Service();
  }

  @AfterEach
  void stop() {
    started.forEach(Gateway::close);
    service.server.stop(0);
  }

  private Api before(Recipe recipe, int keyturn, String verifier) throws IOException {
    Gateway gateway =
        recipe.start(
            Map.of(
                "KEYTURN",
                "127.0.0.1:" + keyturn,
                "KEYTURN_HOST",
                "localhost",
                "VERIFIER",
                verifier,
                "SERVICE",
                "127.0.0.1:" + service.server.getAddress().getPort(),
                "SCOPE",
                "suppliers:read"));
    started.add(gateway);
    return new Api(gateway.port());
  }

  private Api before(Recipe recipe) throws IOException {
    return before(recipe, SERVER.port(), proxy.secret());
  }

  private Answer get(Api gateway, String... headers) {
    return gateway.send("GET", "/any?x=1", headers);
  }

  private String[] secret() {
    return new String[] {"X-API-Key", key.secret()};
  }

  private static void assertDocument(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains(PROBLEM);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().getInt("status")).isEqualTo(status);
    assertThat(answer.json().getString("request_id")).isNotEmpty();
    for (String once : List.of("WWW-Authenticate", "Retry-After", "Content-Type")) {
      assertThat(answer.headers().allValues(once)).as(once).hasSizeLessThan(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void serviceLearnsWhoCallsAndNeverTheSecret(Recipe recipe) throws IOException {
    Api gateway = before(recipe);

    Answer passed =
        gateway.post(
            "/any?x=1",
            "application/json",
            "{\"a\":1}",
            "Authorization",
            "Bearer " + key.secret(),
            "X-Keyturn-Organisation",
            "forged",
            "X-Keyturn-Environment",
            "forged",
            "X-Keyturn-Scopes",
            "forged",
            "X-Keyturn-Locations",
            "forged",
            "X-Keyturn-Verifier",
            "forged");

    assertThat(passed.status()).isEqualTo(200);
    Seen seen = service.seen.remove();
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.body()).isEqualTo("{\"a\":1}");
    assertThat(seen.headers().get("X-Keyturn-Organisation")).containsExactly(organisation);
    assertThat(seen.headers().get("X-Keyturn-Key")).containsExactly(key.id());
    assertThat(seen.headers().get("X-Keyturn-Scopes")).containsExactly("suppliers:read");
    assertThat(seen.headers().entrySet().toString())
        .doesNotContain(key.secret())
        .doesNotContain(proxy.secret())
        .doesNotContain("forged");
  }

  @ParameterizedTest
  @EnumSource
  void gatewayIsKnownByWhatStaysTheSameWhenItsKeyIsRefreshed(Recipe recipe) throws IOException {
    Api gateway = before(recipe, SERVER.port(), RenewalClient.of(SERVER, proxy).basic());

    assertThat(get(gateway, secret()).status()).isEqualTo(200);
    control.refresh(control.refresh(proxy, Duration.ZERO), Duration.ZERO);
    Eventually.within1s(() -> assertThat(api.me(proxy.secret()).status()).isEqualTo(401));

    assertThat(get(gateway, secret()).status()).isEqualTo(200);
    assertThat(get(gateway, "Authorization", "Basic YTpi").status()).isEqualTo(401);
    control.revoke(proxy);
    Eventually.within1s(() -> assertDocument(get(gateway, secret()), 503, "unavailable"));
  }

  @ParameterizedTest
  @EnumSource
  void whatTheServiceAnswersPassesAsItIs(Recipe recipe) throws IOException {
    Api gateway = before(recipe);

    for (int status : new int[] {400, 401, 403, 404, 429, 500}) {
      Answer answer = gateway.send("GET", "/any?status=" + status, secret());
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).isEqualTo("of the service");
    }
  }

  @ParameterizedTest
  @EnumSource
  void callersFaultIsToldWithOurDocument(Recipe recipe) throws IOException {
    Api gateway = before(recipe);
    Key other = control.key(Control.wish().in(organisation).scopes("api-keys:read"));
    Key refreshed = control.key(Control.wish().in(organisation));
    control.refresh(refreshed, Duration.ZERO);

    assertDocument(get(gateway), 401, "unauthenticated");
    assertDocument(get(gateway, "Authorization", "Bearer wrong"), 401, "unauthenticated");
    Answer ended = get(gateway, "X-API-Key", refreshed.secret());
    assertDocument(ended, 401, "secret_refreshed");
    assertThat(ended.header("WWW-Authenticate").orElse("")).contains("This secret was refreshed");
    Answer two = get(gateway, "Authorization", "Bearer " + key.secret(), "X-API-Key", key.secret());
    assertDocument(two, 401, "unauthenticated");
    assertThat(two.json().getString("detail")).startsWith("Send the secret once");
    Answer lacking = get(gateway, "X-API-Key", other.secret());
    assertDocument(lacking, 403, "insufficient_scope");
    assertThat(lacking.json().getString("scope")).isEqualTo("suppliers:read");
    assertThat(service.seen).as("what came through").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void oddHeadersAreForTheService(Recipe recipe) throws IOException {
    Api gateway = before(recipe);
    List<String> headers = new ArrayList<>(List.of(secret()));
    headers.addAll(
        List.of("Accept", "garbage;q=x", "Content-Type", "/", "Content-Encoding", "gzip"));
    headers.addAll(List.of("If-Match", "x", "Cookie", "keyturn-session=a", "Accept-Charset", "é"));
    headers.addAll(List.of("X-Forwarded-Method", "OPTIONS", "Origin", "https://app.example"));
    headers.addAll(List.of("Access-Control-Request-Method", "PUT"));
    for (int i = 0; i < (recipe == Recipe.NGINX ? 90 : 60); i++) {
      headers.addAll(List.of("X-Odd-" + i, "x"));
    }

    Answer passed = get(gateway, headers.toArray(String[]::new));

    assertThat(passed.status()).as(passed.body()).isEqualTo(200);
    assertThat(service.seen.remove().headers().get("Accept")).containsExactly("garbage;q=x");
  }

  @ParameterizedTest
  @EnumSource
  void preflightReachesTheServiceWithoutASecretAndNothingElseDoes(Recipe recipe)
      throws IOException {
    Api gateway = before(recipe);
    String[] asks = {"Origin", "https://app.example", "Access-Control-Request-Method", "PUT"};
    String[] forged = {asks[0], asks[1], asks[2], asks[3], "X-Keyturn-Key", "forged"};

    Answer answer = gateway.send("OPTIONS", "/any?status=204", forged);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).contains("https://app.example");
    Seen seen = service.seen.remove();
    assertThat(seen.method()).isEqualTo("OPTIONS");
    assertThat(seen.headers().keySet()).noneMatch(name -> name.startsWith("X-keyturn"));
    for (String method : List.of("GET", "POST", "HEAD")) {
      assertThat(gateway.send(method, "/any", asks).status()).isEqualTo(401);
    }
    assertThat(gateway.send("OPTIONS", "/any").status()).isEqualTo(401);
    assertThat(gateway.send("OPTIONS", "/any", "Origin", "https://app.example").status())
        .isEqualTo(401);
    assertThat(gateway.send("GET", "/any", "X-Forwarded-Method", "OPTIONS").status())
        .isEqualTo(401);
    assertThat(service.seen).as("what came through").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void spentQuotaIsToldWithItsDelay(Recipe recipe) throws IOException {
    Manager manager = new Manager(SERVER, organisation, "api-keys:manage suppliers:read");
    Manager.ok(manager.change(key.id(), "{\"requests_per_minute\": 1}"), 200);
    Api gateway = before(recipe);
    get(gateway, secret());
    get(gateway, secret());

    Answer spent = get(gateway, secret());

    assertDocument(spent, 429, "rate_limited");
    assertThat(Integer.parseInt(spent.header("Retry-After").orElseThrow())).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void faultOfTheGatewayOrOfKeyturnIs503WithADelayAndNothingPasses(Recipe recipe)
      throws IOException {
    for (Api gateway :
        List.of(
            before(recipe, Ports.free(), proxy.secret()),
            before(recipe, SERVER.port(), "nothing"),
            before(recipe, SERVER.port(), key.secret()))) {
      Answer answer = get(gateway, secret());
      assertDocument(answer, 503, "unavailable");
      assertThat(answer.header("Retry-After")).contains("5");
      assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }
    assertThat(service.seen).isEmpty();
  }
}
