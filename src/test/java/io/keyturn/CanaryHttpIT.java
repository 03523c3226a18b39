package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.Control.Key;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    Key living = control.key();
    exercise(living);

    for (Key canary : List.of(key, second, living)) {
      // Its random part, for it must not be there without its prefix either.
      String random = canary.secret().substring(8, 48);
      assertThat(filesWith(random)).isEmpty();
      assertThat(tablesWith(random)).isEmpty();
      assertThat(tablesWith(HexFormat.of().formatHex(random.getBytes(StandardCharsets.US_ASCII))))
          .isEmpty();
    }
    assertThat(tablesWith(living.name())).as("the search itself").contains("api_key");
    assertThat(filesWith("CWWKF0011I")).as("the search itself").isNotEmpty();
  }

  /** A secret wherever a caller may put it, right or wrong. */
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
            "SELECT table_name FROM information_schema.tables WHERE lower(table_schema) = 'public'")
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
