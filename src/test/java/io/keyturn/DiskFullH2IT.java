package io.keyturn;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.Api.Answer;
import jakarta.json.JsonObject;
import java.nio.file.Files;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The disk is full, and then it is not. */
class DiskFullH2IT {
  private static final int CLIENTS = 4;
  private static final int REFUSALS = 10;
  private static final int ROOM = 1 << 20;

  /** Long for one of four requests on a busy machine, short for a person who waits. */
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  @Test
  void whatIsAnsweredIsStoredAndTheRestIsRefusedAtOnceUntilThereIsRoom() throws Exception {
    try (KeyturnServer server = KeyturnServer.named("disk-full").start()) {
      Manager manager = Manager.ofNewOrganisation(server);
      manager.make("first");
      long size = Files.size(server.dataDir().resolve("keyturn.mv.db"));
      server.limitFiles(Long.toString(size + ROOM));

      Queue<JsonObject> created = new ConcurrentLinkedQueue<>();
      Queue<String> odd = new ConcurrentLinkedQueue<>();
      AtomicInteger refused = new AtomicInteger();
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        ends.add(
            clients.submit(
                () -> {
                  while (refused.get() < REFUSALS) {
                    long before = System.nanoTime();
                    Answer answer =
                        manager.post("", "{\"name\":\"%s\"}".formatted(UUID.randomUUID()));
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
                }));
      }
      clients.shutdown();
      assertThat(clients.awaitTermination(180, TimeUnit.SECONDS)).isTrue();
      for (Future<?> end : ends) {
        end.get();
      }
      System.out.printf("%d created, %d refused, others: %s%n", created.size(), refused.get(), odd);
      assertThat(odd).isEmpty();
      assertThat(created).isNotEmpty();
      Eventually.within(
          Duration.ofSeconds(10), () -> assertThat(server.status("/health/ready")).isEqualTo(503));

      server.limitFiles("unlimited");
      Eventually.within(
          Duration.ofSeconds(10), () -> assertThat(server.status("/health/ready")).isEqualTo(200));
      manager.make("there is room again");
      assertStored(server, created);

      server.kill();
      server.start();
      assertStored(server, created);
    }
  }

  private static void assertStored(KeyturnServer server, Queue<JsonObject> created) {
    List<String> stored =
        server.control().sql("SELECT id FROM api_key").stream()
            .map(row -> row.getString("id"))
            .toList();
    assertThat(created)
        .allSatisfy(
            answer -> assertThat(stored).contains(answer.getJsonObject("api_key").getString("id")));
  }
}
