package io.keyturn.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.History;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import io.keyturn.support.PlatformOperator;
import io.keyturn.support.RenewalClient;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.Tools;
import io.keyturn.support.Visitor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two real servers on one PostgreSQL. */
class NodesPostgresqlIT {
  private static final Set<String> PLAIN_HEADERS =
      Set.of(
          "cache-control",
          "connection",
          "content-language",
          "content-length",
          "content-security-policy",
          "content-type",
          "date",
          "retry-after",
          "vary",
          "x-content-type-options",
          "x-frame-options",
          "x-request-id");

  private static KeyturnServer one;
  private static KeyturnServer two;
  private static ExecutorService threads;

  @BeforeAll
  static void startBoth() {
    one =
        KeyturnServer.named("node-one")
            .on(TestDatabase.POSTGRESQL)
            .setting(
                "KEYTURN_OPERATOR_TOKEN_FILE", PlatformOperator.secretFile(PlatformOperator.TOKEN))
            .start();
    two = KeyturnServer.named("node-two").besides(one).start();
    threads = Executors.newCachedThreadPool();
  }

  @AfterAll
  static void stopBoth() {
    threads.shutdownNow();
    two.close();
    one.close();
  }

  @Test
  void nodesShareTheBatchAndRefreshEachKeyOnce() throws Exception {
    String organisation = one.control().organisation();
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      keys.add(one.control().key(Control.wish().in(organisation)));
    }
    one.control().turn(Duration.ofHours(24).plusMinutes(1));
    two.control().turn(Duration.ofHours(24).plusMinutes(1));

    bothAtOnce(() -> one.control().wake(), () -> two.control().wake());

