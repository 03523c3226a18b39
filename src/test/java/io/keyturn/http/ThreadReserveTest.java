package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadReserveTest {
  private static final int THREADS = 24;
  private static final int READY = 2;

  private final ThreadReserve reserve = new ThreadReserve();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
  private final CountDownLatch answer = new CountDownLatch(1);

  @AfterEach
  void end() {
    answer.countDown();
    reserve.stop();
    pool.shutdownNow();
  }

  private void waitingRequest() {
    pool.execute(
        () -> {
          reserve.begins();
          try {
            answer.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            reserve.ends();
          }
        });
  }

  private void isServed() throws InterruptedException {
    CountDownLatch served = new CountDownLatch(1);
    pool.execute(served::countDown);
    assertThat(served.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void allThreadsButAFewAreKept() {
    reserve.start(pool, THREADS, READY);
    assertThat(pool.getActiveCount()).isEqualTo(THREADS - READY);
  }

  @Test
  void requestFindsAThreadWhileOthersWait() throws InterruptedException {
    reserve.start(pool, THREADS, READY);
    for (int i = 0; i < THREADS - 1; i++) {
      waitingRequest();
    }
    isServed();
  }

  @Test
  void threadsReturnToTheReserve() throws InterruptedException {
    reserve.start(pool, THREADS, READY);
    for (int i = 0; i < THREADS - 1; i++) {
      waitingRequest();
    }
    isServed();
    answer.countDown();
    Eventually.within(
        Duration.ofSeconds(30), () -> assertThat(pool.getActiveCount()).isEqualTo(THREADS - READY));
    isServed();
  }

  @Test
  void stoppedReserveGivesAllThreadsBack() {
    reserve.start(pool, THREADS, READY);
    reserve.stop();
    Eventually.within(Duration.ofSeconds(30), () -> assertThat(pool.getActiveCount()).isZero());
  }

  @Test
  void poolThatIsNoLargerThanTheProcessorsNeedIsLeftAlone() {
    reserve.start(pool, READY, READY);
    reserve.start(pool, 0, READY);
    assertThat(pool.getActiveCount()).isZero();
  }
}
