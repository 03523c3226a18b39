package io.keyturn.support;

import io.keyturn.secret.RootKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The databases that the tests run on; the system property {@code keyturn.test.database} says. */
public enum TestDatabase {
  /** Embedded: a file in the server's data directory. */
  H2 {
    @Override
    public Map<String, String> create(Path directory) {
      return Map.of();
    }

    @Override
    public String machine() {
      return "-Duser.language=tr -Duser.country=TR -Dfile.encoding=ISO-8859-9";
    }
  },

  /** A real PostgreSQL server, one for the test JVM, and a database in it for each caller. */
  POSTGRESQL {
    @Override
    public Map<String, String> create(Path directory) throws IOException {
      String name = "keyturn_" + COUNT.incrementAndGet();
      String url;
      try {
        url = postgresql(name);
      } catch (SQLException e) {
        throw new IOException(e);
      }
      Path rootKey = directory.resolve("root-key-of-" + name);
      Files.deleteIfExists(rootKey);
      RootKey.create(rootKey);
      return Map.of(
          "KEYTURN_DATABASE_URL",
          url.replaceAll("[?].*", ""),
          "KEYTURN_DATABASE_USER",
          "postgres",
          "KEYTURN_DATABASE_PASSWORD",
          "postgres",
          "KEYTURN_ROOT_KEY_FILE",
          rootKey.toString());
    }

    @Override
    public String machine() {
      return "-Duser.timezone=Pacific/Kiritimati";
    }
  };

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  /** Creates an empty database; answers the settings of a server that uses it. */
  public abstract Map<String, String> create(Path directory) throws IOException;

  /**
   * JVM options of another machine than the usual, a different one for each database, so that the
   * tests show that nothing depends on its language, encoding or time zone.
   */
  public abstract String machine();

  /** The database of this run. */
  public static TestDatabase current() {
    return System.getProperty("keyturn.test.database", "h2").equals("postgresql") ? POSTGRESQL : H2;
  }

  /** The PostgreSQL server, started at the first call; it ends with this JVM. */
  public static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        server =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }

  /** Creates an empty database in the PostgreSQL server; answers its address for JDBC. */
  public static String postgresql(String name) throws SQLException {
    EmbeddedPostgres server = server();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return server.getJdbcUrl("postgres", name);
  }

  /** The ids of a server's processes: the server, and the processes that serve its connections. */
  public static List<Long> processes(EmbeddedPostgres server) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW data_directory")) {
      row.next();
      long pid =
          Long.parseLong(
              Files.readAllLines(Path.of(row.getString(1), "postmaster.pid")).get(0).strip());
      ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
      return Stream.concat(Stream.of(postmaster), postmaster.descendants())
          .map(ProcessHandle::pid)
          .toList();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
