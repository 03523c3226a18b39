package io.keyturn.verification;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.secret.Secret;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
  void malformedSecretsCountForNothing() {
    for (int i = 0; i < 150; i++) {
      assertProblem(me("127.0.0.22", "nonsense"), 401, "unauthenticated");
    }

    assertProblem(me("127.0.0.22", Secret.random("kt", "live").reveal()), 401, "unauthenticated");
  }

  @Test
  void keysThatRestedAndFreshSuccessorsPassWhileAClientAtTheirAddressSendsNonsense()
      throws Exception {
    try (Flood flood = new Flood("127.0.0.23", () -> "x")) {
      assertKeysPass(flood);
      assertThat(flood.statuses()).containsOnly(401);
    }
  }

  @Test
  void keysThatRestedAndFreshSuccessorsPassWhileAGuesserAtTheirAddressSendsWrongSecrets()
      throws Exception {
    try (Flood flood = new Flood("127.0.0.24", () -> Secret.random("kt", "live").reveal())) {
      flood.await(429);
      assertKeysPass(flood);
      assertThat(flood.statuses()).containsOnly(401, 429);
    }
  }

  private static void assertKeysPass(Flood flood) {
    for (int i = 0; i < 20; i++) {
      Key rested = SERVER.control().key();
      assertThat(me(flood.from, rested.secret()).status()).as("key " + i).isEqualTo(200);
      Key successor = SERVER.control().refresh(rested, java.time.Duration.ZERO);
      assertThat(me(flood.from, successor.secret()).status()).as("successor " + i).isEqualTo(200);
    }
  }

  /** A client that sends wrong secrets from an address on four connections at a time. */
  private static final class Flood implements AutoCloseable {
    private final String from;
    private final ExecutorService senders = Executors.newFixedThreadPool(4);
    private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();

    Flood(String from, Supplier<String> secrets) {
      this.from = from;
      for (int i = 0; i < 4; i++) {
        senders.execute(
            () -> {
              while (!senders.isShutdown()) {
                statuses.add(me(from, secrets.get()).status());
              }
            });
      }
    }

    void await(int status) {
      Eventually.within(
          java.time.Duration.ofSeconds(30), () -> assertThat(statuses).contains(status));
    }

    Set<Integer> statuses() {
      return Set.copyOf(statuses);
    }

    @Override
    public void close() throws InterruptedException {
      senders.shutdown();
      assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
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
