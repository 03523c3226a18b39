package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What the verifier alone costs, without a server, beside its floor: one HMAC-SHA-256 and one
 * look-up; and what a remembered key takes of the heap. {@code mvn verify -Pbenchmark
 * -Dit.test=VerifierBenchmark}.
 */
class VerifierBenchmark {
  private static final int ITERATIONS = Integer.getInteger("keyturn.benchmark.iterations", 5);
  private static final String SIZES =
      System.getProperty("keyturn.benchmark.sizes", "1000,100000,1000000");
  private static final int IN_USE = 100_000;

  @ParameterizedTest
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  @ValueSource(ints = {1, 2})
  void verifierBesideItsFloor(int threads) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(MeasuredVerifier.class.getName() + "[.]")
                    .param("keys", SIZES.split(",", -1))
                    .threads(threads)
                    .forks(1)
                    .jvmArgs("-Xms3g", "-Xmx3g")
                    .warmupIterations(4)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(ITERATIONS)
                    .measurementTime(TimeValue.seconds(1))
                    .addProfiler(GCProfiler.class)
                    .addProfiler(CpuTime.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    Map<String, Double> floors =
        results.stream()
            .filter(result -> label(result).equals("floor"))
            .collect(
                Collectors.toMap(
                    VerifierBenchmark::keys, result -> secondary(result, CpuTime.NAME)));
    assertThat(floors).hasSize(SIZES.split(",", -1).length);
    for (RunResult result : results) {
      double cpu = secondary(result, CpuTime.NAME);
      say(
          "%s, %s keys, %d threads: median %.0f ns, %.0f ns CPU (%.2f of the floor), %.0f bytes",
          label(result),
          keys(result),
          threads,
          result.getPrimaryResult().getStatistics().getPercentile(50),
          cpu,
          cpu / floors.getOrDefault(keys(result), Double.NaN),
          secondary(result, "gc.alloc.rate.norm"));
    }
  }

  private static String label(RunResult result) {
    return result.getPrimaryResult().getLabel();
  }

  private static String keys(RunResult result) {
    return result.getParams().getParam("keys");
  }

  private static double secondary(RunResult result, String name) {
    return Optional.ofNullable(result.getSecondaryResults().get(name))
        .orElseThrow()
        .getStatistics()
        .getPercentile(50);
  }

  /** The cache reads nothing at the start, so keys that nobody uses take no heap. */
  @Test
  void heapOfARememberedKey() throws InterruptedException {
    ManyKeys keys = new ManyKeys(IN_USE);
    long before = heap();
    keys.lookUp();
    long after = heap();

    int asked = keys.asked;
    for (String secret : keys.secrets) {
      assertThat(keys.find(secret)).isNotNull();
    }
    assertThat(keys.asked).as("queries").isEqualTo(asked);
    say("%d keys in use: %.0f bytes each, to be 600 or less", IN_USE, (after - before) / 1e5);
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(200);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
