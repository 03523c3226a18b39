package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.keyturn.database.DatabaseGate.State;
import io.keyturn.problem.DatabaseUnavailable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class DatabaseGateTest {
  private final DatabaseGate gate = new DatabaseGate(1, 2, 1, 10_000);

  private CompletableFuture<Void> enterElsewhere() {
    return CompletableFuture.runAsync(gate::enter, task -> new Thread(task).start());
  }

  private void assertRefused() {
    assertThatExceptionOfType(DatabaseUnavailable.class).isThrownBy(gate::enter);
  }

  private static void awaitRefusal(CompletableFuture<Void> entering) {
    assertThat(entering)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(DatabaseUnavailable.class);
  }

  private CompletableFuture<Void> enterAndWait() throws InterruptedException {
    int before = gate.waiting();
    CompletableFuture<Void> waiting = enterElsewhere();
    for (int i = 0; i < 500 && gate.waiting() == before; i++) {
      Thread.sleep(10);
    }
    assertThat(gate.waiting()).isEqualTo(before + 1);
    return waiting;
  }

  @Test
  void turnThatIsGivenBackIsTakenByWhoeverWaits() throws Exception {
    gate.enter();
    CompletableFuture<Void> waiting = enterAndWait();

    gate.leave();

    assertThat(waiting).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void whoeverFindsTooManyWaitingIsRefusedAtOnce() throws Exception {
    gate.enter();
    CompletableFuture<Void> first = enterAndWait();
    CompletableFuture<Void> second = enterAndWait();

    assertRefused();

    gate.leave();
    gate.leave();
    assertThat(first).succeedsWithin(Duration.ofSeconds(5));
    assertThat(second).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void whileTheDatabaseIsSlowFewerWait() throws Exception {
    gate.enter();
    CompletableFuture<Void> first = enterAndWait();
    CompletableFuture<Void> second = enterAndWait();

    gate.know(State.SLOW);

    awaitRefusal(second);
    assertRefused();
    assertThat(first).isNotDone();
    gate.leave();
    assertThat(first).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void whoeverWaitsTooLongIsRefused() {
    DatabaseGate impatient = new DatabaseGate(1, 2, 1, 200);
    impatient.enter();

    assertThatExceptionOfType(DatabaseUnavailable.class).isThrownBy(impatient::enter);
  }

  @Test
  void whileTheDatabaseHangsNobodyEntersAndWhoeverWaitsLeaves() throws Exception {
    gate.enter();
    CompletableFuture<Void> waiting = enterAndWait();

    gate.know(State.HANGS);

    awaitRefusal(waiting);
    assertRefused();
    gate.leave();
    assertRefused();
    gate.know(State.ANSWERS);
    assertThatNoException().isThrownBy(gate::enter);
  }

  @Test
  void connectionGivesItsTurnBackOnce() throws SQLException {
    DatabaseGate impatient = new DatabaseGate(1, 2, 1, 100);
    impatient.enter();
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
      impatient.uses(connection);
      impatient.leaves(connection);
      impatient.leaves(connection);
    }
    impatient.enter();
    assertThatExceptionOfType(DatabaseUnavailable.class)
        .as("there is still one turn")
        .isThrownBy(impatient::enter);
  }
}
