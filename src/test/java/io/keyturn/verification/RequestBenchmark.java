package io.keyturn.verification;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.BareServer;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.Wrk;
import io.keyturn.support.Wrk.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a key costs a request: kinds of requests in turn, again and again, on the server as it is
 * shipped, beside a bare Open Liberty, and beside Open Liberty with all features of Keyturn: with
 * the least filter that verifies a secret, and with an application of Keyturn's shape that does
 * nothing. Only ratios of the same run are compared. {@code mvn verify -Pbenchmark
 * -Dit.test=RequestBenchmark}.
 */
class RequestBenchmark {
  private static final int KEYS = Integer.getInteger("keyturn.benchmark.request.keys", 1_000);
  private static final int PAIRS = Integer.getInteger("keyturn.benchmark.pairs", 9);
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("keyturn.benchmark.seconds", 5));
  private static final String SAID = "said only";
  private static final String STATUS = "/api/v1/status";
  private static final String ME = "/api/v1/me";
  private static final int MOST_WARM_UPS = 40;
  private static final int FEWEST_WARM_UPS = 8;

  /** The kinds of requests. */
  private enum Kind {
    BARE,
    FEATURES_OPEN,
    FEATURES_ME,
    SHAPE_OPEN,
    OPEN,
    ME,
    SUPPLIERS
  }

  /** The servers of a run. */
  private record Servers(
      KeyturnServer keyturn, BareServer bare, BareServer features, BareServer shape) {}

  private final Wrk wrk = new Wrk(8);

  @ParameterizedTest
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  @EnumSource
  void requestWithAKeyBesideTheSameWithout(TestDatabase database) {
    try (KeyturnServer server =
            KeyturnServer.named("requests-" + database)
                .on(database)
                .without("JVM_ARGS")
                .setting("KEYTURN_DEMO_SUPPLIERS", "500")
                .setting("KEYTURN_ORGANISATION_REQUESTS_PER_MINUTE", "10000000")
                .start();
        BareServer bare = BareServer.bare();
        BareServer features = BareServer.withFeatures();
        BareServer shape = BareServer.ofShape()) {
      List<String> secrets = new ArrayList<>();
      for (int i = 0; i < KEYS; i++) {
        secrets.add(server.control().key(Control.wish().scopes("suppliers:read")).secret());
      }
      features.know(secrets);
      Servers servers = new Servers(server, bare, features, shape);
      warmUp(servers, secrets);
      Map<Kind, List<Run>> runs = new EnumMap<>(Kind.class);
      for (int pair = 0; pair < PAIRS; pair++) {
        check(server, secrets.get(pair));
        for (Kind kind : Kind.values()) {
          runs.computeIfAbsent(kind, k -> new ArrayList<>()).add(run(kind, servers, secrets));
        }
      }
      report(database, runs);
    }
  }

  /** Until the CPU time of a request stands still: the compiler works for minutes. */
  private void warmUp(Servers servers, List<String> secrets) {
    double before = Double.MAX_VALUE;
    for (int round = 1; round <= MOST_WARM_UPS; round++) {
      double cpu = 0;
      for (Kind kind : Kind.values()) {
        cpu += run(kind, servers, secrets).cpuMicros();
      }
      say("warm-up %d: %.0f µs CPU for one request of each kind", round, cpu);
      if (round >= FEWEST_WARM_UPS && cpu > 0.97 * before) {
        return;
      }
      before = cpu;
    }
  }

  private Run run(Kind kind, Servers servers, List<String> secrets) {
    KeyturnServer keyturn = servers.keyturn();
    return switch (kind) {
      case BARE -> status(servers.bare());
      case FEATURES_OPEN -> status(servers.features());
      case FEATURES_ME ->
          wrk.run(servers.features().uri(ME), secrets, TIME, servers.features().process());
      case SHAPE_OPEN -> status(servers.shape());
      case OPEN -> wrk.run(keyturn.uri(STATUS), List.of(), TIME, keyturn.process());
      case ME -> wrk.run(keyturn.uri(ME), secrets, TIME, keyturn.process());
      case SUPPLIERS ->
          wrk.run(keyturn.uri("/api/v1/suppliers?limit=25"), secrets, TIME, keyturn.process());
    };
  }

  private Run status(BareServer server) {
    return wrk.run(server.uri(STATUS), List.of(), TIME, server.process());
  }

  /** What is measured is right: a good secret is served, a wrong one is not. */
  private static void check(KeyturnServer server, String secret) {
    Api api = server.api();
    assertThat(api.send("GET", "/api/v1/status").json().getString("name")).isEqualTo("Keyturn");
    Api.Answer me = api.me(secret);
    assertThat(me.status()).as(me.body()).isEqualTo(200);
    assertThat(me.header("X-API-Key-Expires-At")).isPresent();
    assertThat(me.header("RateLimit")).isPresent();
    assertThat(me.json().getInt("secret_number")).isEqualTo(1);
    Api.Answer suppliers = api.get("/api/v1/suppliers?limit=25", secret);
    assertThat(suppliers.json().getJsonArray("data")).hasSize(25);
    assertProblem(api.me(secret.substring(0, secret.length() - 1) + "!"), 401, "unauthenticated");
  }

  private static void report(TestDatabase database, Map<Kind, List<Run>> runs) {
    runs.forEach(
        (kind, all) ->
            say(
                "%s %s: %.0f answers/s, p99 %.1f ms, %.0f µs CPU (medians of %d)",
                database,
                kind,
                median(all, Run::rate),
                median(all, Run::p99Micros) / 1e3,
                median(all, Run::cpuMicros),
                all.size()));
    ratio(database, runs, Kind.OPEN, Kind.BARE, "throughput", Run::rate, "0.9 or more");
    ratio(database, runs, Kind.OPEN, Kind.BARE, "CPU", Run::cpuMicros, SAID);
    ratio(database, runs, Kind.FEATURES_OPEN, Kind.BARE, "throughput", Run::rate, SAID);
    ratio(database, runs, Kind.OPEN, Kind.FEATURES_OPEN, "throughput", Run::rate, SAID);
    ratio(database, runs, Kind.SHAPE_OPEN, Kind.BARE, "throughput", Run::rate, SAID);
    ratio(database, runs, Kind.SHAPE_OPEN, Kind.BARE, "CPU", Run::cpuMicros, SAID);
    ratio(database, runs, Kind.OPEN, Kind.SHAPE_OPEN, "throughput", Run::rate, SAID);
    ratio(database, runs, Kind.OPEN, Kind.SHAPE_OPEN, "CPU", Run::cpuMicros, SAID);
    ratio(database, runs, Kind.FEATURES_ME, Kind.FEATURES_OPEN, "throughput", Run::rate, SAID);
    ratio(database, runs, Kind.FEATURES_ME, Kind.FEATURES_OPEN, "CPU", Run::cpuMicros, SAID);
    ratio(database, runs, Kind.ME, Kind.FEATURES_ME, "throughput", Run::rate, SAID);
    ratio(database, runs, Kind.ME, Kind.FEATURES_ME, "CPU", Run::cpuMicros, SAID);
    ratio(database, runs, Kind.ME, Kind.OPEN, "throughput", Run::rate, "0.95 or more");
    ratio(database, runs, Kind.ME, Kind.OPEN, "p99", Run::p99Micros, "1.15 or less");
    ratio(database, runs, Kind.ME, Kind.OPEN, "CPU", Run::cpuMicros, "1.05 or less");
    ratio(database, runs, Kind.SUPPLIERS, Kind.ME, "CPU", Run::cpuMicros, "4 or less");
  }

  private static void ratio(
      TestDatabase database,
      Map<Kind, List<Run>> runs,
      Kind kind,
      Kind to,
      String what,
      ToDoubleFunction<Run> value,
      String target) {
    List<Run> measured = runs.getOrDefault(kind, List.of());
    List<Run> compared = runs.getOrDefault(to, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      ratios.add(value.applyAsDouble(measured.get(i)) / value.applyAsDouble(compared.get(i)));
    }
    ratios.sort(null);
    say(
        "%s %s / %s, %s: median %.2f (%.2f to %.2f), to be %s",
        database,
        kind,
        to,
        what,
        ratios.get(PAIRS / 2),
        ratios.get(0),
        ratios.get(PAIRS - 1),
        target);
  }

  private static double median(List<Run> runs, ToDoubleFunction<Run> value) {
    return runs.stream().mapToDouble(value).sorted().toArray()[runs.size() / 2];
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
