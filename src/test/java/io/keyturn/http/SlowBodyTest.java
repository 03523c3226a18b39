package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowBodyTest {
  private static ProblemType refusal(SlowBody body, SlowBody.Read read) throws IOException {
    try {
      body.read(0, read);
      throw new AssertionError("it was read");
    } catch (ProblemException e) {
      assertThat(e.headers()).containsEntry("Connection", "close");
      return e.type();
    }
  }

  @Test
  void soManyWaitInAllAndOfOneAddressAndWhoLeavesMakesRoom() {
    var waiting = new SlowBody.Waiting(3, 2);

    assertThat(waiting.enter("a")).isTrue();
    assertThat(waiting.enter("a")).isTrue();
    assertThat(waiting.enter("a")).as("a third of one address").isFalse();
    assertThat(waiting.enter("b")).isTrue();
    assertThat(waiting.enter("c")).as("a fourth in all").isFalse();
    waiting.leave("a");
    assertThat(waiting.enter("c")).isTrue();
    waiting.leave("a");
    waiting.leave("b");
    assertThat(waiting.enter("a")).isTrue();
    assertThat(waiting.enter("a")).isTrue();
  }

  @Test
  void bodyThatEndsThatTimesOutOrThatNobodyReadsOnMakesRoom() throws IOException {
    for (int i = 0; i < 3 * SlowBody.MOST; i++) {
      SlowBody ended = new SlowBody("192.0.2.1");
      assertThat(ended.read(0, () -> 5)).isEqualTo(5);
      assertThat(ended.read(0, () -> -1)).isEqualTo(-1);
      SlowBody silent = new SlowBody("192.0.2.1");
      assertThat(
              refusal(
                  silent,
                  () -> {
                    throw new SocketTimeoutException();
                  }))
          .isEqualTo(ProblemType.REQUEST_TIMEOUT);
      try (SlowBody left = new SlowBody("192.0.2.1")) {
        assertThat(left.read(0, () -> 5)).isEqualTo(5);
      }
    }
  }

  @Test
  void tooManyOfOneAddressAreRefusedAtOnceAndOthersAreNot() throws IOException {
    List<SlowBody> waiting = new ArrayList<>();
    try {
      for (int i = 0; i < SlowBody.MOST_OF_ADDRESS; i++) {
        SlowBody body = new SlowBody("192.0.2.2");
        waiting.add(body);
        assertThat(body.read(0, () -> 5)).isEqualTo(5);
      }
      SlowBody next = new SlowBody("192.0.2.2");
      waiting.add(next);
      assertThat(refusal(next, () -> 5)).isEqualTo(ProblemType.UNAVAILABLE);
      SlowBody other = new SlowBody("192.0.2.3");
      waiting.add(other);
      assertThat(other.read(0, () -> 5)).isEqualTo(5);
    } finally {
      waiting.forEach(SlowBody::close);
    }
  }

  @Test
  void whatFailsOtherwiseIsNotTakenForSlow() {
    try (SlowBody body = new SlowBody("192.0.2.4")) {
      assertThatThrownBy(
              () ->
                  body.read(
                      0,
                      () -> {
                        throw new IOException("broken");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("broken");
    }
  }
}
