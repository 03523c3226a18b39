package io.keyturn.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.TestWar;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The automatic refresh of an earlier build and of this build, in turn, each with a database of its
 * own in which all keys are due in each round. The first round of each warms up and does not count.
 * {@code mvn verify -Pbenchmark -Dit.test=RefreshPairsBenchmark
 * -Dkeyturn.benchmark.before=/path/to/keyturn.war}.
 */
@EnabledIfSystemProperty(named = RefreshPairsBenchmark.BEFORE, matches = ".+")
class RefreshPairsBenchmark {
  static final String BEFORE = "keyturn.benchmark.before";
  private static final int KEYS = Integer.getInteger("keyturn.benchmark.keys", 100_000);
  private static final int ORGANISATIONS =
      Integer.getInteger("keyturn.benchmark.organisations", 1_000);
  private static final int PAIRS = Integer.getInteger("keyturn.benchmark.pairs", 5);

  @ParameterizedTest
  @Timeout(value = 120, unit = TimeUnit.MINUTES)
  @EnumSource
  void refreshBesideTheBuildBefore(TestDatabase database) {
    Path before = TestWar.controlled(Path.of(System.getProperty(BEFORE)), "before.war");
    try (Build old = new Build("before", database, before);
        Build now = new Build("now", database, TestWar.controlled())) {
      List<Double> ratios = new ArrayList<>();
      for (int pair = 0; pair <= PAIRS; pair++) {
        Round first = old.round();
        Round second = now.round();
        if (pair > 0) {
          ratios.add(second.rate() / first.rate());
        }
        RefreshBenchmark.say("%s pair %d: before %s, now %s", database, pair, first, second);
      }
      old.check(PAIRS + 1);
      now.check(PAIRS + 1);
      RefreshBenchmark.say(
          "%s: %d keys of %d organisations, before %.0f keys/s, now %.0f keys/s, ratio %.2f"
              + " (medians of %d pairs)",
          database, KEYS, ORGANISATIONS, old.median(), now.median(), median(ratios), PAIRS);
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  /**
   * What one round took.
   *
   * @param readMillis how long requests with a key took meanwhile
   * @param writeMillis how long manual refreshes of another key took meanwhile
   */
  private record Round(
      double rate, double cpuMicros, List<Double> readMillis, List<Double> writeMillis) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f keys/s at %.0f µs CPU of the JVM; meanwhile reads %.0f ms (most %.0f),"
              + " writes %.0f ms (most %.0f)",
          rate,
          cpuMicros,
          median(readMillis),
          Collections.max(readMillis),
          median(writeMillis),
          Collections.max(writeMillis));
    }
  }

  /** A server with one of the two builds. */
  private static final class Build implements AutoCloseable {
    private final KeyturnServer server;
    private final List<Double> rates = new ArrayList<>();
    private Key used;

    Build(String name, TestDatabase database, Path war) {
      server =
          KeyturnServer.named("pairs-" + name + "-" + database)
              .on(database)
              .war(war)
              .setting("JVM_ARGS", "-Xmx384m")
              .setting("KEYTURN_DEMO_SUPPLIERS", "0")
              .start();
      RefreshBenchmark.inBackground(() -> server.control().bulk(ORGANISATIONS, KEYS));
      RefreshBenchmark.await(() -> count("SELECT count(*) AS n FROM api_key") == KEYS);
      used = server.control().key(Control.wish().policy("P90D", "PT0S"));
    }

    /** Makes all keys due, and waits until none is. */
    Round round() {
      server.control().awayFromTheMinute();
      server.control().sql("CHECKPOINT");
      server.control().turn(Duration.ofHours(25));
      Duration cpu = cpu();
      Instant start = server.control().now();
      List<Double> reads = new ArrayList<>();
      List<Double> writes = new ArrayList<>();
      RefreshBenchmark.inBackground(() -> server.control().wake());
      do {
        reads.add(millis(() -> server.api().me(used.secret())));
        writes.add(millis(() -> used = server.control().refresh(used, Duration.ZERO)));
        pause();
      } while (server.api().automaticRefresh().getInt("keys_due") > 0);
      Duration spent = cpu().minus(cpu);
      Instant end = Instant.parse(server.api().automaticRefresh().getString("last_batch_at"));
      Round round =
          new Round(
              KEYS * 1e9 / Duration.between(start, end).toNanos(),
              spent.toNanos() / 1e3 / KEYS,
              reads,
              writes);
      rates.add(round.rate());
      return round;
    }

    private static double millis(Runnable request) {
      long start = System.nanoTime();
      request.run();
      return (System.nanoTime() - start) / 1e6;
    }

    private static void pause() {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private Duration cpu() {
      return server.process().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    double median() {
      return RefreshPairsBenchmark.median(rates.subList(1, rates.size()));
    }

    /** Whether each round refreshed each key once. */
    void check(int rounds) {
      assertThat(
              count(
                  "SELECT count(*) AS n FROM api_key k JOIN credential c ON c.api_key_id = k.id"
                      + " AND c.number = k.current_number AND c.retired_at IS NULL"
                      + " WHERE k.name LIKE 'key %' AND k.current_number = "
                      + (rounds + 1)))
          .isEqualTo(KEYS);
      assertThat(
              count(
                  "SELECT count(*) AS n FROM audit_event WHERE action = 'API_KEY_REFRESHED'"
                      + " AND actor_type = 'SYSTEM'"))
          .isEqualTo((long) rounds * KEYS);
    }

    private long count(String sql) {
      return Long.parseLong(server.control().sql(sql).get(0).getString("n"));
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
