package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PulseTest {
  private final Pulse pulse = new Pulse(10, 5);

  private int questions(int beats) {
    int asked = 0;
    for (int i = 0; i < beats; i++) {
      asked += pulse.next() ? 1 : 0;
    }
    return asked;
  }

  @Test
  void answersLeadToOneQuestionABeat() {
    for (int i = 0; i < 20; i++) {
      assertThat(pulse.next()).isTrue();
      pulse.answered();
    }
    assertThat(pulse.hangs()).isFalse();
  }

  @Test
  void hangsAfterTenBeatsOfSilenceAndIsAskedAgainEachFive() {
    assertThat(questions(10)).isEqualTo(2);
    assertThat(pulse.hangs()).isFalse();

    assertThat(questions(1)).isEqualTo(1);
    assertThat(pulse.hangs()).isTrue();
    assertThat(questions(20)).isEqualTo(4);
    assertThat(pulse.silentFor()).isEqualTo(30);

    pulse.answered();
    assertThat(pulse.hangs()).isFalse();
    assertThat(pulse.silentFor()).isZero();
    assertThat(pulse.next()).isTrue();
  }

  @Test
  void promptFailureIsAnAnswer() {
    questions(12);
    assertThat(pulse.hangs()).isTrue();

    pulse.failed(pulse.beat());

    assertThat(pulse.hangs()).isFalse();
  }

  @Test
  void lateFailureIsNoAnswer() {
    pulse.next();
    long asked = pulse.beat();
    questions(25);

    pulse.failed(asked);

    assertThat(pulse.hangs()).isTrue();
  }
}
