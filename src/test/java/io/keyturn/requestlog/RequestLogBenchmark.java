package io.keyturn.requestlog;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.support.Fields;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.TestSessions;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the request log costs the database, without a server: batches of 500 requests, as a node
 * writes them, into the table with its indexes and into the same table without any, in turn. {@code
 * mvn verify -Pbenchmark -Dit.test=RequestLogBenchmark}.
 */
class RequestLogBenchmark {
  private static final int ROUNDS = Integer.getInteger("keyturn.benchmark.rounds", 15);
  private static final int BATCH = 500;
  private static final int BATCHES = 20;

  /** The rows that an organisation may have by default. */
  private static final int BEFORE = 100_000;

  private static final OrganisationId ORGANISATION = new OrganisationId(new UUID(1, 2));
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final Problem GONE =
      Problem.of(
          ProblemType.SECRET_REFRESHED, "This secret was refreshed at 2026-11-28T04:00:00Z.");
  private static final Problem WRONG =
      Problem.of(
          ProblemException.invalid(
              List.of(
                  new FieldError("name", "must have 1 to 100 characters"),
                  new FieldError("country", "must be a code of ISO 3166-1, such as AT"),
                  new FieldError("emial", "is unknown"))));

  /** What some batches took. */
  private record Took(double millisOfBatch, double cpuMicrosOfRow) {}

  /** A table of its own. */
  private static final class Log {
    final TestDatabase database;
    final String url;
    final String user;
    final SessionFactory sessions;
    final List<Took> took = new ArrayList<>();

    Log(TestDatabase database, boolean indexed) throws Exception {
      this.database = database;
      boolean h2 = database == TestDatabase.H2;
      user = h2 ? "sa" : "postgres";
      url =
          h2
              ? "jdbc:h2:file:%s/log;WRITE_DELAY=0"
                  .formatted(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "log"))
              : TestDatabase.postgresql("log_" + COUNT.incrementAndGet());
      sessions = TestSessions.open(url, user, Map.of(), ApiRequest.class, Organisation.class);
      execute(
          "INSERT INTO organisation (id, domain, name, strict, created_at, version) VALUES ('%s', 'acme',"
                  .formatted(ORGANISATION.value())
              + " 'Acme', FALSE, TIMESTAMP '2026-01-01 00:00:00', 0)");
      if (!indexed) {
        for (String index : List.of("time", "key", "share", "age")) {
          execute("DROP INDEX api_request_by_" + index);
        }
        execute(
            "ALTER TABLE api_request DROP " + (h2 ? "PRIMARY KEY" : "CONSTRAINT api_request_pkey"));
      }
      write(BEFORE / BATCH);
    }

    void execute(String sql) throws Exception {
      try (Connection connection = DriverManager.getConnection(url, user, "");
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    void write(int batches) {
      for (int i = 0; i < batches; i++) {
        sessions.inTransaction(
            entities -> {
              RequestRows rows = new RequestRows();
              Fields.set(rows, "entities", entities);
              Fields.set(rows, "clock", Clock.systemUTC());
              rows.write(notes());
            });
      }
    }

    void measure() {
      Duration cpu = cpu();
      long begin = System.nanoTime();
      write(BATCHES);
      long nanos = System.nanoTime() - begin;
      took.add(new Took(nanos / 1e6 / BATCHES, cpu().minus(cpu).toNanos() / 1e3 / BATCHES / BATCH));
    }

    /** Of this program, whose compiler has long done its work, and of PostgreSQL. */
    private Duration cpu() {
      Duration cpu =
          Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
      if (database == TestDatabase.POSTGRESQL) {
        for (long pid : TestDatabase.processes(TestDatabase.server())) {
          cpu =
              cpu.plus(
                  ProcessHandle.of(pid)
                      .flatMap(process -> process.info().totalCpuDuration())
                      .orElse(Duration.ZERO));
        }
      }
      return cpu;
    }

    long bytesOfRow() throws Exception {
      try (Connection connection = DriverManager.getConnection(url, user, "");
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT pg_total_relation_size('api_request') / count(*) FROM api_request")) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Of ten requests eight are done, one has an old secret, and one has wrong values. */
  private static List<NotedRequest> notes() {
    List<NotedRequest> notes = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      Problem problem = i % 10 == 8 ? GONE : i % 10 == 9 ? WRONG : null;
      int status = problem == null ? 200 : problem.type().status();
      ApiKeyId key = new ApiKeyId(new UUID(3, i % 100));
      notes.add(
          new NotedRequest(
              new NotedRequest.OfKey(ORGANISATION),
              key,
              7,
              Share.of(key, status),
              UUID.randomUUID().toString(),
              System.currentTimeMillis(),
              1_234_567,
              "GET",
              null,
              status,
              problem,
              "192.0.2." + i % 200,
              "erp-connector/4.2 (Java 17; Linux)"));
    }
    return notes;
  }

  @ParameterizedTest
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  @EnumSource
  void logBesideATableWithoutIndexes(TestDatabase database) throws Exception {
    Log log = new Log(database, true);
    Log bare = new Log(database, false);
    for (int round = 0; round < ROUNDS; round++) {
      log.measure();
      bare.measure();
    }
    say(database, "with its indexes", log);
    say(database, "without indexes", bare);
    if (database == TestDatabase.POSTGRESQL) {
      say("%s: %d bytes a row, %d without indexes", database, log.bytesOfRow(), bare.bytesOfRow());
    }
  }

  private static void say(TestDatabase database, String what, Log log) {
    double batch = median(log, Took::millisOfBatch);
    say(
        "%s %s: %.1f ms a batch (%.1f to %.1f), %.0f rows/s, %.0f µs CPU a row (medians of %d)",
        database,
        what,
        batch,
        log.took.stream().mapToDouble(Took::millisOfBatch).min().orElse(0),
        log.took.stream().mapToDouble(Took::millisOfBatch).max().orElse(0),
        BATCH * 1e3 / batch,
        median(log, Took::cpuMicrosOfRow),
        ROUNDS);
  }

  private static double median(Log log, ToDoubleFunction<Took> value) {
    return log.took.stream().mapToDouble(value).sorted().toArray()[log.took.size() / 2];
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
