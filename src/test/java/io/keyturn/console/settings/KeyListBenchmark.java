package io.keyturn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.ActTimes;
import io.keyturn.support.Control;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The list of API keys and its acts, as the page sends them: an organisation of 10 000 keys beside
 * an organisation of 10 keys, in turn, on the server as it is shipped. The goal is 300 ms for each
 * act. {@code mvn verify -Pbenchmark -Dit.test=KeyListBenchmark}.
 */
class KeyListBenchmark {
  private static final int MANY = Integer.getInteger("keyturn.benchmark.list.keys", 10_000);
  private static final int ROUNDS = Integer.getInteger("keyturn.benchmark.rounds", 30);
  private static final int WARM_UP = 10;
  private static final int FEW = 10;
  private static final String KEYS_OF =
      "SELECT k.id FROM api_key k JOIN organisation o ON o.id = k.organisation_id"
          + " WHERE o.domain = '%s'";
  private static final String PASSWORD = "a password of many words";
  private static final String KEYS = "/settings/api-authentication";
  private static final String TABLE = "messages keys:table";

  /** An organisation with so many keys, and its administrator. */
  private static final class Size {
    final KeyturnServer server;
    final Visitor administrator;
    final ActTimes times = new ActTimes();

    Size(KeyturnServer server, int keys) {
      this.server = server;
      Control control = server.control();
      String organisation = control.organisation();
      // The server goes on where the call has no patience.
      new Thread(() -> control.keys(organisation, keys)).start();
      Eventually.within(
          Duration.ofMinutes(10),
          () -> assertThat(control.sql(KEYS_OF.formatted(organisation))).hasSize(keys));
      String email = "admin@" + organisation + ".example";
      control.user(organisation, email, "ADMINISTRATOR", PASSWORD);
      administrator = new Visitor(server).signIn(email, PASSWORD);
    }

    /** Everything once. */
    void round() {
      String name = UUID.randomUUID().toString();
      Page first = timed("first page", () -> administrator.open(KEYS));
      said(timed("search", () -> administrator.open(KEYS + "?search=key")), "<table");
      said(timed("by last use", () -> administrator.open(KEYS + "?sort=-last-used")), "<table");
      said(
          timed(
              "Generate",
              () ->
                  administrator.press(
                      first,
                      "create",
                      "create:generate",
                      Map.of("create:name", name, "create:environment", "live"),
                      TABLE)),
          "was generated");
      Page page = administrator.open(KEYS + "?search=" + name);
      String key = page.group("<tr role=\"row\" data-key=\"([^\"]+)\"");
      said(
          timed("Copy", () -> administrator.pressInRow(page, "data-key", key, "copy", "messages")),
          "purpose");
      dialog(page, key, "refresh");
      said(
          timed(
              "Refresh",
              () ->
                  administrator.press(
                      page,
                      "refresh",
                      "refresh:confirm",
                      Map.of("refresh:keep", "false", "refresh:grace", "PT1H"),
                      TABLE)),
          "was refreshed");
      Page itself = administrator.open("/settings/api-key?id=" + key);
      administrator.press(itself, "rename", "rename:open", Map.of(), "rename:panel");
      Map<String, String> renamed = Map.of("rename:name", "renamed " + name);
      said(
          timed(
              "rename",
              () ->
                  administrator.press(
                      itself, "rename", "rename:save", renamed, "rename:panel messages")),
          "is now called");
      dialog(page, key, "revoke");
      said(
          timed(
              "Revoke",
              () -> administrator.press(page, "revoke", "revoke:confirm", Map.of(), TABLE)),
          "was revoked");
    }

    private void dialog(Page page, String key, String act) {
      timed(
          "dialog " + act,
          () -> administrator.pressInRow(page, "data-key", key, act, act + "-dialog"));
    }

    /** What is measured is the act, and not its refusal. */
    private static void said(Page page, String text) {
      assertThat(page.html()).contains(text);
    }

    private Page timed(String what, Supplier<Page> act) {
      Page page = times.timed(what, act);
      assertThat(page.status()).isEqualTo(200);
      return page;
    }

    /** The bytes of the first page, as they are and as they are sent. */
    String bytes() throws IOException, InterruptedException {
      HttpResponse<byte[]> sent =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(server.uri(KEYS))
                      .header("Cookie", administrator.cookies())
                      .header("Accept-Encoding", "gzip")
                      .build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      assertThat(sent.headers().firstValue("Content-Encoding")).contains("gzip");
      return administrator.open(KEYS).html().getBytes(StandardCharsets.UTF_8).length
          + " bytes of HTML, "
          + sent.body().length
          + " compressed";
    }
  }

  @ParameterizedTest
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  @EnumSource
  void tenThousandKeysBesideTen(TestDatabase database) throws IOException, InterruptedException {
    try (KeyturnServer server =
        KeyturnServer.named("key-list-" + database)
            .on(database)
            .forSigningIn()
            .without("JVM_ARGS")
            .start()) {
      Size few = new Size(server, FEW);
      Size many = new Size(server, MANY);
      for (int round = 0; round < WARM_UP; round++) {
        few.round();
        many.round();
      }
      few.times.clear();
      many.times.clear();
      for (int round = 0; round < ROUNDS; round++) {
        few.round();
        many.round();
      }
      say("%s, first page of %d keys: %s", database, MANY, many.bytes());
      say("%s, first page of %d keys: %s", database, FEW, few.bytes());
      many.times.print(database + ", " + MANY + " keys beside " + FEW, few.times);
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
