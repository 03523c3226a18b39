package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.keyturn.database.DatabaseBulkhead.State;
import io.keyturn.problem.DatabaseUnavailable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class DatabaseBulkheadTest {
  private final DatabaseBulkhead bulkhead = new DatabaseBulkhead(1, 2, 1, 10_000);

  private CompletableFuture<Void> enterElsewhere() {
    return CompletableFuture.runAsync(bulkhead::enter, task -> new Thread(task).start());
  }

  private void assertRefused() {
    assertThatExceptionOfType(DatabaseUnavailable.class).isThrownBy(bulkhead::enter);
  }

  private static void awaitRefusal(CompletableFuture<Void> entering) {
    assertThat(entering)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(DatabaseUnavailable.class);
  }

  private CompletableFuture<Void> enterAndWait() throws InterruptedException {
    int before = bulkhead.waiting();
    CompletableFuture<Void> waiting = enterElsewhere();
    for (int i = 0; i < 500 && bulkhead.waiting() == before; i++) {
      Thread.sleep(10);
    }
    assertThat(bulkhead.waiting()).isEqualTo(before + 1);
    return waiting;
  }

  @Test
  void turnThatIsGivenBackIsTakenByWhoeverWaits() throws Exception {
    bulkhead.enter();
    CompletableFuture<Void> waiting = enterAndWait();

    bulkhead.leave();

    assertThat(waiting).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void whoeverFindsTooManyWaitingIsRefusedAtOnce() throws Exception {
    bulkhead.enter();
    CompletableFuture<Void> first = enterAndWait();
    CompletableFuture<Void> second = enterAndWait();

    assertRefused();

    bulkhead.leave();
    bulkhead.leave();
    assertThat(first).succeedsWithin(Duration.ofSeconds(5));
    assertThat(second).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void whileTheDatabaseIsSlowFewerWait() throws Exception {
    bulkhead.enter();
    CompletableFuture<Void> first = enterAndWait();
    CompletableFuture<Void> second = enterAndWait();

    bulkhead.know(State.SLOW);

    awaitRefusal(second);
    assertRefused();
    assertThat(first).isNotDone();
    bulkhead.leave();
    assertThat(first).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void whoeverWaitsTooLongIsRefused() {
    DatabaseBulkhead impatient = new DatabaseBulkhead(1, 2, 1, 200);
    impatient.enter();

    assertThatExceptionOfType(DatabaseUnavailable.class).isThrownBy(impatient::enter);
  }

  @Test
  void whileTheDatabaseHangsNobodyEntersAndWhoeverWaitsLeaves() throws Exception {
    bulkhead.enter();
    CompletableFuture<Void> waiting = enterAndWait();

    bulkhead.know(State.HANGS);

    awaitRefusal(waiting);
    assertRefused();
    bulkhead.leave();
    assertRefused();
    bulkhead.know(State.ANSWERS);
    assertThatNoException().isThrownBy(bulkhead::enter);
  }

  @Test
  void connectionGivesItsTurnBackOnce() throws SQLException {
    DatabaseBulkhead impatient = new DatabaseBulkhead(1, 2, 1, 100);
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
