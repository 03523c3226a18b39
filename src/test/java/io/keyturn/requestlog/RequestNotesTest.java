package io.keyturn.requestlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemException;
import io.keyturn.requestlog.NotedRequest.Owner;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Notes of requests wait in bounded memory, and no kind of request pushes out another kind. */
class RequestNotesTest {
  private final RequestNotes notes = new RequestNotes();
  private static final Owner HOST = new NotedRequest.OfHost("acme");

  private final OrganisationId id = OrganisationId.random();
  private final Owner ours = new NotedRequest.OfKey(id);

  private static Owner other() {
    return new NotedRequest.OfKey(OrganisationId.random());
  }

  private static NotedRequest note(int status) {
    return note(status, null);
  }

  private static NotedRequest note(int status, @Nullable Problem problem) {
    return new NotedRequest(
        HOST,
        null,
        0,
        Share.of(null, status),
        "8e8cbb70-4a7c-4d0e-9d5c-1f6b0c1f2a3b",
        0,
        0,
        "GET",
        null,
        status,
        problem,
        "192.0.2.1",
        null);
  }

  private int admitted(Owner owner, Share share, int tries) {
    int admitted = 0;
    for (int i = 0; i < tries; i++) {
      if (notes.admits(owner, share)) {
        notes.add(note(200));
        admitted++;
      }
    }
    return admitted;
  }

  @Test
  void eachShareOfAnOrganisationHasItsOwnRoom() {
    assertThat(admitted(ours, Share.DONE, 5_000)).isEqualTo(Share.DONE.atOnce());
    assertThat(admitted(ours, Share.REFUSED, 5_000)).isEqualTo(Share.REFUSED.atOnce());
    assertThat(admitted(HOST, Share.STRANGER, 5_000)).isEqualTo(Share.STRANGER.atOnce());
    assertThat(admitted(other(), Share.DONE, 10)).isEqualTo(10);
  }

  @Test
  void strangersWhoInventHostsLeaveRoomForKeys() {
    int strangers =
        IntStream.range(0, 50_000)
            .map(i -> admitted(new NotedRequest.OfHost("host-" + i), Share.STRANGER, 1))
            .sum();

    assertThat(strangers).isEqualTo(RequestNotes.MOST_STRANGERS);
    assertThat(admitted(ours, Share.DONE, 10)).isEqualTo(10);
  }

  @Test
  void allTogetherAreBounded() {
    int all =
        IntStream.range(0, 100).map(i -> admitted(other(), Share.DONE, Share.DONE.atOnce())).sum();

    assertThat(all).isEqualTo(RequestNotes.MOST);
  }

  @Test
  void whatIsLeftOutIsCountedForItsOrganisation() {
    admitted(ours, Share.DONE, Share.DONE.atOnce() + 7);
    admitted(HOST, Share.STRANGER, Share.STRANGER.atOnce() + 3);

    RequestNotes.Taken taken = notes.take();

    assertThat(taken.leftOut()).isEqualTo(10);
    assertThat(taken.leftOutOf()).containsOnlyKeys(id).containsEntry(id, 7);
    assertThat(notes.take().leftOut()).isZero();
  }

  @Test
  void takingMakesRoomAndUnwrittenNotesComeBack() {
    for (int i = 0; i < 3; i++) {
      assertThat(notes.admits(HOST, Share.STRANGER)).isTrue();
      notes.add(note(401 + i));
    }
    List<NotedRequest> taken = notes.take().notes();

    assertThat(taken).extracting(NotedRequest::status).containsExactly(401, 402, 403);
    assertThat(notes.take().notes()).isEmpty();
    assertThat(notes.putBack(taken)).isZero();
    assertThat(notes.take().notes()).isEqualTo(taken);
  }

  /** Each has fifty names of the client's own, as long as an answer repeats them. */
  @Test
  void listsOfErrorsAreBoundedTogether() {
    Problem long50 =
        Problem.of(
            ProblemException.invalid(
                Collections.nCopies(50, new FieldError("x".repeat(200), "is unknown"))));
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < RequestNotes.MOST; i++) {
        notes.add(note(422, long50));
      }
      List<NotedRequest> taken = notes.take().notes();

      assertThat(taken).hasSize(RequestNotes.MOST);
      assertThat(taken.get(0).problem()).isEqualTo(long50);
      assertThat(Objects.requireNonNull(taken.get(RequestNotes.MOST - 1).problem()).errors())
          .containsExactly(
              new FieldError("", "The log had no room for the errors of this answer."));
      assertThat(taken.stream().mapToInt(NotedRequest::weight).sum())
          .isBetween(RequestNotes.MOST_WEIGHT / 2, 2 * RequestNotes.MOST_WEIGHT);
      notes.putBack(taken);
      assertThat(notes.take().notes()).isEqualTo(taken);
    }
  }

  @Test
  void sharesAreAllOfTheBound() {
    assertThat(IntStream.of(1_000, 100_000, 10_000_000))
        .allSatisfy(
            rows ->
                assertThat(List.of(Share.values()).stream().mapToInt(s -> s.rows(rows)).sum())
                    .isEqualTo(rows));
  }
}
