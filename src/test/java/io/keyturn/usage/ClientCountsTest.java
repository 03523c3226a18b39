package io.keyturn.usage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.usage.ClientCounts.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientCountsTest {
  private static final OrganisationId ORGANISATION = new OrganisationId(new UUID(1, 1));
  private static final CredentialNumber FIRST =
      new CredentialNumber(ORGANISATION, new ApiKeyId(new UUID(2, 2)), 1);
  private static final Client CURL = Client.of("192.0.2.1", "curl/8");
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

  private final ClientCounts counts = new ClientCounts();

  private static Count count(@Nullable SortedMap<Client, Count> clients, Client client) {
    return requireNonNull(requireNonNull(clients).get(client));
  }

  @Test
  void requestsOfAClientAreCountedTogether() {
    counts.note(FIRST, CURL, true, AT);
    counts.note(FIRST, CURL, false, AT.plusSeconds(1));
    counts.note(FIRST, CURL, true, AT.plusSeconds(2));

    assertThat(counts.take().get(FIRST))
        .containsOnly(
            java.util.Map.entry(CURL, new Count(2, 1, AT, AT.plusSeconds(2), AT.plusSeconds(1))));
    assertThat(counts.take()).as("what was taken is gone").isEmpty();
  }

  @Test
  void clientsBeyondFiftyAreCountedAsOthers() {
    for (int i = 0; i < 120; i++) {
      counts.note(FIRST, Client.of("192.0.2." + i, "curl/8"), true, AT);
    }

    SortedMap<Client, Count> clients = requireNonNull(counts.take().get(FIRST));

    assertThat(clients).hasSize(51);
    assertThat(count(clients, Client.OTHERS).accepted()).isEqualTo(70);
  }

  @Test
  void memoryIsBounded() {
    for (int i = 0; i < ClientCounts.MOST_CREDENTIALS + 100; i++) {
      counts.note(
          new CredentialNumber(ORGANISATION, new ApiKeyId(new UUID(3, i)), 1), CURL, true, AT);
    }
    counts.note(
        new CredentialNumber(ORGANISATION, new ApiKeyId(new UUID(3, 0)), 1), CURL, true, AT);

    var taken = counts.take();

    assertThat(taken).hasSize(ClientCounts.MOST_CREDENTIALS);
    assertThat(
            count(
                    taken.get(new CredentialNumber(ORGANISATION, new ApiKeyId(new UUID(3, 0)), 1)),
                    CURL)
                .accepted())
        .as("those that are counted go on being counted")
        .isEqualTo(2);
  }

  @Test
  void whatIsPutBackIsAddedToWhatCameMeanwhile() {
    counts.note(FIRST, CURL, true, AT);
    var taken = counts.take();
    counts.note(FIRST, CURL, true, AT.plusSeconds(5));

    counts.putBack(taken);

    assertThat(count(counts.take().get(FIRST), CURL).accepted()).isEqualTo(2);
  }

  @Test
  void noRequestIsLostWhileAnotherThreadTakes() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean done = new AtomicBoolean();
    List<Future<?>> writers = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      writers.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  counts.note(FIRST, CURL, true, AT);
                }
              }));
    }
    Future<Long> taker =
        threads.submit(
            () -> {
              long sum = 0;
              while (!done.get()) {
                sum += accepted();
              }
              return sum;
            });
    for (Future<?> writer : writers) {
      writer.get();
    }
    done.set(true);
    long all = taker.get() + accepted();
    threads.shutdown();

    assertThat(all).isEqualTo(60_000);
  }

  private long accepted() {
    return counts.take().getOrDefault(FIRST, new TreeMap<>()).values().stream()
        .mapToLong(Count::accepted)
        .sum();
  }

  @Test
  void userAgentsAreStorableWhateverIsSent() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder sent = new StringBuilder();
      for (int c = random.nextInt(260); c > 0; c--) {
        sent.append((char) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(65_536)));
      }

      Client client = Client.of(sent.toString(), sent.toString());

      assertThat(client.userAgent().length()).isLessThanOrEqualTo(200);
      assertThat(client.address().length()).isLessThanOrEqualTo(45);
      assertThat(client.userAgent().codePoints())
          .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
  }

  @Test
  void cutSplitsNoCharacter() {
    assertThat(Client.of("::1", "x".repeat(199) + "😀").userAgent()).isEqualTo("x".repeat(199));
  }

  @Test
  void absentUserAgentIsEmpty() {
    assertThat(Client.of("::1", null).userAgent()).isEmpty();
  }
}
