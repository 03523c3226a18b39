package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RawHttp;
import io.keyturn.support.Visitor;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A secret is nowhere in clear but with whoever was given it. */
class CanaryHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();

  @Test
  void secretIsInNoLogNoFileAndNoTable() throws IOException {
    Key key = control.key(Control.wish().scopes("api-keys:read"));
    exercise(key);
    Key second = control.refresh(key, Duration.ofHours(1));
    exercise(second);
    control.reveal(second);
    control.revoke(second);
    api.me(second.secret());
    Key working = control.key();
    exercise(working);

    for (Key canary : List.of(key, second, working)) {
      // Its random part, for it must not be there without its prefix either.
      String random = canary.secret().substring(8, 48);
      assertThat(filesWith(random)).isEmpty();
      assertThat(tablesWith(random)).isEmpty();
      assertThat(tablesWith(HexFormat.of().formatHex(random.getBytes(StandardCharsets.US_ASCII))))
          .isEmpty();
    }
    assertThat(tablesWith(working.name())).as("the search itself").contains("api_key");
    assertThat(filesWith("CWWKF0011I")).as("the search itself").isNotEmpty();
  }

  @Test
  void signingSecretIsInNoLogNoFileAndNoTable() throws IOException {
    Key key = control.key(Control.wish().scopes("webhooks:read webhooks:manage events:read"));
    String bearer = "Bearer " + key.secret();
    JsonObject created =
        api.post(
                "/api/v1/webhooks",
                "application/json",
                "{\"url\": \"https://erp.example.com/canary\", \"types\": [\"webhook.disabled\"]}",
                "Authorization",
                bearer)
            .json();
    String path = "/api/v1/webhooks/" + created.getJsonObject("webhook").getString("id");
    String rotated =
        api.post(path + "/rotate-secret", "application/json", "{}", "Authorization", bearer)
            .json()
            .getString("secret");
    List<String> told =
        Stream.of(path, path + "/deliveries", "/api/v1/webhooks", "/api/v1/events")
            .map(address -> api.get(address, key.secret()).body())
            .toList();

    for (String secret : List.of(created.getString("secret"), rotated)) {
      String random = secret.substring("whsec_".length());
      String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(random));
      assertThat(told).noneMatch(body -> body.contains(random));
      assertThat(filesWith(random)).isEmpty();
      assertThat(tablesWith(random)).isEmpty();
      assertThat(filesWith(hex)).isEmpty();
      assertThat(tablesWith(hex)).isEmpty();
    }
    assertThat(tablesWith("https://erp.example.com/canary"))
        .as("the search itself")
        .contains("webhook");
  }

  /** In each header and at each address, escaped or not, of the API, of pages and of the server. */
  @Test
  void secretThatStandsWhereItMustNotIsInNoLogAndNoTable() throws IOException {
    Key key = control.key(Control.wish().scopes("api-keys:manage api-keys:read suppliers:read"));
    String secret = key.secret();
    List<String> answered = new ArrayList<>();
    for (String line : lines(secret)) {
      for (String target : TARGETS) {
        answered.add(request(target, line, secret).status() + " " + line + " to " + target);
      }
    }
    for (String address : addresses(secret)) {
      answered.add(
          RawHttp.send(
                      SERVER,
                      FROM,
                      RawHttp.get(address, "Host: localhost", "Accept: text/html,*/*"))
                  .status()
              + " "
              + address);
    }
    texts(key).forEach(answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(422));
    new Visitor(SERVER).trySignIn(secret + "@demo.example", secret);

    assertThat(filesWith(secret.substring(8, 48))).isEmpty();
    assertThat(tablesWith(secret.substring(8, 48))).isEmpty();
    // What the server itself answers is named in ProblemHttpIT.
    assertThat(answered)
        .filteredOn(line -> line.startsWith("5") && !line.contains(" /openapi"))
        .isEmpty();
  }

  /** Of its own, for wrong secrets count against the address that they come from. */
  private static final String FROM = "127.0.0.62";

  private static final List<String> TARGETS =
      List.of(
          "GET /api/v1/me",
          "POST /api/v1/api-keys",
          "POST /api/v1/oauth/token",
          "GET /api-documentation",
          "POST /login",
          "GET /assets/keyturn.css",
          "GET /health/live");

  private static final List<String> HEADERS =
      List.of(
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Accept-Language",
          "Access-Control-Request-Headers",
          "Authorization",
          "Content-Disposition",
          "Content-Encoding",
          "Content-Language",
          "Content-Type",
          "Cookie",
          "Faces-Request",
          "Forwarded",
          "Host",
          "Idempotency-Key",
          "If-Match",
          "If-Modified-Since",
          "Origin",
          "Range",
          "Referer",
          "User-Agent",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Keyturn-Verifier",
          "X-Request-Id");

  private static List<String> lines(String secret) {
    return HEADERS.stream()
        .flatMap(
            header ->
                Stream.of(
                        "%s",
                        "%s/x",
                        "text/html;q=%s",
                        "application/x-www-form-urlencoded;charset=%s",
                        "application/json;charset=\"%s",
                        "a=%s; Path=/; b",
                        "Basic %s")
                    .map(value -> header + ": " + value.formatted(secret)))
        .toList();
  }

  private static Api.Answer request(String target, String line, String secret) {
    String body = target.startsWith("POST") ? "name=" + secret + "&client_id=" + secret : "";
    boolean json = target.endsWith("api-keys");
    List<String> lines = new ArrayList<>(List.of("Connection: close", line));
    if (!line.startsWith("Host")) {
      lines.add("Host: localhost");
    }
    if (!body.isEmpty() && !line.startsWith("Content-Type")) {
      lines.add("Content-Type: application/" + (json ? "json" : "x-www-form-urlencoded"));
    }
    if (target.contains("/api/v1/") && !target.endsWith("token") && !line.startsWith("Auth")) {
      lines.add("Authorization: Bearer " + secret);
    }
    lines.add("Content-Length: " + body.length());
    return RawHttp.send(
        SERVER, FROM, target + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n" + body);
  }

  private static List<String> addresses(String secret) {
    return Stream.of(
            secret,
            secret.replace("_", "%5f"),
            secret.replace("_", "%255F"),
            secret.replace("l", "%6c"))
        .flatMap(
            s ->
                Stream.of(
                        "/api/v1/me?api_key=%s&x=|",
                        "/api/v1/me?x=^&api_key=%s",
                        "/api/v1/nothing?x=\"%s",
                        "/api/v1/nothing?\u00c3\u009f=%s",
                        "/api/v1/%s",
                        "/api/v1/me;x=%s",
                        "/%s",
                        "/assets/%s.css",
                        "/jakarta.faces.resource/%s.css?ln=%s",
                        "/settings/%s",
                        "/login?return=/%s",
                        "/invitation?token=%s",
                        "/api-documentation?domain=%s",
                        "/sign-in/oidc?return=/%s",
                        "/sign-in/oidc/callback?code=%s&state=%s",
                        "/health/%s",
                        "/health?x=%s",
                        "/health/live/%s",
                        "/openapi/%s",
                        "/openapi?x=|&y=%s",
                        "/openapi?q=%%u0041&x=%s",
                        "/openapi?x=%s&q=%%u0041%s",
                        "/openapi/ui/%s",
                        "/openapi/ui/?x=%%00%s",
                        "/openapi/platform/%s")
                    .map(form -> form.formatted(s, s)))
        .toList();
  }

  /** Each text of the API that somebody types and others read. */
  private List<Api.Answer> texts(Key key) {
    String secret = key.secret();
    String keys = "/api/v1/api-keys";
    String bearer = "Bearer " + secret;
    return List.of(
        api.post(
            keys, "application/json", "{\"name\":\"" + secret + "\"}", "Authorization", bearer),
        api.post(
            keys,
            "application/json",
            "{\"name\":\"a\",\"scopes\":[\"" + secret + "\"]}",
            "Authorization",
            bearer),
        api.post(
            keys,
            "application/json",
            "{\"name\":\"a\"}",
            "Authorization",
            bearer,
            "Idempotency-Key",
            secret),
        api.post(
            keys + "/" + key.id() + "/revoke",
            "application/json",
            "{\"reason\":\"it was " + secret.replace("_", "%5f") + "\"}",
            "Authorization",
            bearer));
  }

  /** A secret wherever a client may put it, right or wrong. */
  private void exercise(Key key) {
    String bearer = "Bearer " + key.secret();
    api.me(key.secret());
    api.get("/api/v1/suppliers", key.secret());
    api.get("/api/v1/test/fail", key.secret());
    api.get("/api/v1/me?access_token=" + key.secret(), key.secret());
    api.get("/api/v1/me?x=" + key.secret(), key.secret());
    api.get("/api/v1/suppliers/" + key.secret(), key.secret());
    api.get("/" + key.secret(), key.secret());
    api.send("GET", "/api/v1/me", "Authorization", bearer, "X-API-Key", key.secret());
    api.send("GET", "/api/v1/me", "Authorization", bearer + "x");
    api.send("GET", "/api/v1/me", "Cookie", "keyturn-session=" + key.secret());
    api.send("GET", "/login", "Cookie", "keyturn-session=0000" + key.secret() + ":clone");
    api.send("GET", "/settings/api-authentication", "Cookie", "keyturn-session=" + key.secret());
    api.send("GET", "/login", "Cookie", "LtpaToken2=" + key.secret());
    api.send("GET", "/api/v1/me", "Accept", key.secret() + "/x", "Authorization", bearer);
    api.post("/api/v1/test/echo", "application/json", "{\"name\":\"" + key.secret() + "\"}");
    api.post("/api/v1/test/echo", "application/json", "{\"" + key.secret() + "\":1}");
    api.post("/api/v1/test/echo", "application/json", key.secret());
    RawHttp.send(SERVER, RawHttp.get("/api/v1/me", "Host: " + key.secret()));
    RawHttp.send(SERVER, RawHttp.get("/api/v1/me/%zz" + key.secret(), "Host: localhost"));
  }

  private static List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(SERVER.home())) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.toString().endsWith(".jar") && !f.toString().endsWith(".war"))
          .filter(f -> contains(f, text))
          .toList();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      // Gone since it was listed, as the server's own temporary files are.
      return false;
    }
  }

  private List<String> tablesWith(String text) {
    return control
        .sql(
            "SELECT table_name FROM information_schema.tables WHERE table_schema IN ('public',"
                + " 'PUBLIC')")
        .stream()
        .map(row -> row.getString("table_name").toLowerCase(java.util.Locale.ROOT))
        .filter(table -> !table.startsWith("flyway"))
        .filter(table -> rows(table).stream().anyMatch(row -> row.toString().contains(text)))
        .toList();
  }

  private List<JsonObject> rows(String table) {
    return control.sql("SELECT * FROM " + table);
  }
}
