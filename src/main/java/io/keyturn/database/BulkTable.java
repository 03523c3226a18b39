package io.keyturn.database;

import jakarta.persistence.EntityManager;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Writes many rows of a table past Hibernate's entities. PostgreSQL gets one statement in which
 * each column is an array, which costs it a fraction of a statement for each row. The embedded
 * database gets a JDBC batch.
 *
 * @param <R> a row
 */
public final class BulkTable<R> {
  private final String table;
  private final List<Column<R>> columns;

  /** The type of a column: its name in PostgreSQL, and the arrays that hold its values. */
  private enum Type {
    UUIDS("uuid", UUID[]::new),
    INTEGERS("int4", Integer[]::new),
    LONGS("int8", Long[]::new),
    TEXTS("text", String[]::new),
    BYTES("bytea", byte[][]::new),
    TIMES("timestamptz", String[]::new);

    private final String element;
    private final IntFunction<@Nullable Object[]> array;

    Type(String element, IntFunction<@Nullable Object[]> array) {
      this.element = element;
      this.array = array;
    }
  }

  private record Column<R>(String name, Type type, Function<R, ? extends @Nullable Object> value) {}

  private BulkTable(String table, List<Column<R>> columns) {
    this.table = table;
    this.columns = columns;
  }

  /** A table, still without columns. */
  public static <R> BulkTable<R> named(String table) {
    return new BulkTable<>(table, List.of());
  }

  public BulkTable<R> uuid(String name, Function<R, @Nullable UUID> value) {
    return and(new Column<>(name, Type.UUIDS, value));
  }

  public BulkTable<R> integer(String name, Function<R, @Nullable Integer> value) {
    return and(new Column<>(name, Type.INTEGERS, value));
  }

  public BulkTable<R> bigint(String name, Function<R, @Nullable Long> value) {
    return and(new Column<>(name, Type.LONGS, value));
  }

  public BulkTable<R> text(String name, Function<R, @Nullable String> value) {
    return and(new Column<>(name, Type.TEXTS, value));
  }

  public BulkTable<R> bytes(String name, Function<R, byte @Nullable []> value) {
    return and(new Column<>(name, Type.BYTES, value));
  }

  public BulkTable<R> time(String name, Function<R, @Nullable Instant> value) {
    return and(new Column<>(name, Type.TIMES, value));
  }

  private BulkTable<R> and(Column<R> column) {
    return new BulkTable<>(table, Stream.concat(columns.stream(), Stream.of(column)).toList());
  }

  /**
   * Inserts rows, in the current transaction.
   *
   * @throws io.keyturn.problem.ProblemException 503 while the disk is full
   */
  public void insert(EntityManager entities, List<R> rows) {
    write(
        entities,
        rows,
        "INSERT INTO " + table + " (" + names("") + ") SELECT * FROM UNNEST(" + marks() + ")",
        "INSERT INTO " + table + " (" + names("") + ") VALUES (" + marks() + ")");
  }

  /**
   * Updates rows, in the current transaction. The last column is the key.
   *
   * @throws IllegalStateException when a row is not there
   * @throws io.keyturn.problem.ProblemException 503 while the disk is full
   */
  public void update(EntityManager entities, List<R> rows) {
    String key = columns.get(columns.size() - 1).name();
    write(
        entities,
        rows,
        "UPDATE %1$s SET %2$s FROM UNNEST(%3$s) AS new (%4$s) WHERE %1$s.%5$s = new.%5$s"
            .formatted(table, assignments("new."), marks(), names(""), key),
        "UPDATE %s SET %s WHERE %s = ?".formatted(table, assignments(null), key));
  }

  private String names(String before) {
    return columns.stream().map(c -> before + c.name()).collect(Collectors.joining(", "));
  }

  private String marks() {
    return columns.stream().map(c -> "?").collect(Collectors.joining(", "));
  }

  private String assignments(@Nullable String from) {
    return columns.subList(0, columns.size() - 1).stream()
        .map(c -> c.name() + " = " + (from == null ? "?" : from + c.name()))
        .collect(Collectors.joining(", "));
  }

  private void write(EntityManager entities, List<R> rows, String byArrays, String byRow) {
    if (rows.isEmpty()) {
      return;
    }
    Session session = entities.unwrap(Session.class);
    boolean postgres =
        session
                .getSessionFactory()
                .unwrap(SessionFactoryImplementor.class)
                .getJdbcServices()
                .getDialect()
            instanceof PostgreSQLDialect;
    String sql = NoWriteToFullDisk.refuse(postgres ? byArrays : byRow);
    int written =
        session.doReturningWork(
            connection -> postgres ? arrays(connection, sql, rows) : batch(connection, sql, rows));
    if (written != rows.size()) {
      throw new IllegalStateException(
          "of " + rows.size() + " rows of " + table + " were written: " + written);
    }
  }

  private int arrays(Connection connection, String sql, List<R> rows) throws SQLException {
    List<Array> arrays = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Column<R> column : columns) {
        @Nullable Object[] values = column.type().array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
          Object value = column.value().apply(rows.get(i));
          values[i] = value instanceof Instant time ? time.toString() : value;
        }
        Array array = connection.createArrayOf(column.type().element, values);
        arrays.add(array);
        statement.setArray(arrays.size(), array);
      }
      return statement.executeUpdate();
    } finally {
      for (Array array : arrays) {
        array.free();
      }
    }
  }

  private int batch(Connection connection, String sql, List<R> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (R row : rows) {
        for (int i = 0; i < columns.size(); i++) {
          Object value = columns.get(i).value().apply(row);
          statement.setObject(i + 1, value instanceof Instant time ? JdbcBatch.time(time) : value);
        }
        statement.addBatch();
      }
      return Arrays.stream(statement.executeBatch()).sum();
    }
  }
}
