package io.keyturn.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.KeyturnServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuidesHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(SERVER.uri(path)).header("Accept", "text/html").build(),
        BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, Documentation",
    "/docs/, Documentation",
    "/docs/daily-refresh, Living with the daily refresh",
    "/docs/adr, Decisions",
    "/problems/secret_refreshed, A request that failed",
    "/docs?q=webhooks, Search the documentation"
  })
  void guideIsAPageForEverybody(String path, String title) throws Exception {
    HttpResponse<String> page = get(path);

    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.body()).containsPattern("<h1[^>]*>" + title);
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).contains("script-src").doesNotContain("unsafe-inline"));
  }

  @Test
  void examplesCallThisServer() throws Exception {
    String page = get("/docs/first-call").body();

    assertThat(page).contains(SERVER.uri("/api/v1/me").toString()).doesNotContain(":9080");
    assertThat(page).as("where the person has signed in").contains("href=\"/api-documentation\"");
    assertThat(page).doesNotContain("href=\"http");
    assertThat(get("/docs/no-code").body())
        .contains(SERVER.uri("/postman.json").toString())
        .doesNotContain("keyturn.example.com");
  }

  @Test
  void typeOfAProblemIsThePageOfItsCode() throws Exception {
    Api.Answer refused = SERVER.api().send("GET", "/api/v1/me");
    URI type = SERVER.uri("/api/v1/me").resolve(refused.json().getString("type"));

    String page = get(type.getPath()).body();

    assertThat(page).contains("id=\"unauthenticated\"", "No secret arrived.");
    assertThat(page).doesNotContain("id=\"conflict\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/none",
        "/problems/none",
        "/problems",
        "/docs/integrating.md",
        "/docs/..%2f..%2fWEB-INF/web.xml",
        "/docs/errors/"
      })
  void otherAddressesAreNotFound(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404);
  }

  @Test
  void scriptOfAGuideIsText() throws Exception {
    HttpResponse<String> script = get("/docs/examples/keys.sh");

    assertThat(script.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(script.body()).startsWith("#!");
  }

  @Test
  void wordsThatAreSearchedForAreText() throws Exception {
    String page = get("/docs?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E").body();

    assertThat(page).doesNotContain("<script>alert").contains("Nothing has all these words.");
  }
}
