package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"\"7\"", " \"7\" ", "\"6\", \"7\"", "\"6\",\"7\"", "W/\"6\" , \"7\"", "*"})
  void versionThatIsNamedMatches(String header) {
    assertThatCode(() -> IfMatch.of(header).check(7)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"8\"", "W/\"7\"", "\"77\"", "\"\"", "\"6\", W/\"7\""})
  void otherVersionsAndWeakTagsDoNot(String header) {
    assertType(() -> IfMatch.of(header).check(7), ProblemType.PRECONDITION_FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "\"7", "7\"", "\"7\" \"8\"", "\"7\",", "*, \"7\"", "w/\"7\""})
  void malformedIsRefused(String header) {
    assertType(() -> IfMatch.of(header), ProblemType.MALFORMED_REQUEST);
  }

  @ParameterizedTest
  @CsvSource({"'W/\"0\"', Weak", "'\"1\"', does not name"})
  void refusalClaimsNoChangeThatNobodyMade(String header, String said) {
    assertThatThrownBy(() -> IfMatch.of(header).check(0))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.detail())
                    .contains("at version 0", said)
                    .doesNotContain("by now", "changed"));
    assertThat(ProblemType.PRECONDITION_FAILED.title()).doesNotContain("changed");
  }

  @Test
  void absentIsRequired() {
    assertType(() -> IfMatch.of(null), ProblemType.PRECONDITION_REQUIRED);
  }

  private static void assertType(Runnable check, ProblemType type) {
    assertThatThrownBy(check::run)
        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type()).isEqualTo(type));
  }
}
