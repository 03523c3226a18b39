package io.keyturn.http;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PlatformServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which other sites' pages may call the API from a browser, and what they may read of it. */
class CrossOriginHttpIT {
  private static final KeyturnServer SERVER = PlatformServer.get();
  private static final String PATH = "/api/v1/me";
  private static final String SITE = "https://app.example.com";
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  private final Api api = SERVER.api();
  private final String secret = SERVER.control().key().secret();

  private static Answer preflight(Api api, String origin, String method) {
    return api.send(
        "OPTIONS",
        "/api/v1/api-keys",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        method,
        "Access-Control-Request-Headers",
        "authorization,content-type");
  }

  private Answer from(String origin, String credentials) {
    return api.send("GET", PATH, "Origin", origin, "Authorization", credentials);
  }

  private static List<String> list(Answer answer, String header) {
    return answer.headers().allValues(header).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PATCH", "DELETE"})
  void namedSitesAreToldBeforehandWhatTheyMaySend(String method) {
    for (String origin : PlatformServer.ORIGINS.split(" ", -1)) {
      Answer answer = preflight(api, origin, method);

      assertThat(answer.status()).as(answer.body()).isEqualTo(204);
      assertThat(answer.headers().allValues(ALLOWED)).containsExactly(origin);
      assertThat(list(answer, "Access-Control-Allow-Methods")).contains(method);
      assertThat(list(answer, "Access-Control-Allow-Headers"))
          .contains("Authorization", "X-API-Key", "Content-Type", "If-Match", "Idempotency-Key");
      assertThat(list(answer, "Vary")).contains("Origin");
    }
  }

  @Test
  void namedSitesReadAnswersWithTheHeadersThatScriptsNeed() {
    Answer answer = from(SITE, "Bearer " + secret);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().allValues(ALLOWED)).containsExactly(SITE);
    assertThat(list(answer, "Vary")).contains("Origin");
    assertThat(list(answer, "Access-Control-Expose-Headers"))
        .contains(
            "ETag",
            "Link",
            "Location",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After",
            "WWW-Authenticate",
            "X-API-Key-Expires-At",
            "X-API-Key-Retired-At",
            "X-Request-Id");
    assertThat(answer.header("Access-Control-Allow-Credentials")).as("cookies").isEmpty();
  }

  @Test
  void namedSitesReadWhyTheyAreRefused() {
    Answer answer = from(SITE, "Bearer wrong");

    assertProblem(answer, 401, "unauthenticated");
    assertThat(answer.headers().allValues(ALLOWED)).containsExactly(SITE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example.com",
        "https://app.example.com.attacker.example",
        "https://app.example.com:8443",
        "http://app.example.com",
        "http://localhost:3001",
        "null",
        "*"
      })
  void otherSitesReadNothing(String origin) {
    for (Answer answer : List.of(preflight(api, origin, "GET"), from(origin, "Bearer " + secret))) {
      assertThat(answer.header(ALLOWED)).isEmpty();
      assertThat(answer.header("Access-Control-Allow-Methods")).isEmpty();
      assertThat(answer.header("Access-Control-Allow-Headers")).isEmpty();
    }
  }

  @Test
  void noSiteIsNamedByDefault() {
    KeyturnServer shared = KeyturnServer.shared();
    Answer answer =
        shared
            .api()
            .send(
                "GET",
                PATH,
                "Origin",
                SITE,
                "Authorization",
                "Bearer " + shared.control().key().secret());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header(ALLOWED)).isEmpty();
    assertThat(preflight(shared.api(), SITE, "GET").header(ALLOWED)).isEmpty();
  }
}
