package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.KeyturnServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What pages weigh, and how long browsers keep their files. */
class AssetsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Pattern FILE =
      Pattern.compile("(?:href|src)=\"(/[^\"]+\\.(?:css|js|svg)[^\"]*)\"");

  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SERVER.uri(path)).header("Accept-Encoding", "gzip");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void signInWeighsLessThan40KilobytesAndItsFilesAreKeptForAYear() throws Exception {
    HttpResponse<byte[]> page = get("/login", "Accept", "text/html");
    assertThat(header(page, "Content-Encoding")).isEqualTo("gzip");
    int weight = page.body().length;
    List<String> files = files();

    assertThat(files).hasSizeGreaterThan(2).allMatch(file -> file.contains("?v="));
    for (String file : files) {
      HttpResponse<byte[]> answer = get(file);
      assertThat(answer.statusCode()).as(file).isEqualTo(200);
      assertThat(header(answer, "Cache-Control"))
          .as(file)
          .isEqualTo("public, max-age=31536000, immutable");
      weight += answer.body().length;
    }

    assertThat(weight).isLessThan(40_000);
  }

  private List<String> files() throws IOException, InterruptedException {
    String html =
        client
            .send(
                HttpRequest.newBuilder(SERVER.uri("/login")).build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8))
            .body();
    return FILE.matcher(html)
        .results()
        .map((MatchResult found) -> found.group(1))
        .distinct()
        .toList();
  }

  @Test
  void fileWithoutItsVersionIsNotKeptWithoutAsking() throws Exception {
    assertThat(header(get("/assets/keyturn.css"), "Cache-Control")).isEqualTo("no-cache");
    assertThat(get("/assets/none.css?v=1").statusCode()).isEqualTo(404);
    assertThat(header(get("/assets/none.css?v=1"), "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void pagesAllowNoStyleAndNoScriptOfSomebodyElse() throws Exception {
    String policy = header(get("/login", "Accept", "text/html"), "Content-Security-Policy");

    assertThat(policy)
        .contains("default-src 'self'", "style-src 'self'", "object-src 'none'")
        .containsPattern("script-src 'self' 'nonce-[^']+'")
        .doesNotContain("unsafe-inline")
        .doesNotContain("unsafe-eval");
  }

  @Test
  void documentIsCompressedForWhoTakesIt() throws Exception {
    HttpResponse<byte[]> compressed = get("/openapi.json");

    assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(compressed.body().length).isLessThan(60_000);
    assertThat(compressed.body()[0]).isEqualTo((byte) 0x1f);
  }
}
