package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.Tools;
import io.keyturn.support.Visitor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A PostgreSQL whose processes are stopped by SIGSTOP under a load of 100 requests a second: it
 * takes connections and answers nothing, as it does behind a network that drops packets. The bounds
 * are those that the product promises, with room for a busy machine of two cores.
 */
class FrozenPostgresqlIT {
  private static final long NANOS_BETWEEN = 10_000_000;
  private static final Duration BEFORE = Duration.ofSeconds(6);
  private static final Duration KNOWN_AFTER = Duration.ofSeconds(3);
  private static final Duration FROZEN = Duration.ofSeconds(10);
  private static final Duration QUICK_AFTER = Duration.ofSeconds(2);

  private static EmbeddedPostgres postgres;
  private static KeyturnServer server;

  private record Sent(String kind, long at, int status, boolean retryAfter, long millis) {}

  private final Queue<Sent> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setServerConfig("max_connections", "100").start();
    server =
        KeyturnServer.named("frozen")
            .on(TestDatabase.POSTGRESQL)
            .setting(
                "KEYTURN_DATABASE_URL",
                postgres.getJdbcUrl("postgres", "postgres").replaceAll("[?].*", "")
                    + "?socketTimeout=5&connectTimeout=3&tcpKeepAlive=true")
            .forSigningIn()
            .start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    postgres.close();
  }

  @Test
  void frozenDatabaseHoldsNobodyUpAndItsReturnIsSeenAtOnce() throws Exception {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add(server.control().key());
    }
    String session =
        new Visitor(server)
            .signIn(KeyturnServer.ADMIN_EMAIL, KeyturnServer.ADMIN_PASSWORD)
            .cookies();
    warm(keys, session);
    Duration duration = BEFORE.plus(FROZEN).plus(QUICK_AFTER).plusSeconds(6);
    Thread load = new Thread(() -> load(keys, session, duration));
    long begin = System.nanoTime();
    load.start();
    Thread.sleep(BEFORE.toMillis());
    List<Long> processes = TestDatabase.processes(postgres);
    long frozen = System.nanoTime();
    long back;
    try {
      Tools.signal("-STOP", processes);
      Thread.sleep(FROZEN.toMillis());
    } finally {
      back = System.nanoTime();
      Tools.signal("-CONT", processes);
    }
    load.join();
    Eventually.within(Duration.ofSeconds(30), () -> assertThat(answers).hasSize(sent.get()));

    List<Sent> before = between(begin, frozen);
    List<Sent> unknown = between(frozen, frozen + KNOWN_AFTER.toNanos());
    List<Sent> known = between(frozen + KNOWN_AFTER.toNanos(), back);
    List<Sent> coming = between(back, back + QUICK_AFTER.toNanos());
    List<Sent> after = between(back + QUICK_AFTER.toNanos(), System.nanoTime());
    report("before", before);
    report("frozen, not known", unknown);
    report("frozen, known", known);
    report("back, first 2 s", coming);
    report("back, then", after);

    // On a machine that is busy with something else, nothing is quicker than it was before.
    List<Sent> live = Stream.concat(unknown.stream(), known.stream()).filter(is("live")).toList();
    List<Sent> liveBefore = before.stream().filter(is("live")).toList();
    assertThat(live).isNotEmpty().allMatch(s -> s.status() == 200);
    assertThat(at(live, 0.5)).as("live").isLessThanOrEqualTo(Math.max(50, at(liveBefore, 0.9)));
    assertThat(at(live, 1)).as("live").isLessThan(Math.max(1_000, 2 * at(liveBefore, 1)));

    long slow = Math.max(1_000, at(before, 1));
    for (String kind : List.of("api", "page", "ready")) {
      List<Sent> asked = known.stream().filter(is(kind)).toList();
      assertThat(asked).as(kind).isNotEmpty().allMatch(s -> s.status() == 503);
      // Readiness is the server's own answer.
      assertThat(asked).as(kind).allMatch(s -> s.retryAfter() || kind.equals("ready"));
    }
    assertThat(at(known, 0.98)).as("refused").isLessThan(slow);
    assertThat(at(known, 1)).as("refused").isLessThan(2 * slow);
    // Only whoever is just opening one of the 20 connections waits for longer than 3 seconds.
    assertThat(unknown.stream().filter(sent -> sent.millis() > 3_000 + slow))
        .as("came before it was known")
        .hasSizeLessThanOrEqualTo(20);
    assertThat(at(unknown, 1)).as("came before it was known").isLessThan(11_000 + slow);
    assertThat(after).isNotEmpty().allMatch(s -> s.status() == 200);
    assertThat(at(after, 0.98)).as("quick again").isLessThan(slow);
    assertThat(at(after, 1)).as("quick again").isLessThan(2 * slow);
  }

  /** Few at a time, until the compiler has done most of its work. */
  private void warm(List<Key> keys, String session) throws InterruptedException {
    for (int i = 0; i < 1_500; i++) {
      request(i, keys, session);
      Eventually.within(
          Duration.ofSeconds(60),
          () -> assertThat(sent.get() - answers.size()).isLessThanOrEqualTo(4));
    }
    Eventually.within(Duration.ofSeconds(60), () -> assertThat(answers).hasSize(sent.get()));
  }

  private void load(List<Key> keys, String session, Duration duration) {
    long begin = System.nanoTime();
    long end = begin + duration.toNanos();
    long due = begin;
    for (int i = 0; due < end; i++) {
      long now = System.nanoTime();
      LockSupport.parkNanos(due - now);
      // What this thread could not send in time is left out: it makes no crowd later.
      due = Math.max(due, now - NANOS_BETWEEN) + NANOS_BETWEEN;
      request(i, keys, session);
    }
  }

  private void request(int number, List<Key> keys, String session) {
    switch (number % 20) {
      case 0, 10 -> send("live", "/health/live");
      case 5 -> send("ready", "/health/ready");
      case 3, 13 -> send("login", "/login");
      case 7 -> send("page", "/profile", "Cookie", session);
      default ->
          send(
              "api",
              number % 2 == 0 ? "/api/v1/suppliers?limit=5" : "/api/v1/me",
              "Authorization",
              "Bearer " + keys.get(number % keys.size()).secret());
    }
  }

  private void send(String kind, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .timeout(Duration.ofSeconds(60))
            .header("Accept", kind.equals("page") ? "text/html" : "*/*");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    sent.incrementAndGet();
    long at = System.nanoTime();
    client
        .sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
        .whenComplete(
            (answer, failed) ->
                answers.add(
                    new Sent(
                        kind,
                        at,
                        answer == null ? 0 : answer.statusCode(),
                        answer != null && answer.headers().firstValue("Retry-After").isPresent(),
                        (System.nanoTime() - at) / 1_000_000)));
  }

  private List<Sent> between(long from, long to) {
    return answers.stream().filter(s -> s.at() - from >= 0 && (to - s.at() > 0)).toList();
  }

  private static Predicate<Sent> is(String kind) {
    return sent -> sent.kind().equals(kind);
  }

  /** The time, in milliseconds, within which that share of the answers came. */
  private static long at(List<Sent> all, double share) {
    List<Long> times = all.stream().map(Sent::millis).sorted().toList();
    return times.get((int) Math.ceil((times.size() - 1) * share));
  }

  private static void report(String when, List<Sent> all) {
    Map<String, List<Sent>> kinds = new LinkedHashMap<>();
    all.forEach(s -> kinds.computeIfAbsent(s.kind(), k -> new ArrayList<>()).add(s));
    kinds.forEach(
        (kind, sent) -> {
          Map<Integer, Integer> statuses = new LinkedHashMap<>();
          sent.forEach(s -> statuses.merge(s.status(), 1, Integer::sum));
          System.out.printf(
              "%-20s %-6s %4d answers %s: median %d ms, 98 %% %d ms, slowest %d ms%n",
              when, kind, sent.size(), statuses, at(sent, 0.5), at(sent, 0.98), at(sent, 1));
        });
  }
}
