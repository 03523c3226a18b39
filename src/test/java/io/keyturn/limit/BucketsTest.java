package io.keyturn.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.local.ThreadUnsafeBucket;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class BucketsTest {
  private final Buckets<String> buckets = new Buckets<>(3, 1);

  @Test
  void bucketsHoldWhatTheyHoldEachForItself() {
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.secondsToWait("a")).isZero();
      assertThat(buckets.take("a")).isZero();
    }

    assertThat(buckets.secondsToWait("a")).isBetween(55L, 61L);
    assertThat(buckets.take("a")).isBetween(55L, 61L);
    assertThat(buckets.take("b")).isZero();
  }

  @Test
  void whatIsTakenAnywayIsPaidBack() {
    for (int i = 0; i < 5; i++) {
      buckets.takeAnyway("a");
    }

    assertThat(buckets.secondsToWait("a"))
        .as("two are missing, and the next")
        .isBetween(170L, 181L);
  }

  /** A wall clock that is turned back would keep them empty for as long. */
  @Test
  void noWallClockDecidesWhenTheyAreFilled() {
    Bucket bucket = Buckets.unsynchronized(1, 1);

    assertThat(bucket)
        .asInstanceOf(InstanceOfAssertFactories.type(ThreadUnsafeBucket.class))
        .satisfies(b -> assertThat(b.getTimeMeter().isWallClockBased()).isFalse());
  }
}
