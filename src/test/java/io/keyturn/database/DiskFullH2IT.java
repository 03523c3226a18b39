package io.keyturn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The disk is full, and then it is not. It is a file system of 40 MB in memory, which Linux gives
 * to root only: for others this test is skipped.
 */
class DiskFullH2IT {
  private static final int CLIENTS = 4;
  private static final int REFUSALS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Long for one of four requests on a busy machine, short for a person who waits. */
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private final Queue<JsonObject> created = new ConcurrentLinkedQueue<>();
  private final Queue<String> odd = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicBoolean notReady = new AtomicBoolean();

  @Test
  void whatIsAnsweredIsStoredAndTheRestIsRefusedAtOnceUntilThereIsRoom() throws Exception {
    KeyturnServer server = KeyturnServer.named("disk-full");
    Path disk = Files.createDirectories(server.home().resolve("disk"));
    run("umount", disk.toString());
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString());
    assumeTrue(mounted, "a small disk needs root");
    try (server) {
      server.setting("KEYTURN_DATA_DIR", disk.toString()).start();
      Manager manager = Manager.ofNewOrganisation(server);
      String secret = manager.create("first").getString("secret");
      Path filler = disk.resolve("filler");
      fill(filler);

      createUntilRefused(server, manager);
      System.out.printf("%d created, %d refused, others: %s%n", created.size(), refused.get(), odd);
      assertThat(odd).isEmpty();
      assertThat(created).isNotEmpty();
      assertThat(refused.get()).isGreaterThanOrEqualTo(REFUSALS);
      assertThat(notReady).isTrue();
      assertThat(server.api().me(secret).status()).as("reading goes on").isEqualTo(200);
      assertThat(manager.get("").status()).as("reading goes on").isEqualTo(200);

      Files.delete(filler);
      Eventually.within(
          Duration.ofSeconds(10), () -> assertThat(server.status("/health/ready")).isEqualTo(200));
      manager.create("there is room again");
      assertStored(
          server.control().sql("SELECT id FROM api_key").stream()
              .map(row -> row.getString("id"))
              .toList());
      server.kill();
      assertStored(idsIn(disk.resolve("keyturn")));
    } finally {
      run("umount", disk.toString());
    }
  }

  private void createUntilRefused(KeyturnServer server, Manager manager) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      ends.add(
          clients.submit(
              () -> {
                while (System.nanoTime() < deadline
                    && !(refused.get() >= REFUSALS && notReady.get())) {
                  create(manager);
                }
              }));
    }
    clients.shutdown();
    while (!clients.awaitTermination(100, TimeUnit.MILLISECONDS)) {
      notReady.compareAndSet(false, server.status("/health/ready") == 503);
    }
    for (Future<?> end : ends) {
      end.get();
    }
  }

  private void create(Manager manager) {
    long before = System.nanoTime();
    Answer answer = manager.post("", "{\"name\":\"%s\"}".formatted(UUID.randomUUID()));
    Duration taken = Duration.ofNanos(System.nanoTime() - before);
    if (answer.status() == 201) {
      created.add(answer.json());
    } else if (answer.status() == 503
        && answer.code().equals("unavailable")
        && answer.header("Retry-After").isPresent()) {
      refused.incrementAndGet();
    } else {
      odd.add(answer.status() + " " + answer.body());
    }
    if (taken.compareTo(AT_ONCE) > 0) {
      odd.add(answer.status() + " after " + taken);
    }
  }

  private void assertStored(List<String> ids) {
    assertThat(created)
        .allSatisfy(
            answer -> assertThat(ids).contains(answer.getJsonObject("api_key").getString("id")));
  }

  /** What the next start will find. */
  private static List<String> idsIn(Path database) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + database, "keyturn", "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id FROM api_key")) {
      while (row.next()) {
        ids.add(row.getString(1));
      }
    }
    return ids;
  }

  /** Writes a file until there is no room, and leaves half a megabyte for the next writes. */
  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
      written.truncate(written.size() - (1 << 19));
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
