package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RawHttp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Requests that no well-bred client sends: each header with each odd value, and each odd address,
 * at each kind of address. None is answered as a failure of ours, and none leaves an error in the
 * log.
 */
class OddRequestsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Key KEY =
      SERVER.control().key(Control.wish().scopes("api-keys:manage suppliers:read"));

  /** Of its own, for wrong secrets count against the address that they come from. */
  private static final String FROM = "127.0.0.61";

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String SECRET = "Authorization: Bearer " + KEY.secret();

  private static final List<String> HEADERS =
      List.of(
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Accept-Language",
          "Access-Control-Request-Headers",
          "Access-Control-Request-Method",
          "Authorization",
          "Cache-Control",
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
          "If-None-Match",
          "Origin",
          "Range",
          "Referer",
          "TE",
          "Upgrade",
          "User-Agent",
          "Via",
          "X-API-Key",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-HTTP-Method-Override",
          "X-Keyturn-Verifier",
          "X-Request-Id");

  /** What stands after the colon; more than one value is a header sent more than once. */
  private static final List<List<String>> VALUES =
      List.of(
          List.of(""),
          List.of("\u00e9\u00ff;=,\"(<"),
          List.of("a".repeat(8 * 1024)),
          List.of("gzip", "gzip"),
          List.of("text/html;q=x"),
          List.of("*/*;q=, */*;q=-1;q=1e9, */*;q=NaN"),
          List.of("* ; ,;/"),
          List.of("\"a\",".repeat(3000) + "\"a\""),
          List.of("application/json;charset=nowhere"),
          List.of(FORM + ";charset=\"\u00e9\""),
          List.of("\"unclosed"),
          List.of("gzip"),
          List.of("deflate"),
          List.of("br"),
          List.of("keyturn-session=\"; Path=/; $Version=x; ,"),
          List.of("-99999999999999999999"));

  /** A request of its method and address with these lines and a body. */
  private record Target(String method, String address, String body, List<String> lines) {
    String with(String header, List<String> values) {
      List<String> all = new ArrayList<>();
      if (!header.equals("Host")) {
        all.add("Host: localhost");
      }
      lines.stream().filter(l -> !l.startsWith(header + ":")).forEach(all::add);
      values.forEach(value -> all.add(header + ": " + value));
      if (!body.isEmpty()) {
        all.add("Content-Length: " + body.length());
      }
      return method
          + " "
          + address
          + " HTTP/1.1\r\nConnection: close\r\n"
          + String.join("", all.stream().map(l -> l + "\r\n").toList())
          + "\r\n"
          + body;
    }
  }

  private static Target get(String address, String... lines) {
    return new Target("GET", address, "", List.of(lines));
  }

  private static final List<Target> TARGETS =
      List.of(
          get("/api/v1/me", SECRET),
          new Target(
              "POST", "/api/v1/api-keys", "{}", List.of(SECRET, "Content-Type: application/json")),
          new Target(
              "POST",
              "/api/v1/oauth/token",
              "grant_type=client_credentials",
              List.of("Content-Type: " + FORM)),
          get("/login"),
          new Target("POST", "/login", "form_SUBMIT=1", List.of("Content-Type: " + FORM)),
          get("/health/live"));

  /** Once, for what is odd in a header does not come as far as the database. */
  @Test
  @EnabledIfSystemProperty(named = "keyturn.test.database", matches = "h2")
  void noHeaderIsAnsweredAsAFailureOfOurs() {
    int before = SERVER.log().length();
    List<String> failed = new ArrayList<>();
    for (Target target : TARGETS) {
      for (String header : HEADERS) {
        for (List<String> values : VALUES) {
          Answer answer = RawHttp.send(SERVER, FROM, target.with(header, values));
          if (answer.status() < 200 || answer.status() > 499) {
            String shown = values.toString();
            failed.add(
                "%d to %s %s with %s: %s"
                    .formatted(
                        answer.status(),
                        target.method(),
                        target.address(),
                        header,
                        shown.substring(0, Math.min(50, shown.length()))));
          }
        }
      }
    }

    assertThat(failed).isEmpty();
    assertThat(errors(before)).isEmpty();
  }

  /** Raw characters that RFC 3986 does not know, junk in parameters, and so on. */
  private static final List<String> QUERIES =
      List.of(
          "x=|",
          "x=^",
          "x=\"",
          "x=`",
          "x={}",
          "x=<>",
          "x=\\",
          "x=[]",
          "x=\u00c3\u009f",
          "x=\u00df",
          "x=%c3%28",
          "x=%00",
          "x=%ff",
          "x=%0d%0a",
          "q=%00",
          "q=%ed%a0%80",
          "q=\u00c3\u009f",
          "q=%u0041",
          "q=" + "a".repeat(4000),
          "q=%27%22%5c%25_",
          "cursor=%00",
          "limit=1e9",
          "&&=&=x&x",
          "code=",
          "code=&state=",
          "return=" + "/a".repeat(3000),
          "=",
          "x=#y");

  @Test
  void noAddressIsAnsweredAsAFailureOfOurs() {
    int before = SERVER.log().length();
    List<String> failed = new ArrayList<>();
    List<Target> targets = new ArrayList<>(TARGETS);
    targets.add(get("/api/v1/api-keys", SECRET));
    targets.add(get("/api/v1/suppliers", SECRET));
    targets.add(get("/"));
    targets.add(get("/api/v1/nothing"));
    targets.add(get("/settings/users"));
    targets.add(get("/assets/keyturn.css"));
    targets.add(get("/api-documentation"));
    targets.add(get("/invitation"));
    targets.add(get("/sign-in/oidc"));
    targets.add(get("/sign-in/oidc/callback"));
    targets.add(get("/jakarta.faces.resource/x.css"));
    targets.add(get("/health/nothing"));
    targets.add(get("/.well-known/oauth-authorization-server"));
    for (Target target : targets) {
      for (String query : QUERIES) {
        Target asked =
            new Target(
                target.method(), target.address() + "?" + query, target.body(), target.lines());
        Answer answer = RawHttp.send(SERVER, FROM, asked.with("Accept", List.of("text/html")));
        if ((answer.status() < 200 || answer.status() > 499)) {
          failed.add(
              answer.status()
                  + " to "
                  + asked.method()
                  + " "
                  + asked.address().substring(0, Math.min(80, asked.address().length())));
        }
      }
    }

    assertThat(failed).isEmpty();
    assertThat(errors(before)).isEmpty();
  }

  private static List<String> errors(int before) {
    return SERVER
        .log()
        .substring(before)
        .lines()
        .filter(line -> line.startsWith("[ERROR") || line.contains("FFDC1015I"))
        .distinct()
        .toList();
  }
}
