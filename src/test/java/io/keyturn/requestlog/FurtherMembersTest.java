package io.keyturn.requestlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The log keeps the whole problem document, as far as it is short and has no secret. */
class FurtherMembersTest {
  private static final String SECRET = "kt_live_" + "a".repeat(49);

  private static Problem kept(Problem problem) {
    return FurtherMembers.read(problem.type(), problem.detail(), FurtherMembers.of(problem));
  }

  private static Problem wrong(List<FieldError> errors) {
    return Problem.of(ProblemException.invalid(errors));
  }

  @Test
  void membersAndErrorsComeBackAsTheyWere() {
    UUID id = UUID.randomUUID();
    Problem taken =
        Problem.of(
            ProblemException.taken("name", "It is taken.")
                .member("id", id)
                .member("current_number", 7));
    Problem wrong =
        wrong(
            List.of(
                new FieldError("name", "must have \"two\" letters, ş and 👩"),
                new FieldError("x".repeat(300), "unknown")));

    assertThat(kept(taken).toJson("1")).isEqualTo(taken.toJson("1"));
    assertThat(kept(wrong).toJson("1")).isEqualTo(wrong.toJson("1"));
    assertThat(FurtherMembers.of(Problem.ofStatus(404))).isNull();
    assertThat(FurtherMembers.read(ProblemType.NOT_FOUND, "No.", null).errors()).isEmpty();
  }

  @Test
  void textWithASecretIsReplacedAsAWhole() {
    Problem kept =
        kept(
            new Problem(
                ProblemType.INVALID,
                "Wrong.",
                List.of(
                    new FieldError(SECRET, "is unknown"), new FieldError("name", "not " + SECRET)),
                Map.of("location", "/x/" + SECRET)));

    assertThat(kept.errors())
        .containsExactly(
            new FieldError("(a text that holds a secret)", "is unknown"),
            new FieldError("name", "(a text that holds a secret)"));
    assertThat(kept.members()).containsEntry("location", "(a text that holds a secret)");
  }

  @Test
  void longListIsCutBetweenItsEntriesAndSaysHowManyAreMissing() {
    List<FieldError> errors =
        IntStream.range(0, 50)
            .mapToObj(i -> new FieldError("\"".repeat(80) + i, "must be shorter"))
            .toList();

    String json = Objects.requireNonNull(FurtherMembers.of(wrong(errors)));

    assertThat(json.length()).isBetween(1_600, FurtherMembers.LONGEST);
    List<FieldError> kept = FurtherMembers.read(ProblemType.INVALID, "Wrong.", json).errors();
    int whole = kept.size() - 1;
    assertThat(kept.subList(0, whole)).isEqualTo(errors.subList(0, whole));
    assertThat(kept.get(whole))
        .isEqualTo(
            new FieldError(
                "", "The log leaves out " + (50 - whole) + " further parts of the answer."));
  }

  @Test
  void entryThatIsTooLongIsLeftOutAsAWhole() {
    Problem kept =
        kept(
            new Problem(
                ProblemType.CONFLICT,
                "Taken.",
                List.of(),
                Map.of("id", "\u0001\uD800" + "x".repeat(5_000))));

    assertThat(kept.members()).isEmpty();
    assertThat(kept.errors())
        .containsExactly(new FieldError("", "The log leaves out 1 further part of the answer."));
  }
}
