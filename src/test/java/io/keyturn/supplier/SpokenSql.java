package io.keyturn.supplier;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * One connection, which remembers the last query of Hibernate with its parameters, so that the same
 * query can be explained.
 */
public final class SpokenSql implements ConnectionProvider {
  private static final long serialVersionUID = 1L;

  /** A statement that was prepared, and how its parameters were set. */
  private record Spoken(
      String sql, Map<Integer, @Nullable Object[]> parameters, Map<Integer, Method> by) {}

  private static final ThreadLocal<String> URL = new ThreadLocal<>();
  private static final ThreadLocal<SpokenSql> LAST = new ThreadLocal<>();

  private final transient Connection real;
  private transient @Nullable Spoken last;

  /** Hibernate creates it; {@link #at} says where it connects to. */
  public SpokenSql() throws SQLException {
    real = DriverManager.getConnection(Objects.requireNonNull(URL.get()));
    real.setAutoCommit(false);
    LAST.set(this);
  }

  /** The provider that Hibernate created last for this thread. */
  static SpokenSql last() {
    return Objects.requireNonNull(LAST.get());
  }

  /** The next provider of this thread connects to this address. */
  static void at(String url) {
    URL.set(url);
  }

  @Override
  public Connection getConnection() {
    return proxy(
        Connection.class,
        real,
        (method, arguments) -> {
          if (method.getName().equals("close")) {
            return null;
          }
          Object result = call(real, method, arguments);
          return method.getName().equals("prepareStatement") && result != null && arguments != null
              ? remembered((PreparedStatement) result, String.valueOf(arguments[0]))
              : result;
        });
  }

  private PreparedStatement remembered(PreparedStatement statement, String sql) {
    Spoken now = new Spoken(sql, new TreeMap<>(), new TreeMap<>());
    if (sql.contains(" from supplier ")) {
      last = now;
    }
    return proxy(
        PreparedStatement.class,
        statement,
        (method, arguments) -> {
          if (method.getName().startsWith("set")
              && arguments != null
              && arguments.length >= 2
              && arguments[0] instanceof Integer place) {
            now.parameters().put(place, arguments);
            now.by().put(place, method);
          }
          return call(statement, method, arguments);
        });
  }

  /** Runs the last query of suppliers again, changed; answers the first columns of its rows. */
  List<String> again(UnaryOperator<String> change) {
    Spoken query = Objects.requireNonNull(last);
    try (PreparedStatement statement = real.prepareStatement(change.apply(query.sql()))) {
      for (Map.Entry<Integer, Method> set : query.by().entrySet()) {
        call(statement, set.getValue(), query.parameters().get(set.getKey()));
      }
      List<String> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(row.getString(1));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Call {
    @Nullable Object of(Method method, @Nullable Object @Nullable [] arguments);
  }

  private static <T> T proxy(Class<T> type, T target, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            SpokenSql.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call.of(method, arguments)));
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void closeConnection(Connection connection) {
    // There is one, for all.
  }

  @Override
  public boolean supportsAggressiveRelease() {
    return false;
  }

  @Override
  public boolean isUnwrappableAs(Class<?> type) {
    return false;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new IllegalArgumentException(type.getName());
  }
}
