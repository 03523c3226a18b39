package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many keys that are due at the same time: Keyturn's own refresh, then plain JDBC that writes the
 * same rows of the same keys in the same batches a day later. {@code mvn verify -Pbenchmark}.
 */
class RotationBenchmark {
  private static final int KEYS = Integer.getInteger("keyturn.benchmark.keys", 100_000);
  private static final int ORGANISATIONS =
      Integer.getInteger("keyturn.benchmark.organisations", 1_000);

  @ParameterizedTest
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  @EnumSource
  void refreshIsAtLeastHalfAsQuickAsBareJdbc(TestDatabase database) throws Exception {
    try (KeyturnServer server =
        KeyturnServer.named("benchmark-" + database)
            .on(database)
            // The memory that is left is what bounds a batch; the compiler works as when shipped.
            .setting("JVM_ARGS", "-Xmx384m")
            .setting("KEYTURN_DEMO_SUPPLIERS", "0")
            .start()) {
      make(server);

      long own = ownMillis(server);
      long bare = bareMillis(server);

      System.out.printf(
          Locale.ROOT,
          "%n%s: %d keys of %d organisations. Keyturn: %d keys/s. Bare JDBC: %d keys/s. %.2f of its"
              + " rate.%n",
          database,
          KEYS,
          ORGANISATIONS,
          KEYS * 1_000L / own,
          KEYS * 1_000L / bare,
          bare / (double) own);
      assertThat(server.log()).as("progress").contains("refreshed 10,000 keys so far");
      assertThat(bare / (double) own).as("Keyturn's rate by that of bare JDBC").isGreaterThan(0.5);
    }
  }

  private static void make(KeyturnServer server) {
    Thread making =
        new Thread(() -> ignoringTimeout(() -> server.control().bulk(ORGANISATIONS, KEYS)));
    making.start();
    await(() -> count(server, "SELECT count(*) AS n FROM api_key") == KEYS);
  }

  /** From the turn of the clock until nothing is due, as the health endpoint tells it. */
  private static long ownMillis(KeyturnServer server) {
    server.control().awayFromTheMinute();
    server.control().turn(Duration.ofHours(25));
    long start = System.nanoTime();
    Thread waking = new Thread(() -> ignoringTimeout(() -> server.control().wake()));
    waking.start();
    await(() -> health(server).getInt("keys_due") == 0);
    long millis = (System.nanoTime() - start) / 1_000_000;

    assertThat(health(server).getInt("keys_refreshed_by_this_node")).isEqualTo(KEYS);
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
    return millis;
  }

  private static long bareMillis(KeyturnServer server) {
    Instant tomorrow = server.control().now().plus(Duration.ofHours(25));
    JsonObject done = server.control().bareRotation(tomorrow);
    assertThat(done.getInt("refreshed")).isEqualTo(KEYS);
    return done.getJsonNumber("millis").longValue();
  }

  private static JsonObject health(KeyturnServer server) {
    return server
        .api()
        .send("GET", "/health/ready")
        .json()
        .getJsonArray("checks")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(c -> c.getString("name").equals("automatic-refresh"))
        .findFirst()
        .orElseThrow()
        .getJsonObject("data");
  }

  private static long count(KeyturnServer server, String sql) {
    return Long.parseLong(server.control().sql(sql).get(0).getString("n"));
  }

  /** Looks now and then only, for looking is work for the database too. */
  private static void await(BooleanSupplier done) {
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
  private static void ignoringTimeout(Runnable call) {
    try {
      call.run();
    } catch (AssertionError e) {
      Thread.yield();
    }
  }
}
