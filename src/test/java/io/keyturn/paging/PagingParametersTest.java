package io.keyturn.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingParametersTest {
  private static final String LIST = "rows/name";

  @Test
  void defaultIsAFirstPageOf25RowsUncounted() {
    assertThat(new PagingParameters().of(LIST)).isEqualTo(new Paging(25, null, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "25", "200"})
  void limitFrom1To200IsTaken(String limit) {
    assertThat(new PagingParameters(limit, null, null).of(LIST).limit())
        .isEqualTo(Integer.parseInt(limit));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "-1", "+1", "01", "201", "999", "1000", "1.5", "1e1", " 1", "١", "x"})
  void limitOfOtherFormIs422(String limit) {
    assertRefused("limit", new PagingParameters(limit, null, null));
  }

  @Test
  void countIsTrueOrFalse() {
    assertThat(new PagingParameters(null, null, "true").of(LIST).counted()).isTrue();
    assertThat(new PagingParameters(null, null, "false").of(LIST).counted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TRUE", "1", "yes"})
  void countOfOtherFormIs422(String count) {
    assertRefused("count", new PagingParameters(null, null, count));
  }

  @Test
  void cursorIsTakenInItsOwnListOnly() {
    Cursor cursor = new Cursor(LIST, "a", new UUID(1, 2));

    assertThat(new PagingParameters(null, cursor.encode(), null).of(LIST).after())
        .isEqualTo(cursor);
    assertRefused(
        "cursor",
        new PagingParameters(null, new Cursor("rows/-name", "a", cursor.id()).encode(), null));
    assertRefused("cursor", new PagingParameters(null, "", null));
  }

  private static void assertRefused(String field, PagingParameters parameters) {
    assertThatThrownBy(() -> parameters.of(LIST))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.type().status()).isEqualTo(422);
              assertThat(e.errors().get(0).field()).isEqualTo(field);
            });
  }
}
