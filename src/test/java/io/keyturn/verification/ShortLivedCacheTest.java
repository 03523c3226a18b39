package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a node may go by what the database said: that bounds how late it sees a revocation. */
class ShortLivedCacheTest {
  private static final Duration TIME = Duration.ofMillis(700);

  private long now = Long.MAX_VALUE - Duration.ofMillis(1_000).toNanos();
  private int asked;
  private final ShortLivedCache<String, Optional<Integer>> believed =
      new ShortLivedCache<>(TIME, Optional::isPresent, () -> now);

  private void pass(long millis) {
    now += Duration.ofMillis(millis).toNanos();
  }

  /** Asks how often was asked before, which takes a time. */
  private Optional<Integer> get(long millis) {
    return believed.get(
        "key",
        () -> {
          Optional<Integer> answer = Optional.of(asked++);
          pass(millis);
          return answer;
        });
  }

  @Test
  void answerIsBelievedForItsTimeAndNotLonger() {
    assertThat(get(0)).contains(0);
    pass(699);
    assertThat(get(0)).contains(0);
    pass(1);
    assertThat(get(0)).contains(1);
  }

  @Test
  void timeCountsFromTheQuestionHoweverLongTheAnswerTook() {
    assertThat(get(600)).contains(0);
    pass(99);
    assertThat(get(0)).contains(0);
    pass(1);
    assertThat(get(0)).contains(1);
  }

  @Test
  void answerThatTookLongerIsBelievedByNobodyElse() {
    assertThat(get(5_000)).contains(0);
    assertThat(get(0)).contains(1);
  }

  @Test
  void whatIsUnknownIsAskedEachTime() {
    for (int i = 0; i < 3; i++) {
      assertThat(
              believed.get(
                  "unknown",
                  () -> {
                    asked++;
                    return Optional.empty();
                  }))
          .isEmpty();
    }

    assertThat(asked).isEqualTo(3);
  }
}
