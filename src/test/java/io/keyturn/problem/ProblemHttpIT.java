package io.keyturn.problem;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every failure is a problem document, whoever raises it. */
class ProblemHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Key KEY = SERVER.control().key();
  private static final String ECHO = "/api/v1/test/echo";
  private static final String JSON = "application/json";

  private final Api api = SERVER.api();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/nothing",
        "/api/v1",
        "/api/v1/",
        "/api/v2/me",
        "/api",
        "/nothing",
        "/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/h2-console"
      })
  void unknownPathIsNotFound(String path) {
    assertProblem(api.get(path, KEY.secret()), 404, "not_found");
    assertProblem(api.send("GET", path), 404, "not_found");
  }

  @Test
  void personGetsAPageForAnUnknownPathAndAProgramDoesNot() {
    Answer page = api.send("GET", "/nothing", "Accept", "text/html,*/*");

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.body()).contains(page.header("X-Request-Id").orElseThrow());
    assertProblem(api.send("GET", "/api/v1/nothing", "Accept", "text/html"), 404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void wrongMethodIsNotAllowedAndTheRightOnesAreNamed(String method) {
    Answer answer = api.send(method, "/api/v1/me", "Authorization", "Bearer " + KEY.secret());

    assertProblem(answer, 405, "method_not_allowed");
    assertThat(answer.header("Allow").orElse("")).contains("GET").doesNotContain(method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "NONSENSE", "PROPFIND"})
  void methodOfNoUseIsAProblem(String method) {
    Answer answer =
        RawHttp.send(
            SERVER,
            method + " /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertProblem(answer);
    assertThat(answer.status()).isIn(400, 405, 501);
  }

  @Test
  void formatThatIsNotOfferedIsNotAcceptable() {
    assertProblem(
        api.send(
            "GET", "/api/v1/me", "Authorization", "Bearer " + KEY.secret(), "Accept", "text/csv"),
        406,
        "not_acceptable");
  }

  @Test
  void otherMediaTypeIsUnsupported() {
    assertProblem(api.post(ECHO, "text/plain", "{}"), 415, "unsupported_media_type");
    assertProblem(api.post(ECHO, "application/xml", "<a/>"), 415, "unsupported_media_type");
  }

  @Test
  void lineOfTheLogNamesRequestOrganisationAndKey() {
    Answer answer = api.get("/api/v1/test/fail-for-key", KEY.secret());

    assertProblem(answer, 500, "internal_error");
    Eventually.within1s(
        () ->
            assertThat(SERVER.log())
                .contains(
                    "[request_id=%s organisation=demo api_key=%s] request"
                        .formatted(answer.header("X-Request-Id").orElseThrow(), KEY.id())));
  }

  @Test
  void goodBodyComesBack() {
    Answer answer =
        api.post(
            ECHO,
            JSON,
            "{\"name\":\"é\",\"count\":3,\"words\":[\"a\"],\"inner_part\":{\"flag\":true}}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().getString("name")).isEqualTo("é");
    assertThat(answer.json().getJsonObject("inner_part").getBoolean("flag")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "nonsense",
        "{\"name\":}",
        "{} {}",
        "{\"name\":\"a\",\"name\":\"b\"}"
      })
  void malformedJsonIsMalformed(String body) {
    assertProblem(api.post(ECHO, JSON, body), 400, "malformed_request");
  }

  @Test
  void bytesThatAreNotUtf8AreMalformed() {
    assertProblem(
        api.send(
            "POST",
            ECHO,
            BodyPublishers.ofByteArray("{\"name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)),
            "Content-Type",
            JSON),
        400,
        "malformed_request");
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 1000, 100_000})
  void deepJsonIsMalformed(int depth) {
    assertProblem(
        api.post(ECHO, JSON, "{\"words\":" + "[".repeat(depth) + "]".repeat(depth) + "}"),
        400,
        "malformed_request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":7} | name",
        "{\"name\":\"a\",\"count\":1.5} | count",
        "{\"name\":\"a\",\"count\":\"1\"} | count",
        "{\"name\":\"a\",\"words\":\"x\"} | words",
        "{\"name\":\"a\",\"stranger\":1} | stranger",
        "{\"name\":\"a\",\"organisation_id\":\"x\"} | organisation_id",
        "{\"name\":\"a\",\"inner_part\":{\"flag\":\"yes\"}} | inner_part.flag",
        "{\"name\":\"a\",\"inner_part\":{\"other\":1}} | inner_part.other"
      })
  void invalidMemberIsNamed(String body, String field) {
    Answer answer = api.post(ECHO, JSON, body);

    assertProblem(answer, 422, "invalid");
    assertThat(
            answer.json().getJsonArray("errors").getValuesAs(jakarta.json.JsonObject.class).stream()
                .map(e -> e.getString("field")))
        .containsExactly(field);
  }

  @Test
  void unknownQueryParameterIsInvalid() {
    Answer answer = api.get("/api/v1/me?stranger=1", KEY.secret());

    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("stranger");
  }

  @Test
  void largeBodyIsTooLarge() {
    String large = "{\"name\":\"" + "a".repeat(1024 * 1024) + "\"}";

    assertProblem(api.post(ECHO, JSON, large), 413, "content_too_large");
    assertProblem(api.post("/api/v1/me", JSON, large), 413, "content_too_large");
  }

  @Test
  void largeChunkedBodyIsTooLargeToo() {
    byte[] part = "a".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
    Answer answer =
        api.send(
            "POST",
            ECHO,
            BodyPublishers.ofByteArrays(Collections.nCopies(20, part)),
            "Content-Type",
            JSON);

    assertProblem(answer, 413, "content_too_large");
  }

  /** The server reads all of a form before it tells a page the first parameter. */
  @ParameterizedTest
  @CsvSource({
    "/login, application/x-www-form-urlencoded",
    "/login, multipart/form-data; boundary=x",
    "/login.xhtml, application/x-www-form-urlencoded",
    "/invitation, application/x-www-form-urlencoded",
    "/api/nothing.xhtml, application/x-www-form-urlencoded",
    "/nothing, application/x-www-form-urlencoded"
  })
  void formForAPageMustSayItsLength(String path, String type) {
    assertProblem(chunked(path, type, 1), 411, "length_required");
    assertProblem(chunked(path, type, 20), 411, "length_required");
  }

  @Test
  void formForTheApiNeedNotSayItsLengthAndIsBoundedToo() {
    String form = "application/x-www-form-urlencoded";

    assertThat(chunked("/api/v1/oauth/token", form, 0).json().getString("error_description"))
        .contains("grant_type");
    assertThat(chunked("/api/v1/oauth/token", form, 20).status()).isEqualTo(413);
    assertProblem(chunked(ECHO, form, 20));
  }

  /** POSTs without a length: {@code a=aaa…}, and so many parts of 64 KiB. */
  private Answer chunked(String path, String type, int parts) {
    List<byte[]> body = new ArrayList<>();
    body.add("a=a".getBytes(StandardCharsets.US_ASCII));
    body.addAll(
        Collections.nCopies(parts, "a".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII)));
    return api.send("POST", path, BodyPublishers.ofByteArrays(body), "Content-Type", type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "overflow"})
  void whatWeDidNotForeseeSaysNothingOfItself(String path) {
    Answer answer = api.send("GET", "/api/v1/test/" + path);

    assertProblem(answer);
    assertThat(answer.status()).isIn(400, 500);
  }

  @Test
  void unforeseenFailureIsInTheLogUnderItsRequestId() {
    Answer answer = api.send("GET", "/api/v1/test/fail");

    assertProblem(answer, 500, "internal_error");
    assertThat(SERVER.logs()).contains(answer.header("X-Request-Id").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/../../WEB-INF/web.xml",
        "/api/v1/..%2f..%2fWEB-INF/web.xml",
        "/api/v1/%2e%2e/%2e%2e/WEB-INF/web.xml",
        "/api/v1/suppliers/%ff%fe",
        "/WEB-INF%2fweb.xml",
        "/%57EB-INF/web.xml",
        "/WEB-INF;x/web.xml",
        "/api/v1\\me",
        "/api/v1/me%5c"
      })
  void malformedPathIsAProblem(String path) {
    Answer answer =
        RawHttp.send(
            SERVER, RawHttp.get(path, "Host: localhost", "Authorization: Bearer " + KEY.secret()));

    assertThat(answer.status()).as(path).isIn(400, 404);
    assertProblem(answer);
    assertThat(answer.body()).doesNotContain("<web-app");
  }

  /** The server refuses these before any application sees them, so the words are the server's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/%zz",
        "/api/v1/%",
        "/api/v1/me%00",
        "/api/v1/me%01",
        "/api/v1/me%7f",
        "/api/v1/me%09",
        "/api/v1/.;/me",
        "/api/v1/me%0d%0aX-Injected:%20yes",
        "/.;/WEB-INF/web.xml",
        "\\WEB-INF\\web.xml",
        "/<script>%zz"
      })
  void pathThatIsNoneIsRefusedDiscreetly(String path) {
    Answer answer = RawHttp.send(SERVER, RawHttp.get(path, "Host: localhost"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("X-Request-Id")).as("the words are not ours").isEmpty();
    assertThat(answer.header("X-Injected")).isEmpty();
    assertThat(answer.body())
        .doesNotContain("<web-app")
        .doesNotContain("<script>")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//api/v1/suppliers",
        "/api//v1/suppliers",
        "/api/v1//suppliers",
        "/api/v1/suppliers/",
        "/api/v1/suppliers;x=1",
        "/api/v1;x=1/suppliers",
        "/api/v1/./suppliers",
        "/api/v1/x/../suppliers",
        "/api/v1/%73uppliers",
        "/api/v1%2fsuppliers",
        "/api/v1/suppliers%2f",
        "/api/v1/suppliers%20",
        "/api/v1/Suppliers"
      })
  void noSpellingOfAnAddressGoesRoundTheScope(String path) {
    Key without = SERVER.control().key(Control.wish().scopes("api-keys:read"));

    for (List<String> headers :
        List.of(
            List.of("Host: localhost"),
            List.of("Host: localhost", "X-API-Key: " + without.secret()),
            List.of("Host: localhost", "Authorization: Bearer " + without.secret()))) {
      Answer answer = RawHttp.send(SERVER, RawHttp.get(path, headers.toArray(String[]::new)));

      assertThat(answer.status()).as(path).isIn(400, 401, 403, 404);
      assertProblem(answer);
    }
  }

  @Test
  void clientsRequestIdIsNotTaken() {
    Answer answer = api.send("GET", "/api/v1/nothing", "X-Request-Id", "mine\u00e9<script>");

    assertProblem(answer, 404, "not_found");
    assertThat(answer.body()).doesNotContain("mine");
  }

  @Test
  void goodAnswersCarryARequestIdToo() {
    Answer answer = api.me(KEY.secret());

    assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1);
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.header("X-Powered-By")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e1000000000000", "1e-1000000000000", "1e1000000000", "1e400", "-1e99999999"})
  void numberBeyondAllBoundsIsRefused(String number) {
    Answer answer = api.post(ECHO, JSON, "{\"name\":\"a\",\"count\":" + number + "}");

    assertProblem(answer);
    assertThat(answer.status()).as(answer.body()).isIn(400, 422);
  }

  /** Their price is the square of their length. */
  @Test
  void numberOfManyDigitsIsNotRead() {
    String digits = "9".repeat(900_000);

    for (String body : List.of("{\"count\":%s}", "{\"words\":[%s]}", "{\"stranger\":1e%s}")) {
      assertProblem(api.post(ECHO, JSON, body.formatted(digits)), 400, "malformed_request");
    }
  }

  @Test
  void answerIsNoLongerThanSomebodyReads() {
    StringBuilder body = new StringBuilder("{\"" + "m".repeat(10_000) + "\":1");
    for (int i = 0; i < 60_000; i++) {
      body.append(",\"m").append(i).append("\":1");
    }

    Answer answer = api.post(ECHO, JSON, body + "}");

    assertProblem(answer, 422, "invalid");
    assertThat(answer.body()).hasSizeLessThan(10_000).contains("more errors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "9999999999999999\r\n{}"})
  void brokenChunksAreMalformed(String chunks) {
    for (String target : List.of(ECHO, "/api/v1/oauth/token")) {
      String type = target.equals(ECHO) ? JSON : "application/x-www-form-urlencoded";
      Answer answer =
          RawHttp.send(
              SERVER,
              "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\n"
                      .formatted(target, type)
                  + "Transfer-Encoding: chunked\r\n\r\n"
                  + chunks);

      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    }
  }

  @Test
  void compressedBodyIsRead() throws IOException {
    byte[] json = "{\"name\":\"small\"}".getBytes(StandardCharsets.UTF_8);

    for (String coding : List.of("gzip", "GZIP", "x-gzip", "deflate", "identity")) {
      Answer answer = coded(coding, compressed(coding, json));
      assertThat(answer.status()).as(coding + answer.body()).isEqualTo(200);
      assertThat(answer.json().getString("name")).isEqualTo("small");
    }
  }

  @Test
  void bodyThatIsNotCompressedAsItSaysIsMalformed() throws IOException {
    byte[] json = "{\"name\":\"small\"}".getBytes(StandardCharsets.UTF_8);
    byte[] cut = compressed("gzip", json);

    assertProblem(coded("gzip", json), 400, "malformed_request");
    assertProblem(coded("deflate", json), 400, "malformed_request");
    assertProblem(coded("gzip", java.util.Arrays.copyOf(cut, 5)), 400, "malformed_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "nonsense", "gzip, gzip", "gzip;q=1", ""})
  void codingThatIsNotKnownIsUnsupported(String coding) {
    Answer answer = coded(coding, "{\"name\":\"small\"}".getBytes(StandardCharsets.UTF_8));

    assertProblem(answer, 415, "unsupported_media_type");
    assertThat(answer.header("Accept-Encoding")).contains("gzip, deflate");
    assertProblem(
        api.send("POST", "/api/v1/api-keys", "Content-Encoding", "br", "Content-Type", JSON),
        401,
        "unauthenticated");
  }

  /** A megabyte is what a body may have, and that is counted after it is decompressed. */
  @Test
  void compressedBodyIsBoundedToo() throws IOException {
    byte[] zeros = ("{\"name\":\"" + " ".repeat(64 * 1024 * 1024)).getBytes(StandardCharsets.UTF_8);
    StringBuilder varied = new StringBuilder("{\"name\":\"");
    for (int i = 0; varied.length() < 3_000_000; i++) {
      varied.append(Integer.toHexString(i * 31));
    }

    assertThat(coded("gzip", compressed("gzip", zeros)).status()).isIn(400, 413);
    assertProblem(
        coded("gzip", compressed("gzip", varied.toString().getBytes(StandardCharsets.UTF_8))),
        413,
        "content_too_large");
  }

  private static byte[] compressed(String coding, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream compressing =
        switch (coding) {
          case "identity" -> bytes;
          case "deflate" -> new DeflaterOutputStream(bytes);
          default -> new GZIPOutputStream(bytes);
        };
    compressing.write(body);
    compressing.close();
    return bytes.toByteArray();
  }

  private Answer coded(String coding, byte[] body) {
    return api.send(
        "POST",
        ECHO,
        BodyPublishers.ofByteArray(body),
        "Content-Type",
        JSON,
        "Content-Encoding",
        coding);
  }
}