    History.of(one.control(), organisation).assertWhole(2);
    for (Key key : keys) {
      assertThat(two.api().me(one.control().reveal(key).secret()).status()).isEqualTo(200);
    }
  }

  @Test
  void suspensionIsSeenByTheOtherNodeWithinASecond() {
    String organisation = one.control().organisation();
    String email = "admin@" + organisation;
    one.control().user(organisation, email, "ADMINISTRATOR", "correct horse battery");
    Key key = one.control().key(Control.wish().in(organisation));
    Visitor visitor = new Visitor(two).signIn(email, "correct horse battery");
    assertThat(two.api().me(key.secret()).status()).isEqualTo(200);
    String id =
        one.control()
            .sql("SELECT id FROM organisation WHERE domain = '%s'".formatted(organisation))
            .get(0)
            .getString("id");
    PlatformOperator operator = new PlatformOperator(one);

    assertThat(operator.post("/" + id + "/suspend", "{}").status()).isEqualTo(200);
    Eventually.within1s(() -> assertThat(two.api().me(key.secret()).status()).isEqualTo(401));
    assertThat(visitor.open("/profile").path()).isEqualTo("/login");

    assertThat(operator.post("/" + id + "/resume", "").status()).isEqualTo(200);
    Eventually.within1s(() -> assertThat(two.api().me(key.secret()).status()).isEqualTo(200));
  }

  @Test
  void sameNumberRefreshedOnBothNodesHasOneSuccessor() throws Exception {
    for (int i = 0; i < 10; i++) {
      Key key = one.control().key();

      List<Key> successors =
          bothAtOnce(
              () -> one.control().refresh(key, Duration.ZERO),
              () -> two.control().refresh(key, Duration.ZERO));

      assertThat(successors).extracting(Key::number).containsExactly(2, 2);
      assertThat(successors.get(0).secret()).isEqualTo(successors.get(1).secret());
    }
  }

  @Test
  void revocationAndRefreshAreSeenByTheOtherNodeWithinASecondUnderLoad() throws Exception {
    Key revoked = one.control().key();
    Key refreshed = one.control().key();
    AtomicBoolean over = new AtomicBoolean();
    Set<String> acceptedLate = new ConcurrentSkipListSet<>();
    AtomicBoolean late = new AtomicBoolean();
    List<Future<?>> load = new ArrayList<>();
    for (Key key : List.of(revoked, refreshed)) {
      load.add(
          threads.submit(
              () -> {
                while (!over.get()) {
                  // Read before the request begins, so that one under way meanwhile does not count.
                  boolean counts = late.get();
                  if (two.api().me(key.secret()).status() == 200 && counts) {
                    acceptedLate.add(key.name());
                  }
                }
              }));
    }
    Thread.sleep(1_500);

    one.control().revoke(revoked);
    one.control().refresh(refreshed, Duration.ZERO);
    Thread.sleep(1_000);
    late.set(true);
    Thread.sleep(1_500);
    over.set(true);
    for (Future<?> thread : load) {
      thread.get();
    }

    assertThat(acceptedLate).isEmpty();
    assertThat(two.api().me(revoked.secret()).code()).isEqualTo("key_revoked");
    assertThat(two.api().me(refreshed.secret()).code()).isEqualTo("secret_refreshed");
  }

  /** A key that the second node remembers. */
  private static Key remembered() {
    Key key = one.control().key();
    assertThat(accepted(two, key, 20)).isEqualTo(20);
    return key;
  }

  @Test
  void nodeThatWasFrozenTrustsNothingThatItRemembers() throws Exception {
    Key key = remembered();
    List<Long> processes =
        Stream.concat(Stream.of(two.process()), two.process().descendants())
            .map(ProcessHandle::pid)
            .toList();

    Tools.signal("-STOP", processes);
    try {
      one.control().revoke(key);
      Thread.sleep(2_000);
    } finally {
      Tools.signal("-CONT", processes);
    }

    assertThat(two.api().me(key.secret()).code()).isEqualTo("key_revoked");
  }

  @Test
  void changeIsSeenWhenTheConnectionOfAnnouncementsIsLostMeanwhile() throws Exception {
    Key key = remembered();

    postgres(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE query LIKE 'NOTIFY keyturn%' OR query LIKE 'LISTEN keyturn%'");
    one.control().revoke(key);

    Eventually.within1s(() -> assertThat(two.api().me(key.secret()).status()).isEqualTo(401));
    assertThat(two.api().me(key.secret()).code()).isEqualTo("key_revoked");
  }

  @Test
  void endOfARenewalCredentialIsSeenByTheOtherNodeWithinASecond() {
    Key key = one.control().key(Control.wish().scopes("keys:verify"));
    RenewalClient client = RenewalClient.of(one, key);
    assertThat(introspect(client)).isEqualTo(200);
    RenewalClient successor = client.replaced();
    Eventually.within1s(() -> assertThat(introspect(client)).isEqualTo(401));
    assertThat(introspect(successor)).isEqualTo(200);

    client.control("limit", Map.of("networks", "192.0.2.0/24"));
    Eventually.within1s(() -> assertThat(introspect(successor)).isEqualTo(403));
    client.control("limit", Map.of("networks", ""));
    Eventually.within1s(() -> assertThat(introspect(successor)).isEqualTo(200));

    client.control("off", Map.of());
    Eventually.within1s(() -> assertThat(introspect(successor)).isEqualTo(401));
  }

  /** What node two says of a renewal credential. */
  private static int introspect(RenewalClient client) {
    return two.api()
        .post(
            "/api/v1/oauth/introspect",
            RenewalClient.FORM,
            "token=x",
            "Authorization",
            client.basic())
        .status();
  }

  private static int accepted(KeyturnServer node, Key key, int requests) {
    int accepted = 0;
    for (int i = 0; i < requests; i++) {
      accepted += node.api().me(key.secret()).status() == 200 ? 1 : 0;
    }
    return accepted;
  }

  private static Key limited(String limits) {
    Manager manager = Manager.ofNewOrganisation(one);
    Key key = one.control().key(Control.wish().in(manager.organisation()));
    Manager.ok(manager.change(key.id(), limits), 200);
    return key;
  }

  /** All nodes have written and read twice. */
  private static void exchange() throws InterruptedException {
    Thread.sleep(12_000);
  }

  @Test
  void dayIsOneForAllNodes() throws Exception {
    Key key = limited("{\"requests_per_day\":40}");
    assertThat(accepted(one, key, 30)).isEqualTo(30);
    exchange();

    assertThat(accepted(two, key, 30)).as("begins with what was spent").isEqualTo(10);
    exchange();

    assertThat(accepted(one, key, 20)).as("knows what the other accepted").isZero();
  }

  @Test
  void minuteIsOneForAllNodesInTheLongRun() throws Exception {
    Key key = limited("{\"requests_per_minute\":1,\"burst\":20}");
    assertThat(accepted(two, key, 1)).isEqualTo(1);
    assertThat(accepted(one, key, 30)).as("a burst for each node").isBetween(20, 21);
    exchange();

    assertThat(accepted(two, key, 20)).as("the other one's burst counts here too").isLessThan(2);
    assertThat(accepted(one, key, 20)).isLessThan(2);
  }

  @Test
  void nodeThatCannotAskTheDatabaseTrustsNothingAndHeals() throws Exception {
    Key key = one.control().key();
    assertThat(two.api().me(key.secret()).status()).isEqualTo(200);
    Visitor visitor =
        new Visitor(two).signIn(KeyturnServer.ADMIN_EMAIL, KeyturnServer.ADMIN_PASSWORD);
    String database = one.setting("KEYTURN_DATABASE_URL").replaceAll(".*/", "");

    try {
      postgres(
          "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
              + database
              + "'");
      Thread.sleep(5_000);

      Api.Answer answer = two.api().me(key.secret());
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("unavailable");
      assertThat(answer.header("Retry-After")).isPresent();
      for (String path : List.of("/profile", "/settings/api-authentication", "/")) {
        Visitor.Page page = visitor.open(path);
        assertThat(page.status()).as(path).isEqualTo(503);
        assertThat(page.html()).as(path).contains("The database does not answer");
        assertThat(page.headers().firstValue("Retry-After")).as(path).isPresent();
        assertThat(page.headers().map().keySet())
            .as(path)
            .allMatch(name -> PLAIN_HEADERS.contains(name.toLowerCase(Locale.ROOT)));
      }
      assertThat(visitor.open("/assets/keyturn.css").status()).isEqualTo(200);
    } finally {
      postgres("ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
    }
    two.await("the database again", () -> two.api().me(key.secret()).status() == 200);
    assertThat(visitor.open("/profile").path()).as("still signed in").isEqualTo("/profile");
    one.await("the database again", () -> one.api().me(key.secret()).status() == 200);
  }

  private static void postgres(String... statements) throws SQLException {
    try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static <T> List<T> bothAtOnce(Callable<T> first, Callable<T> second) throws Exception {
    List<T> answers = new ArrayList<>();
    for (Future<T> answer : threads.invokeAll(List.of(first, second))) {
      answers.add(answer.get());
    }
    return answers;
  }
}
