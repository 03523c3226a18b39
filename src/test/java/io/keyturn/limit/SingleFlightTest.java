package io.keyturn.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.DatabaseUnavailable;
import io.keyturn.support.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How threads share a query. That fifty of them share one is in {@code CredentialCacheTest}. */
@Timeout(60)
class SingleFlightTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final AtomicInteger queries = new AtomicInteger();
  private final CountDownLatch open = new CountDownLatch(1);

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  /** A query that is answered when the test says so. */
  private final class Held implements SingleFlight.Question<Integer> {
    @Override
    public Integer ask() {
      int number = queries.incrementAndGet();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (number == 1) {
        throw new IllegalStateException("the first fails");
      }
      return number;
    }

    @Override
    public boolean goodForLater() {
      return true;
    }
  }

  private List<Future<Integer>> ask(SingleFlight<String, Integer> flight, int threads) {
    return IntStream.range(0, threads)
        .mapToObj(i -> pool.submit(() -> flight.ask("key", new Held())))
        .toList();
  }

  private void awaitQueries(int number) {
    Eventually.within(Duration.ofSeconds(30), () -> assertThat(queries).hasValue(number));
  }

  @Test
  void failureReachesAllThatWaitAndTheNextAsksAnew() throws Exception {
    SingleFlight<String, Integer> flight = new SingleFlight<>(64, LONG);
    List<Future<Integer>> waiting = ask(flight, 10);
    awaitQueries(1);
    Thread.sleep(300);
    open.countDown();

    for (Future<Integer> one : waiting) {
      assertThatThrownBy(one::get)
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("the first fails");
    }
    assertThat(flight.ask("key", new Held())).isEqualTo(2);
  }

  @Test
  void whoComesWhenTooManyWaitAsksItself() throws Exception {
    SingleFlight<String, Integer> flight = new SingleFlight<>(3, LONG);
    List<Future<Integer>> sharing = ask(flight, 4);
    awaitQueries(1);
    Thread.sleep(300);

    Future<Integer> tooMany = ask(flight, 1).get(0);
    awaitQueries(2);
    open.countDown();

    assertThat(tooMany.get()).isEqualTo(2);
    for (Future<Integer> one : sharing) {
      assertThatThrownBy(one::get).hasMessageContaining("the first fails");
    }
  }

  @Test
  void nobodyWaitsForAnotherLongerThanTheTime() {
    SingleFlight<String, Integer> flight = new SingleFlight<>(64, Duration.ofMillis(50));
    ask(flight, 1);
    awaitQueries(1);

    assertThatExceptionOfType(DatabaseUnavailable.class)
        .isThrownBy(() -> flight.ask("key", new Held()));
    open.countDown();
  }
}
