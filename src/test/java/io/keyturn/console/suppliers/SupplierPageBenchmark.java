package io.keyturn.console.suppliers;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.ActTimes;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Multipart;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pages of suppliers and their acts: an organisation of 10 000 suppliers beside an organisation
 * of 10, in turn, on the server as it is shipped. {@code mvn verify -Pbenchmark
 * -Dit.test=SupplierPageBenchmark}.
 */
class SupplierPageBenchmark {
  private static final int MANY = Integer.getInteger("keyturn.benchmark.suppliers", 10_000);
  private static final int ROUNDS = Integer.getInteger("keyturn.benchmark.rounds", 30);
  private static final int WARM_UP = 10;
  private static final int FEW = 10;
  private static final String PASSWORD = "a password of many words";
  private static final String LIST = "/suppliers";

  /** An organisation with so many suppliers, and a person who looks after them. */
  private static final class Size {
    final Visitor manager;
    final ActTimes times = new ActTimes();

    Size(KeyturnServer server, int suppliers) {
      Control control = server.control();
      String organisation = control.organisation();
      load(
          server,
          control.key(Control.wish().in(organisation).scopes("suppliers:read suppliers:write")),
          suppliers);
      String email = "manager@" + organisation + ".example";
      control.user(organisation, email, "SUPPLIER_MANAGER", PASSWORD);
      manager = new Visitor(server).signIn(email, PASSWORD);
    }

    private static void load(KeyturnServer server, Key key, int suppliers) {
      String file =
          IntStream.range(0, suppliers)
              .mapToObj(
                  i ->
                      "E%1$d,Supplier %1$d,Hauptstraße %1$d,Köln,%2$s,duns:%1$09d,freight\n"
                          .formatted(i, i % 7 == 0 ? "AT" : "DE"))
              .collect(
                  Collectors.joining(
                      "", "external_id,name,address_lines,city,country,identifiers,tags\n", ""));
      String secret = "Bearer " + key.secret();
      Answer begun =
          server
              .api()
              .send(
                  "POST",
                  "/api/v1/supplier-imports",
                  BodyPublishers.ofByteArray(
                      Multipart.of("a.csv", file.getBytes(StandardCharsets.UTF_8))),
                  "Authorization",
                  secret,
                  "Content-Type",
                  Multipart.TYPE);
      String job = "/api/v1/supplier-imports/" + begun.json().getString("id");
      Eventually.within(
          Duration.ofMinutes(10),
          () ->
              assertThat(
                      server
                          .api()
                          .send("GET", job, "Authorization", secret)
                          .json()
                          .getInt("created"))
                  .isEqualTo(suppliers));
    }

    /** Everything once. */
    void round() {
      Page first = timed("first page", () -> manager.open(LIST));
      timed("search", () -> manager.open(LIST + "?q=supplier+7"));
      timed("country", () -> manager.open(LIST + "?country=AT"));
      timed("tag, by change", () -> manager.open(LIST + "?tag=freight&sort=-updated-at"));
      String address = first.group("<a href=\"(/supplier\\?id=[^\"]+)\"");
      Page supplier = timed("supplier", () -> manager.open(address));
      String description = Long.toString(System.nanoTime());
      Page saved =
          timed(
              "save",
              () ->
                  manager.press(
                      supplier,
                      "data",
                      "data:save",
                      Map.of(
                          "data:name",
                          supplier.group("<h1[^>]*>([^<]+)</h1>"),
                          "data:number",
                          supplier.group("id=\"data:number\"[^>]*value=\"([^\"]+)\""),
                          "data:description",
                          description),
                      "messages data"));
      assertThat(saved.html()).contains("was saved.");
    }

    private Page timed(String what, Supplier<Page> act) {
      Page page = times.timed(what, act);
      assertThat(page.status()).isEqualTo(200);
      return page;
    }
  }

  @ParameterizedTest
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  @EnumSource
  void tenThousandSuppliersBesideTen(TestDatabase database) {
    try (KeyturnServer server =
        KeyturnServer.named("supplier-pages-" + database)
            .on(database)
            .forSigningIn()
            .without("JVM_ARGS")
            .start()) {
      Size few = new Size(server, FEW);
      Size many = new Size(server, MANY);
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        if (round == 0) {
          few.times.clear();
          many.times.clear();
        }
        few.round();
        many.round();
      }
      many.times.print(database + ", " + MANY + " suppliers beside " + FEW, few.times);
    }
  }
}
