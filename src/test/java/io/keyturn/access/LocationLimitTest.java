package io.keyturn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocationLimitTest {
  private static final UUID BERLIN = new UUID(1, 1);
  private static final UUID MUNICH = new UUID(1, 2);
  private static final LocationLimit BOTH = LocationLimit.to(List.of(MUNICH, BERLIN, MUNICH));
  private static final LocationLimit ONE = LocationLimit.to(List.of(BERLIN));

  @Test
  void limitAdmitsWhatIsAtOneOfItsLocations() {
    assertThat(ONE.admits(List.of(MUNICH, BERLIN))).isTrue();
    assertThat(ONE.admits(List.of(MUNICH))).isFalse();
    assertThat(ONE.admits(List.of())).isFalse();
    assertThat(LocationLimit.NONE.admits(List.of())).isTrue();
  }

  @Test
  void narrowerLimitIsWithinAWiderLimit() {
    assertThat(ONE.within(BOTH)).isTrue();
    assertThat(BOTH.within(ONE)).isFalse();
    assertThat(BOTH.within(LocationLimit.NONE)).isTrue();
    assertThat(LocationLimit.NONE.within(BOTH)).isFalse();
    assertThat(LocationLimit.NONE.within(LocationLimit.NONE)).isTrue();
  }

  @Test
  void textOfALimitIsTheSameInWhateverOrderItWasGiven() {
    assertThat(BOTH).hasToString(BERLIN + " " + MUNICH);
    assertThat(LocationLimit.parse(BOTH.toString())).isEqualTo(BOTH);
    assertThat(LocationLimit.parse("")).isEqualTo(LocationLimit.NONE);
  }

  @Test
  void emptyLimitAndALongLimitAreRefused() {
    assertThatThrownBy(() -> LocationLimit.to(List.of())).isInstanceOf(ProblemException.class);
    assertThatThrownBy(
            () -> LocationLimit.to(IntStream.range(0, 51).mapToObj(i -> new UUID(2, i)).toList()))
        .isInstanceOf(ProblemException.class);
  }
}
