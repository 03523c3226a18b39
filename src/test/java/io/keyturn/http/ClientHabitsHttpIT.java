package io.keyturn.http;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What generated clients, forms, caches and pools of connections do, and must be able to do. */
class ClientHabitsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String KEYS = "/api/v1/api-keys";
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final Api api = SERVER.api();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);
  private final String bearer = "Bearer " + manager.key().secret();

  private JsonObject created() {
    return manager.create("ERP " + System.nanoTime()).getJsonObject("api_key");
  }

  private Answer get(String path, String... headers) {
    return with("GET", path, "", headers);
  }

  private Answer with(String method, String path, String body, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = bearer;
    return api.send(
        method,
        path,
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
        all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/problem+json",
        "application/*+json",
        "application/hal+json, text/html;q=0.2",
        "APPLICATION/PROBLEM+JSON;q=0.9"
      })
  void jsonByAnotherNameIsAnsweredWithJson(String accept) {
    Answer answer = get(KEYS, "Accept", accept);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/csv", "image/svg+xml", "application/problem+json;q=0"})
  void whatIsNoJsonStaysNotAcceptable(String accept) {
    assertProblem(get(KEYS, "Accept", accept), 406, "not_acceptable");
  }

  @Test
  void changeMayBeCalledTheMergePatchThatItIs() {
    JsonObject key = created();

    Answer answer =
        with(
            "PATCH",
            KEYS + "/" + key.getString("id"),
            "{\"requests_per_minute\":30}",
            "Content-Type",
            MERGE_PATCH + "; charset=utf-8",
            "If-Match",
            "\"0\"");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().getInt("requests_per_minute")).isEqualTo(30);
    assertThat(answer.header("Accept-Patch").orElse("")).contains(MERGE_PATCH);
    assertThat(get(KEYS + "/" + key.getString("id")).json().getJsonArray("scopes"))
        .as("what was not sent stays")
        .isEqualTo(key.getJsonArray("scopes"));
  }

  @Test
  void otherTypesOfAChangeAreRefusedWithTheTypesThatAreRead() {
    Answer answer =
        with(
            "PATCH",
            KEYS + "/" + created().getString("id"),
            "[]",
            "Content-Type",
            "application/json-patch+json",
            "If-Match",
            "*");

    assertProblem(answer, 415, "unsupported_media_type");
    assertThat(answer.header("Accept-Patch").orElse("")).contains(MERGE_PATCH);
    assertProblem(
        with("POST", KEYS, "{\"name\":\"a\"}", "Content-Type", MERGE_PATCH),
        415,
        "unsupported_media_type");
  }

  @Test
  void strangersLearnThatTheyAreStrangersBeforeWhatIsReadHere() {
    assertProblem(
        api.send(
            "PATCH",
            KEYS + "/" + created().getString("id"),
            BodyPublishers.ofString("[]"),
            "Content-Type",
            "text/plain"),
        401,
        "unauthenticated");
    assertProblem(api.post(KEYS, "text/plain", "x"), 401, "unauthenticated");
  }

  @Test
  void optionsTellTheTypesOfAChange() {
    assertThat(get(KEYS + "/" + created().getString("id")).header("Accept-Patch"))
        .as("a GET is no place for it")
        .isEmpty();
    assertThat(
            with("OPTIONS", KEYS + "/" + created().getString("id"), "")
                .header("Accept-Patch")
                .orElse(""))
        .contains(MERGE_PATCH);
  }

  @Test
  void versionThatTheClientHasIsNotSentAgain() {
    String path = KEYS + "/" + created().getString("id");
    String tag = get(path).header("ETag").orElseThrow();

    for (String same : List.of(tag, "W/" + tag, "\"9\", " + tag, "*")) {
      Answer answer = get(path, "If-None-Match", same);
      assertThat(answer.status()).as(same).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("ETag")).contains(tag);
    }
    for (String other : List.of("\"9\"", "nonsense", "\"\"")) {
      assertThat(get(path, "If-None-Match", other).status()).as(other).isEqualTo(200);
    }
    manager.change(path.substring(KEYS.length() + 1), "{\"requests_per_minute\":30}");
    Answer changed = get(path, "If-None-Match", tag);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag").orElseThrow()).isNotEqualTo(tag);
  }

  @Test
  void answersWithASecretTellTheVersionToo() {
    Answer created = manager.post("", "{\"name\":\"ERP\"}", "Idempotency-Key", "one");
    Answer repeated = manager.post("", "{\"name\":\"ERP\"}", "Idempotency-Key", "one");
    String id = created.json().getJsonObject("api_key").getString("id");

    assertThat(created.header("ETag")).isEqualTo(get(KEYS + "/" + id).header("ETag"));
    assertThat(repeated.header("ETag")).isEqualTo(created.header("ETag"));
    Answer refreshed = manager.post("/" + id + "/refresh", "{\"replaces\":1}");
    assertThat(refreshed.header("ETag").orElseThrow())
        .isEqualTo(get(KEYS + "/" + id).header("ETag").orElseThrow())
        .isEqualTo("\"" + refreshed.json().getJsonObject("api_key").getInt("version") + "\"");
    assertThat(manager.post("/" + id + "/revoke", "{}").header("ETag")).isPresent();
  }

  @Test
  void emptyScopesAreRefusedAndChangeNothing() {
    JsonObject key = created();

    assertField(
        manager.change(key.getString("id"), "{\"requests_per_minute\":30,\"scopes\":[]}"),
        "scopes");
    assertField(manager.post("", "{\"name\":\"none\",\"scopes\":[]}"), "scopes");
    JsonObject now = get(KEYS + "/" + key.getString("id")).json();
    assertThat(now.getJsonArray("scopes")).isEqualTo(key.getJsonArray("scopes"));
    assertThat(now.isNull("requests_per_minute")).isTrue();
  }

  @Test
  void emptyNetworksDoNotOpenAKeyThatWasNarrowed() {
    String id = created().getString("id");
    manager.change(id, "{\"networks\":[\"127.0.0.0/8\"]}");

    assertField(manager.change(id, "{\"networks\":[]}"), "networks");
    assertThat(networks(id)).containsExactly("127.0.0.0/8");
    assertThat(manager.change(id, "{\"networks\":null}").status()).isEqualTo(200);
    assertThat(networks(id)).isEmpty();
  }

  private List<String> networks(String id) {
    return get(KEYS + "/" + id)
        .json()
        .getJsonArray("networks")
        .getValuesAs(JsonString.class)
        .stream()
        .map(JsonString::getString)
        .toList();
  }

  @Test
  void emptyIdsCountAsAbsentBesideAnotherRule() {
    Answer answer =
        manager.post("/revoke", "{\"ids\":[],\"unused_for\":\"P90D\",\"reason\":\"tidy\"}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().getJsonArray("revoked")).isEmpty();
    assertField(manager.post("/revoke", "{\"ids\":[],\"reason\":\"tidy\"}"), "ids");
  }

  private static void assertField(Answer answer, String field) {
    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
  }

  @Test
  void parametersThatAFormLeftEmptyCountAsAbsent() {
    String all = "/api/v1/suppliers?status=all&limit=7&sort=number";
    String secret = SERVER.control().key().secret();

    Answer form =
        api.get(
            "/api/v1/suppliers?q=&status=all&location=&cursor=&country=&limit=7&count=&sort=number",
            secret);

    assertThat(form.status()).as(form.body()).isEqualTo(200);
    assertThat(form.json().getJsonArray("data"))
        .isEqualTo(api.get(all, secret).json().getJsonArray("data"));
    assertProblem(api.get(all + "&location=nowhere-at-all", secret), 422, "invalid");
    assertProblem(api.get("/api/v1/suppliers?=x", secret), 422, "invalid");
  }

  @Test
  void countryIsFoundInWhateverCase() {
    String secret = SERVER.control().key().secret();

    JsonObject upper = api.get("/api/v1/suppliers?country=DE&status=all", secret).json();
    assertThat(upper.getJsonArray("data")).isNotEmpty();
    for (String code : List.of("de", "De")) {
      assertThat(api.get("/api/v1/suppliers?status=all&country=" + code, secret).json())
          .isEqualTo(upper);
    }
  }

  @Test
  void addressesInHeadersAreWholeOnes() {
    Answer created = manager.post("", "{\"name\":\"ERP\"}", "Idempotency-Key", "two");
    Answer repeated = manager.post("", "{\"name\":\"ERP\"}", "Idempotency-Key", "two");
    manager.create("second");
    String location = created.header("Location").orElseThrow();

    assertThat(location)
        .isEqualTo(
            SERVER.uri(KEYS) + "/" + created.json().getJsonObject("api_key").getString("id"));
    assertThat(repeated.header("Location")).contains(location);
    String link = get(KEYS + "?limit=1").header("Link").orElseThrow();
    assertThat(link).startsWith("<" + SERVER.uri(KEYS) + "?cursor=");
    assertThat(
            get(link.substring(SERVER.uri("").toString().length() + 1, link.indexOf('>'))).status())
        .isEqualTo(200);
  }

  /** However the client encoded the names and values of its parameters. */
  @Test
  void linkOfAnOddAddressLeadsToTheNextPage() {
    String path = "/api/v1/suppliers?%73tatus=all&sort=n%61me&limit=2";
    String all = "/api/v1/suppliers?status=all&sort=name&limit=6";
    String secret = SERVER.control().key().secret();
    JsonArray ids = api.get(all, secret).json().getJsonArray("data");
    Answer page = api.get(path, secret);

    for (int i = 0; i < ids.size(); i += 2) {
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      assertThat(page.json().getJsonArray("data")).isEqualTo(ids.subList(i, i + 2));
      String link = page.header("Link").orElseThrow();
      String next = link.substring(link.indexOf("/api/"), link.indexOf('>'));
      page = api.get(next.replace("cursor=", "%63ursor="), secret);
    }
  }

  private HttpResponse<byte[]> bytes(String path, String secret, String coding) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(SERVER.uri(path))
                .header("Authorization", "Bearer " + secret)
                .header("Accept-Encoding", coding)
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"gzip|true", "br, gzip;q=0.5|true", "GZIP|true", "identity|false", "gzip;q=0|false"})
  void longListIsCompressedForClientsThatAskForIt(String coding, boolean compressed)
      throws Exception {
    String secret = SERVER.control().key().secret();
    String path = "/api/v1/suppliers?status=all&limit=60";

    HttpResponse<byte[]> answer = bytes(path, secret, coding);

    assertThat(answer.headers().allValues("Vary").toString()).contains("Accept-Encoding");
    assertThat(answer.headers().firstValue("Content-Encoding").isPresent()).isEqualTo(compressed);
    byte[] plain = answer.body();
    if (compressed) {
      plain = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
      assertThat(answer.body().length).isLessThan(plain.length / 3);
    }
    try (var reader = Json.createReader(new ByteArrayInputStream(plain))) {
      assertThat(reader.readObject()).isEqualTo(api.get(path, secret).json());
    }
  }

  @Test
  void shortListsAndAnswersWithASecretAreNotCompressed() throws Exception {
    String secret = SERVER.control().key().secret();
    assertThat(bytes("/api/v1/suppliers?limit=1&fields=name", secret, "gzip").headers().map())
        .doesNotContainKey("Content-Encoding");

    Answer created =
        manager.post("", "{\"name\":\"" + "long ".repeat(19) + "\"}", "Accept-Encoding", "gzip");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.headers().map()).doesNotContainKey("Content-Encoding");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /api/v1/nothing||404 Not Found",
        "GET /api/v1/suppliers|Accept: text/csv|406 Not Acceptable",
        "DELETE /api/v1/me||405 Method Not Allowed",
        "GET /api/v1/suppliers?nonsense=1||422 Unprocessable Content",
        "POST /api/v1/api-keys|Content-Type: text/plain|415 Unsupported Media Type",
        "PATCH /api/v1/api-keys/00000000-0000-4000-8000-000000000000|Content-Type:"
            + " application/json|428 Precondition Required",
        "GET /api/v1/audit-events||403 Forbidden"
      })
  void connectionGoesOnAfterAFailureThatHasItsOwnName(
      String request, String header, String statusLine) throws IOException {
    String head =
        request
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
            + bearer
            + "\r\n"
            + (header == null ? "" : header + "\r\n");
    String body = request.startsWith("GET") ? "" : "{\"name\":\"GET /smuggled HTTP/1.1\"}";
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", SERVER.port()), 10_000);
      socket.setSoTimeout(30_000);
      for (int i = 0; i < 3; i++) {
        String sent = head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
        String answer = answer(socket.getInputStream());
        assertThat(answer).startsWith("HTTP/1.1 " + statusLine);
        assertThat(answer).doesNotContainIgnoringCase("connection: close");
      }
    }
  }

  /** The head of one answer; its body is read, too. */
  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as("the connection ended after: " + head).isNotNegative();
      head.append((char) next);
    }
    var length = Pattern.compile("(?i)content-length: ([0-9]+)").matcher(head);
    assertThat(length.find()).as(head.toString()).isTrue();
    in.readNBytes(Integer.parseInt(length.group(1)));
    return head.toString();
  }

  @Test
  void requestThatCannotBeReadEndsItsConnection() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", SERVER.port()), 10_000);
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              "GET /api/v1/me HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(all).startsWith("HTTP/1.1 400").containsIgnoringCase("connection: close");
    }
  }
}
