package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kill -9} leaves between two commits is the file as it is: a copy of it. */
class CrashSafeFileTest {
  private static final int LIVES = 5;
  private static final int COMMITS = 12;
  private static final int ROWS = 200;

  /** Room in the file is used again at once, which else takes 45 seconds. */
  private static final String OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=0";

  @TempDir private Path directory;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @BeforeAll
  static void makeTheSchemeKnown() {
    CrashSafeFiles.register();
  }

  @Test
  void eachCommitIsFoundAfterACrashInAFileThatLivesThroughManyCrashes() throws Exception {
    try (Connection connection = open("life-0")) {
      execute(connection, "CREATE TABLE written (id INTEGER PRIMARY KEY)");
      execute(connection, "CREATE TABLE churn (id INTEGER PRIMARY KEY, filler VARCHAR(4000))");
      execute(connection, "INSERT INTO churn SELECT x, '' FROM system_range(1, " + ROWS + ")");
    }
    int written = 0;
    for (int life = 0; life < LIVES; life++) {
      try (Connection connection = open("life-" + life)) {
        connection.setAutoCommit(false);
        for (int i = 0; i < COMMITS; i++) {
          written++;
          churn(connection, random.nextInt(40));
          execute(connection, "INSERT INTO written VALUES (" + written + ")");
          connection.commit();
          copy("life-" + life, "crashed");
          assertThat(writtenIn("crashed")).as("life %d, seed %d", life, seed).isEqualTo(written);
        }
        copy("life-" + life, "life-" + (life + 1));
      }
    }
  }

  @Test
  void fileIsOneOfH2sBeforeAndAfter() throws Exception {
    try (Connection connection = openByH2("database")) {
      execute(connection, "CREATE TABLE written (id INTEGER PRIMARY KEY)");
    }
    try (Connection connection = open("database")) {
      execute(connection, "INSERT INTO written VALUES (1)");
      copy("database", "crashed");
    }
    try (Connection connection = openByH2("crashed")) {
      assertThat(count(connection)).isEqualTo(1);
    }
  }

  private Connection openByH2(String name) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:file:" + directory.resolve(name) + OPTIONS);
  }

  private Connection open(String name) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:crashsafe:" + directory.resolve(name) + OPTIONS);
  }

  private void copy(String from, String to) throws Exception {
    Files.copy(
        directory.resolve(from + ".mv.db"),
        directory.resolve(to + ".mv.db"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void churn(Connection connection, int rows) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE churn SET filler = ? WHERE id = ?")) {
      for (int i = 0; i < rows; i++) {
        update.setString(1, Integer.toString(random.nextInt(), 36).repeat(1 + random.nextInt(300)));
        update.setInt(2, 1 + random.nextInt(ROWS));
        update.executeUpdate();
      }
    }
  }

  private int writtenIn(String name) throws SQLException {
    try (Connection connection = open(name)) {
      return count(connection);
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM written")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
