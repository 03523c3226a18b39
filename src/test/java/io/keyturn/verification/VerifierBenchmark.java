package io.keyturn.verification;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

class VerifierBenchmark {
  private static final int ITERATIONS = Integer.getInteger("keyturn.benchmark.iterations", 5);

  @ParameterizedTest
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  @ValueSource(ints = {1, 2})
  void verifierAlone(int threads) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(
                    MeasuredVerifier.class.getName() + "[.]" + System.getProperty("jmh.only", ""))
                .param("keys", System.getProperty("jmh.keys", "1000,100000,1000000").split(","))
                .threads(threads)
                .forks(1)
                .jvmArgs("-Xms4g", "-Xmx4g")
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}
