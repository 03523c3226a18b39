package io.keyturn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.network.Networks;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestrictionsTest {
  @ParameterizedTest
  @CsvSource({"1, 60", "5, 300", "1000, 60000", "60000, 60000"})
  void burstMayBeWhatAnHourLetsThrough(int perMinute, int burst) {
    assertThat(
            new Restrictions(Networks.ALL, perMinute, burst, null, LocationLimit.NONE).capacity())
        .isEqualTo(burst);
  }

  @ParameterizedTest
  @CsvSource({"1, 61", "5, 301", "999, 60000", "60000, 60001"})
  void largerBurstIsInvalid(int perMinute, int burst) {
    assertThatThrownBy(
            () -> new Restrictions(Networks.ALL, perMinute, burst, null, LocationLimit.NONE))
        .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
        .satisfies(
            e -> assertThat(e.errors()).extracting(FieldError::field).containsExactly("burst"));
  }

  @Test
  void burstOfARowBeforeThereWasABoundIsCut() {
    assertThat(Restrictions.stored(Networks.ALL, 2, 60_000, 7, LocationLimit.NONE))
        .isEqualTo(new Restrictions(Networks.ALL, 2, 120, 7, LocationLimit.NONE));
    assertThat(Restrictions.stored(Networks.ALL, 2, 3, null, LocationLimit.NONE))
        .isEqualTo(new Restrictions(Networks.ALL, 2, 3, null, LocationLimit.NONE));
    assertThat(Restrictions.stored(Networks.ALL, null, null, null, LocationLimit.NONE))
        .isEqualTo(Restrictions.NONE);
  }
}
