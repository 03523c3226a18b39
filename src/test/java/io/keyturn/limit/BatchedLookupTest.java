package io.keyturn.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.limit.BatchedLookup.TooManyWaiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchedLookupTest {
  private static final String SENDER = "192.0.2.7";

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final AtomicInteger questions = new AtomicInteger();
  private final AtomicInteger asking = new AtomicInteger();
  private final AtomicInteger mostAsking = new AtomicInteger();

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  /** Finds even numbers. */
  private Map<Integer, String> evens(List<Integer> keys) {
    questions.incrementAndGet();
    mostAsking.accumulateAndGet(asking.incrementAndGet(), Math::max);
    assertThat(keys).hasSizeBetween(1, BatchedLookup.AT_ONCE);
    Map<Integer, String> found = new HashMap<>();
    for (int key : keys) {
      if (key % 2 == 0) {
        found.put(key, "found " + key);
      }
    }
    asking.decrementAndGet();
    return found;
  }

  @Test
  void hundredThousandWrongKeysNeverCostMoreThanOneQuestionAtATimeAndRightOnesAreFound()
      throws Exception {
    BatchedLookup<Integer, String> lookup = new BatchedLookup<>(this::evens, Duration.ZERO);
    List<Future<?>> senders = new ArrayList<>();
    for (int sender = 0; sender < 8; sender++) {
      int own = sender;
      senders.add(
          pool.submit(
              () -> {
                for (int i = 0; i < 12_500; i++) {
                  int wrong = 2 * (own * 12_500 + i) + 1;
                  assertThat(lookup.find(SENDER, wrong)).isEmpty();
                  if (i % 100 == 0) {
                    assertThat(lookup.find(SENDER, wrong + 1)).contains("found " + (wrong + 1));
                  }
                }
                return own;
              }));
    }
    for (Future<?> sender : senders) {
      sender.get();
    }

    assertThat(mostAsking).hasValue(1);
  }

  /** A database that answers when the test says so. */
  private final class Held {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private final BatchedLookup<Integer, String> lookup =
        new BatchedLookup<>(
            keys -> {
              begun.countDown();
              try {
                open.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return evens(keys);
            },
            Duration.ZERO);

    List<Future<String>> ask(String sender, int from, int to) {
      return IntStream.range(from, to)
          .mapToObj(i -> pool.submit(() -> lookup.find(sender, i).orElse("")))
          .toList();
    }
  }

  @Test
  void whatComesWhileAQuestionIsOnItsWayGoesTogetherIntoTheNext() throws Exception {
    Held held = new Held();
    List<Future<String>> asked = new ArrayList<>(held.ask("a", 0, 1));
    held.begun.await();
    asked.addAll(held.ask("b", 1, 8));
    asked.addAll(held.ask("c", 8, 15));
    Thread.sleep(300);
    held.open.countDown();

    for (int i = 0; i < 15; i++) {
      assertThat(asked.get(i).get()).isEqualTo(i % 2 == 0 ? "found " + i : "");
    }
    assertThat(questions).hasValue(2);
  }

  @Test
  void senderHoldsNoMoreThreadsThanEightAndShutsNobodyElseOut() throws Exception {
    Held held = new Held();
    List<Future<String>> of = new ArrayList<>(held.ask("2001:db8::1", 0, 8));
    held.begun.await();
    Thread.sleep(300);

    assertThatExceptionOfType(TooManyWaiting.class)
        .isThrownBy(() -> held.lookup.find("2001:db8::2", 98));
    Future<String> another = held.ask(SENDER, 100, 101).get(0);
    held.open.countDown();

    assertThat(another.get()).isEqualTo("found 100");
    for (Future<String> one : of) {
      one.get();
    }
    assertThat(held.lookup.find("2001:db8::2", 98)).contains("found 98");
  }

  @Test
  void failureOfAQuestionIsToldAndTheNextIsAskedAnew() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    BatchedLookup<Integer, String> lookup =
        new BatchedLookup<>(
            keys -> {
              if (tries.getAndIncrement() == 0) {
                throw new IllegalStateException("no database");
              }
              return evens(keys);
            },
            Duration.ZERO);

    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> lookup.find(SENDER, 2));
    assertThat(lookup.find(SENDER, 2)).contains("found 2");
  }

  @Test
  void wrongKeysOfOneSenderCostNoMoreQuestionsThanThePauseAllows() throws Exception {
    BatchedLookup<Integer, String> lookup = new BatchedLookup<>(this::evens, Duration.ofMillis(20));
    long begin = System.nanoTime();

    for (int i = 0; i < 50; i++) {
      assertThat(lookup.find(SENDER, 2 * i + 1)).isEmpty();
    }

    long most = 1 + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / 20;
    assertThat(questions.get()).isEqualTo(50).isLessThanOrEqualTo(Math.toIntExact(most));
  }
}
