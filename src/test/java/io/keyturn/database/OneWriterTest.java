package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.problem.DatabaseUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneWriterTest {
  private static final int THREADS = 8;
  private static final int TURNS = 1_500;
  private static final String LOCK = "SELECT n FROM counter WHERE id = 1 FOR UPDATE";

  @TempDir private Path directory;
  private final OneWriter writer = new OneWriter(60_000);

  @BeforeEach
  void table() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE counter (id INT PRIMARY KEY, n INT NOT NULL)");
      statement.execute("INSERT INTO counter VALUES (1, 0)");
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("db;WRITE_DELAY=0"));
  }

  private Connection guarded() throws SQLException {
    Connection connection = open();
    connection.setAutoCommit(false);
    return writer.guard(connection);
  }

  /** Without a writer's turn, H2 loses some of the additions. */
  @Test
  void rollbackTakesBackNothingThatAnotherTransactionWrote() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Integer>> added = new ArrayList<>();
    try (Connection keepsOpen = open()) {
      for (int i = 0; i < THREADS; i++) {
        added.add(threads.submit(this::locksOftenAddsAtTimes));
      }
      int sum = 0;
      for (Future<Integer> one : added) {
        sum += one.get();
      }
      assertThat(count(keepsOpen)).isEqualTo(sum);
    }
    threads.shutdown();
  }

  private int locksOftenAddsAtTimes() throws SQLException {
    int added = 0;
    for (int i = 0; i < TURNS; i++) {
      try (Connection connection = guarded();
          PreparedStatement lock = connection.prepareStatement(LOCK);
          ResultSet row = lock.executeQuery()) {
        row.next();
        if (i % 8 == 0) {
          add(connection, row.getInt(1));
          added++;
        } else {
          connection.rollback();
        }
      }
    }
    return added;
  }

  @Test
  void whoeverWritesWaitsAndWhoeverReadsDoesNot() throws Exception {
    try (Connection first = guarded();
        PreparedStatement unused = first.prepareStatement(LOCK);
        Connection reader = guarded()) {
      CompletableFuture<Void> second = CompletableFuture.runAsync(this::lockAndClose);

      assertThat(count(reader)).isZero();
      assertThat(second).isNotDone();

      first.close();
      assertThat(second).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void transactionWithinAnotherHasItsTurn() throws Exception {
    try (Connection outer = guarded();
        PreparedStatement unused = outer.prepareStatement(LOCK)) {
      lockAndClose();
      CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(this::lockAndClose);

      assertThat(elsewhere).isNotDone();
      outer.close();
      assertThat(elsewhere).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void whoeverWaitsTooLongIsRefused() throws Exception {
    OneWriter impatient = new OneWriter(1);
    try (Connection first = impatient.guard(open());
        PreparedStatement unused = first.prepareStatement(LOCK)) {
      assertThat(
              CompletableFuture.runAsync(
                  () -> {
                    try (Connection second = impatient.guard(open())) {
                      second.prepareStatement(LOCK).close();
                    } catch (SQLException e) {
                      throw new IllegalStateException(e);
                    }
                  }))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(DatabaseUnavailable.class);
    }
  }

  private void lockAndClose() {
    try (Connection connection = guarded()) {
      connection.prepareStatement(LOCK).close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into a values (1)",
        " UPDATE a SET b = 1",
        "delete from a",
        "MERGE INTO a",
        "select a1_0.id from a a1_0 where a1_0.id=? for update",
        "select a from b fetch first ? rows only for update skip locked",
        "truncate table a",
      })
  void statementsThatWriteOrLockAreKnown(String sql) {
    assertThat(OneWriter.writes(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"select 1", "SELECT a\nFROM b", "with c as (select 1) select * from c"})
  void statementsThatReadAreKnown(String sql) {
    assertThat(OneWriter.writes(sql)).isFalse();
  }

  private static void add(Connection connection, int n) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE counter SET n = ? WHERE id = 1")) {
      update.setInt(1, n + 1);
      update.executeUpdate();
    }
    connection.commit();
  }

  private static int count(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT n FROM counter");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
