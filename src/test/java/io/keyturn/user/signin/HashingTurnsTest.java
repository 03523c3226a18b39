package io.keyturn.user.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashingTurnsTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @AfterEach
  void stop() {
    end.countDown();
    threads.shutdownNow();
  }

  private boolean work() {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.decrementAndGet();
    return true;
  }

  /** Whether it was refused, once that is known; null while it waits or works. */
  private List<Future<Boolean>> start(HashingTurns turns, int count, boolean known) {
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Callable<Boolean> one =
          () -> {
            try {
              return !turns.in(known, this::work);
            } catch (ProblemException e) {
              assertThat(e.type()).isEqualTo(ProblemType.UNAVAILABLE);
              return true;
            }
          };
      all.add(threads.submit(one));
    }
    return all;
  }

  private static void awaitDone(List<Future<Boolean>> all, int count) throws InterruptedException {
    while (all.stream().filter(Future::isDone).count() < count) {
      Thread.sleep(5);
    }
  }

  private static long refused(List<Future<Boolean>> all) {
    return all.stream().filter(HashingTurnsTest::isRefused).count();
  }

  private static boolean isRefused(Future<Boolean> one) {
    try {
      return one.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "4, 3"})
  void fewerAreHashedAtATimeThanThereAreCoresAndThoseBeyondTheQueueAreRefusedAtOnce(
      int cores, int atATime) throws InterruptedException {
    HashingTurns turns = new HashingTurns(cores);

    List<Future<Boolean>> guessers = start(turns, 60, false);
    // Nobody's work ends before this.
    awaitDone(guessers, 60 - 8 * atATime);
    end.countDown();

    assertThat(refused(guessers)).isEqualTo(60 - 8 * atATime);
    assertThat(most.get()).isEqualTo(atATime);
  }

  @Test
  void strangersTakeNoPlaceOfThoseWhoAreKnown() throws InterruptedException {
    HashingTurns turns = new HashingTurns(2);
    awaitDone(start(turns, 60, false), 52);

    List<Future<Boolean>> known = start(turns, 16, true);
    end.countDown();

    assertThat(refused(known)).isZero();
  }

  @Test
  void turnIsFreeAgainAfterAFailure() {
    HashingTurns turns = new HashingTurns(1);
    end.countDown();
    for (int i = 0; i < 20; i++) {
      try {
        turns.in(
            false,
            () -> {
              throw new IllegalArgumentException();
            });
      } catch (IllegalArgumentException e) {
        // As it must.
      }
    }

    assertThat(turns.in(false, this::work)).isTrue();
  }
}
