package io.keyturn.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Common parts of the JDBC batches. */
public final class JdbcBatch {
  /** A parameter for a time. */
  public static final String TIME = "CAST(? AS TIMESTAMP(6) WITH TIME ZONE)";

  private JdbcBatch() {}

  /**
   * Updates rows, and inserts the rows that did not exist. Most rows exist.
   *
   * @param again the update, with {@code againValues} as its parameters for a row
   * @param first the insert, with {@code firstValues} as its parameters for a row
   */
  public static <T> void write(
      Connection connection,
      List<T> rows,
      String again,
      Function<T, @Nullable Object[]> againValues,
      String first,
      Function<T, @Nullable Object[]> firstValues)
      throws SQLException {
    run(connection, first, untouched(run(connection, again, rows, againValues), rows), firstValues);
  }

  private static <T> int[] run(
      Connection connection, String sql, List<T> rows, Function<T, @Nullable Object[]> values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T row : rows) {
        set(statement, values.apply(row));
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /** The values for which a batch of updates found no row. */
  public static <T> List<T> untouched(int[] counts, List<T> rows) {
    List<T> untouched = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        untouched.add(rows.get(i));
      }
    }
    return untouched;
  }

  public static @Nullable OffsetDateTime time(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  public static void set(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
