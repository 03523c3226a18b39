package io.keyturn.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many keys that are due at the same time. First all of them at once; then a sixteenth by Keyturn
 * and a sixteenth by plain JDBC, which writes the same rows in the same batches, in turn. {@code
 * mvn verify -Pbenchmark}.
 */
class RefreshBenchmark {
  private static final int KEYS = Integer.getInteger("keyturn.benchmark.keys", 100_000);
  private static final int ORGANISATIONS =
      Integer.getInteger("keyturn.benchmark.organisations", 1_000);
  private static final String PARTS = "0123456789abcdef";

  @ParameterizedTest
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  @EnumSource
  void refreshBesideBareJdbc(TestDatabase database) throws Exception {
    try (KeyturnServer server =
        KeyturnServer.named("benchmark-" + database)
            .on(database)
            // The memory that is left is what bounds a batch; the compiler works as when shipped.
            .setting("JVM_ARGS", "-Xmx384m")
            .setting("KEYTURN_DEMO_SUPPLIERS", "0")
            .start()) {
      create(server);
      say(
          "%s: %d keys of %d organisations at once: %.0f keys/s",
          database, KEYS, ORGANISATIONS, allAtOnce(server));

      List<Double> ratios = new ArrayList<>();
      server.control().sql("UPDATE api_key SET due_at = NULL");
      for (int i = 0; i < PARTS.length(); i += 2) {
        double own = own(server, PARTS.charAt(i));
        double bare = bare(server, PARTS.charAt(i + 1));
        ratios.add(own / bare);
        say(
            "%s: Keyturn %.0f keys/s, bare JDBC %.0f keys/s: %.2f",
            database, own, bare, own / bare);
      }
      ratios.sort(null);
      say(
          "%s: median %.2f of the rate of bare JDBC (to be 0.50 or more)",
          database, ratios.get(ratios.size() / 2));
    }
  }

  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static void create(KeyturnServer server) {
    inBackground(() -> server.control().bulk(ORGANISATIONS, KEYS));
    await(() -> count(server, "SELECT count(*) AS n FROM api_key") == KEYS);
  }

  /** From the turn of the clock until nothing is due, as the health endpoint tells it. */
  private static double allAtOnce(KeyturnServer server) {
    server.control().awayFromTheMinute();
    server.control().turn(Duration.ofHours(25));
    double rate = rate(KEYS, () -> refresh(server));

    assertThat(server.api().automaticRefresh().getInt("keys_refreshed_by_this_node"))
        .isEqualTo(KEYS);
    assertThat(server.logs()).as("progress").contains("refreshed keys so far: 10,000");
    assertThat(
            count(
                server,
                "SELECT count(*) AS n FROM api_key k JOIN credential c ON c.api_key_id = k.id"
                    + " AND c.number = 2 AND k.current_number = 2 AND c.retired_at IS NULL"))
        .isEqualTo(KEYS);
    assertThat(
            count(
                server, "SELECT count(*) AS n FROM audit_event WHERE action = 'API_KEY_REFRESHED'"))
        .isEqualTo(KEYS);
    return rate;
  }

  private static double own(KeyturnServer server, char part) {
    long keys = due(server, part, server.control().now());
    return rate(
        keys,
        () -> {
          do {
            server.control().wake();
          } while (server.api().automaticRefresh().getInt("keys_due") > 0);
        });
  }

  /** They are due tomorrow, lest Keyturn's own timer takes some of them. */
  private static double bare(KeyturnServer server, char part) {
    Instant tomorrow = server.control().now().plus(Duration.ofDays(1));
    long keys = due(server, part, tomorrow);
    JsonObject done = server.control().bareRefresh(tomorrow.plusSeconds(1));
    assertThat(done.getInt("refreshed")).isEqualTo((int) keys);
    server.control().sql("UPDATE api_key SET due_at = NULL");
    return keys * 1_000.0 / done.getJsonNumber("millis").longValue();
  }

  /** Makes the keys of a part due, as far as ids begin alike; answers how many they are. */
  private static long due(KeyturnServer server, char part, Instant at) {
    String part16 = " WHERE CAST(id AS VARCHAR(36)) LIKE '" + part + "%'";
    server
        .control()
        .sql("UPDATE api_key SET due_at = TIMESTAMP WITH TIME ZONE '" + at + "'" + part16);
    return count(server, "SELECT count(*) AS n FROM api_key" + part16);
  }

  private static void refresh(KeyturnServer server) {
    inBackground(() -> server.control().wake());
    await(() -> server.api().automaticRefresh().getInt("keys_due") == 0);
  }

  private static double rate(long keys, Runnable work) {
    long start = System.nanoTime();
    work.run();
    return keys * 1e9 / (System.nanoTime() - start);
  }

  private static long count(KeyturnServer server, String sql) {
    return Long.parseLong(server.control().sql(sql).get(0).getString("n"));
  }

  /** Looks now and then only, for looking is work for the database too. */
  static void await(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** What takes longer than a call may take goes on in the server. */
  static void inBackground(Runnable call) {
    Thread thread =
        new Thread(
            () -> {
              try {
                call.run();
              } catch (AssertionError e) {
                Thread.yield();
              }
            });
    thread.start();
  }
}
