package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import io.keyturn.support.PlatformOperator;
import io.keyturn.support.PostgresqlRelay;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.Tools;
import io.keyturn.verification.StalenessReport.Kind;
import io.keyturn.verification.StalenessReport.Lateness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How late two nodes on PostgreSQL see changes, while requests with all the keys run on both. The
 * changes are made on the nodes in turn; first with announcements, then with the second node and
 * with the database frozen, then with the announcements to the second node dropped silently. {@code
 * mvn verify -Pbenchmark -Dit.test=StalenessBenchmark}.
 */
class StalenessBenchmark {
  private static final int CHANGES = Integer.getInteger("keyturn.benchmark.changes", 40);
  private static final int FREEZES = Integer.getInteger("keyturn.benchmark.freezes", 5);
  private static final Duration FROZEN = Duration.ofSeconds(10);
  private static final int THREADS = Integer.getInteger("keyturn.benchmark.threads", 1);
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("keyturn.benchmark.seconds", 60));

  /** Answers as before that each node has given when the change is made. */
  private static final int BEFORE = 10;

  /** For so long after both nodes have seen a change, an older answer could still come back. */
  private static final long SETTLED_MILLIS = 700;

  private static final String PATH = "/api/v1/suppliers?limit=1";

  private record Node(KeyturnServer server, Manager manager, PlatformOperator operator) {}

  private final List<Node> nodes = new ArrayList<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile StalenessWatch watch = new StalenessWatch("", false, 2);
  private volatile List<Key> warm = List.of();
  private volatile boolean over;

  /** The id of the organisation that is suspended again and again. */
  private String suspendedId = "";

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void changesOnTwoNodesUnderLoad() throws InterruptedException {
    KeyturnServer one = server("staleness-one").on(TestDatabase.POSTGRESQL);
    String database =
        one.setting("KEYTURN_DATABASE_URL") + "?socketTimeout=5&connectTimeout=3&tcpKeepAlive=true";
    try (one;
        PostgresqlRelay relay = new PostgresqlRelay(database);
        KeyturnServer two = server("staleness-two").besides(one)) {
      one.setting("KEYTURN_DATABASE_URL", database).start();
      two.setting("KEYTURN_DATABASE_URL", relay.jdbcUrl()).start();
      String organisation = one.control().organisation();
      for (KeyturnServer server : List.of(one, two)) {
        nodes.add(
            new Node(
                server,
                new Manager(server, organisation, Manager.ALL),
                new PlatformOperator(server)));
      }
      List<Thread> load = new ArrayList<>();
      try {
        measure("announced", load);
        frozenNode();
        frozenDatabase();
        relay.silence();
        Thread.sleep(2_000);
        measure("announcements to node 2 dropped", load);
        assertThat(relay.silenced()).isPositive();
      } finally {
        over = true;
        for (Thread thread : load) {
          thread.join();
        }
      }
    }
  }

  private static KeyturnServer server(String name) {
    return KeyturnServer.named(name)
        .without("JVM_ARGS")
        .setting("KEYTURN_ORGANISATION_REQUESTS_PER_MINUTE", "10000000")
        .setting(
            "KEYTURN_OPERATOR_TOKEN_FILE", PlatformOperator.secretFile(PlatformOperator.TOKEN));
  }

  private void measure(String title, List<Thread> load) throws InterruptedException {
    String suspended = nodes.get(0).server().control().organisation();
    suspendedId = organisationId(suspended);
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < 4 * CHANGES; i++) {
      keys.add(key(nodes.get(0).manager().organisation()));
    }
    Key idle = key(nodes.get(0).manager().organisation());
    watch = new StalenessWatch(idle.secret(), false, nodes.size());
    warm = List.copyOf(keys);
    boolean first = load.isEmpty();
    if (first) {
      startLoad(load);
    }
    Thread.sleep(first ? WARM_UP.toMillis() : WARM_UP.toMillis() / 4);
    long answersBefore = answers.get();
    int lookUpsBefore = lookUps();
    long begin = System.nanoTime();
    StalenessReport report = new StalenessReport(title);
    for (int i = 0; i < keys.size(); i++) {
      Kind kind = Kind.values()[i % 4];
      change(kind, i / 4 % 2, keys.get(i)).forEach(report::add);
    }
    for (int i = 0; i < CHANGES; i++) {
      // A new key each time, because the requests of all times would exceed the quota of one key.
      Key key = key(suspended);
      change(Kind.SUSPENDED, i % 2, key).forEach(report::add);
      change(Kind.ACTIVE_AGAIN, i % 2, key).forEach(report::add);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    StalenessReport.say(
        "%s: %.0f answers/s, %.1f look-ups/s, %d requests failed",
        title,
        (answers.get() - answersBefore) / seconds,
        (lookUps() - lookUpsBefore) / seconds,
        failures.get());
    report.print();
  }

  /** Keys are revoked on one node while the other is frozen; counted from its waking. */
  private void frozenNode() throws InterruptedException {
    StalenessReport report = new StalenessReport("node 2 frozen for 10 s, from its waking");
    List<Long> processes = List.of(nodes.get(1).server().process().pid());
    for (int i = 0; i < FREEZES; i++) {
      Key key = key(nodes.get(0).manager().organisation());
      StalenessWatch watched = watched(Kind.REVOKED, key);
      Tools.signal("-STOP", processes);
      long woken;
      try {
        change(Kind.REVOKED, nodes.get(0), key);
        Thread.sleep(FROZEN.toMillis());
      } finally {
        woken = System.nanoTime();
        Tools.signal("-CONT", processes);
      }
      await(() -> watched.freshSince(woken));
      Thread.sleep(SETTLED_MILLIS);
      report.add(watched.lateness(Kind.REVOKED, 0, 1, woken, woken));
    }
    report.print();
  }

  /** Keys are revoked just before the database is frozen; counted from the answer. */
  private void frozenDatabase() throws InterruptedException {
    StalenessReport report = new StalenessReport("database frozen for 10 s after the change");
    for (int i = 0; i < FREEZES; i++) {
      Key key = key(nodes.get(0).manager().organisation());
      StalenessWatch watched = watched(Kind.REVOKED, key);
      List<Long> processes = TestDatabase.processes(TestDatabase.server());
      long begin = System.nanoTime();
      change(Kind.REVOKED, nodes.get(0), key);
      long answered = System.nanoTime();
      try {
        Tools.signal("-STOP", processes);
        Thread.sleep(FROZEN.toMillis());
      } finally {
        Tools.signal("-CONT", processes);
      }
      await(() -> watched.freshSince(answered));
      Thread.sleep(SETTLED_MILLIS);
      for (int node = 0; node < nodes.size(); node++) {
        report.add(watched.lateness(Kind.REVOKED, 0, node, answered, begin));
      }
    }
    report.print();
  }

  /** Watches a key from now on, when each node has given some answers as before the change. */
  private StalenessWatch watched(Kind kind, Key key) throws InterruptedException {
    StalenessWatch watched =
        new StalenessWatch(key.secret(), kind == Kind.ACTIVE_AGAIN, nodes.size());
    watch = watched;
    await(() -> watched.staleAtLeast(BEFORE));
    return watched;
  }

  private Key key(String organisation) {
    return nodes
        .get(0)
        .server()
        .control()
        .key(Control.wish().in(organisation).scopes("suppliers:read suppliers:write"));
  }

  private String organisationId(String domain) {
    return nodes
        .get(0)
        .server()
        .control()
        .sql("SELECT id FROM organisation WHERE domain = '%s'".formatted(domain))
        .get(0)
        .getString("id");
  }

  private int lookUps() {
    return nodes.stream()
        .mapToInt(node -> node.server().control().queries(StatementsHttpIT.LOOK_UP))
        .sum();
  }

  private void startLoad(List<Thread> load) {
    for (int i = 0; i < nodes.size(); i++) {
      int node = i;
      for (int thread = 0; thread < THREADS; thread++) {
        load.add(new Thread(() -> whileRunning(() -> probe(node))));
        AtomicInteger next = new AtomicInteger();
        load.add(
            new Thread(
                () ->
                    whileRunning(() -> get(node, warm.get(next.getAndIncrement() % warm.size())))));
      }
    }
    load.forEach(Thread::start);
  }

  private void whileRunning(Runnable request) {
    while (!over) {
      try {
        request.run();
        answers.incrementAndGet();
      } catch (AssertionError e) {
        failures.incrementAndGet();
      }
    }
  }

  private void get(int node, Key key) {
    nodes.get(node).server().api().me(key.secret());
  }

  private void probe(int node) {
    StalenessWatch watched = watch;
    long sentAt = System.nanoTime();
    int status = nodes.get(node).server().api().get(PATH, watched.secret()).status();
    watched.answered(node, status, sentAt, System.nanoTime());
  }

  /** Makes a change; answers how late each node saw it. */
  private List<Lateness> change(Kind kind, int on, Key key) throws InterruptedException {
    StalenessWatch watched = watched(kind, key);
    long begin = System.nanoTime();
    change(kind, nodes.get(on), key);
    long answered = System.nanoTime();
    await(() -> watched.freshSince(answered));
    Thread.sleep(SETTLED_MILLIS);
    List<Lateness> seen = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      seen.add(watched.lateness(kind, on, node, answered, begin));
    }
    return seen;
  }

  private void change(Kind kind, Node on, Key key) {
    switch (kind) {
      case REVOKED -> on.server().control().revoke(key);
      case REFRESHED -> on.server().control().refresh(key, Duration.ZERO);
      case NARROWED -> patch(on, key, "{\"scopes\":[\"suppliers:write\"]}");
      case NETWORKS -> patch(on, key, "{\"networks\":[\"192.0.2.0/24\"]}");
      case SUSPENDED -> organisation(on, "suspend", "{}");
      case ACTIVE_AGAIN -> organisation(on, "resume", "");
    }
  }

  private static void patch(Node on, Key key, String body) {
    Manager.ok(on.manager().change(key.id(), body), 200);
  }

  private void organisation(Node on, String what, String body) {
    Manager.ok(on.operator().post("/" + suspendedId + "/" + what, body), 200);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("a change takes effect").isLessThan(end);
      Thread.sleep(2);
    }
  }
}
