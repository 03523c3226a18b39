package io.keyturn;

import static io.keyturn.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.Api.Answer;
import io.keyturn.Control.Key;
import io.keyturn.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever tries wrong secrets is slowed down, and nobody else. */
class GuessingHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final int TRIES = 400;

  private static Answer me(String from, String secret) {
    return RawHttp.send(
        SERVER,
        from,
        RawHttp.get("/api/v1/me", "Host: localhost", "Authorization: Bearer " + secret));
  }

  @Test
  void guessesAreNeverAcceptedAndSoonNotReadAnyMore() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      answers.add(me("127.0.0.21", Secret.random("kt", "live").reveal()));
    }

    assertThat(answers).noneMatch(a -> a.status() == 200);
    assertThat(answers.subList(0, 100)).allMatch(a -> a.status() == 401);
    Answer last = answers.get(TRIES - 1);
    assertProblem(last, 429, "rate_limited");
    assertThat(Integer.parseInt(last.header("Retry-After").orElseThrow())).isPositive();
  }

  @Test
  void mistypedSecretsCountAsGuesses() {
    Answer last = me("127.0.0.22", "nonsense");
    for (int i = 0; i < TRIES && last.status() != 429; i++) {
      last = me("127.0.0.22", "nonsense");
    }

    assertProblem(last, 429, "rate_limited");
  }

  @Test
  void guesserShutsOutNeitherOtherAddressesNorKeysInUseAtItsOwn() {
    Key inUse = SERVER.control().key();
    Key neverUsed = SERVER.control().key();
    assertThat(me("127.0.0.23", inUse.secret()).status()).isEqualTo(200);
    while (me("127.0.0.23", Secret.random("kt", "live").reveal()).status() != 429) {}

    assertThat(me("127.0.0.24", neverUsed.secret()).status()).isEqualTo(200);
    assertThat(me("127.0.0.23", inUse.secret()).status()).isEqualTo(200);
  }

  @Test
  void refreshedSecretsAreNoGuesses() {
    Key key = SERVER.control().key();
    SERVER.control().refresh(key, java.time.Duration.ZERO);

    for (int i = 0; i < 150; i++) {
      assertProblem(me("127.0.0.25", key.secret()), 401, "secret_refreshed");
    }
  }
}
