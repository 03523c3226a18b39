package io.keyturn.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.organisation.OrganisationId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharesTest {
  private final OrganisationId loud = new OrganisationId(UUID.randomUUID());
  private final OrganisationId quiet = new OrganisationId(UUID.randomUUID());

  /** What threads have got. Each runs when the test says so. */
  private final Queue<Runnable> started = new ArrayDeque<>();

  private final List<String> done = new ArrayList<>();
  private final Shares shares = new Shares(started::add, 2);

  private void execute(OrganisationId organisation, String name) {
    shares.execute(organisation, () -> done.add(name));
  }

  private void runOne() {
    Objects.requireNonNull(started.poll()).run();
  }

  @Test
  void organisationHasItsShareAndLeavesTheOtherThreadsToOthers() {
    for (int i = 1; i <= 4; i++) {
      execute(loud, "loud " + i);
    }
    execute(quiet, "quiet");
    assertThat(started).hasSize(3);

    runOne();
    assertThat(started).as("the next began at once").hasSize(3);
    while (!started.isEmpty()) {
      runOne();
    }

    assertThat(done).containsExactly("loud 1", "loud 2", "quiet", "loud 3", "loud 4");
  }

  @Test
  void taskThatFailsGivesItsThreadBack() {
    shares.execute(
        loud,
        () -> {
          throw new IllegalStateException("expected");
        });
    execute(loud, "second");
    execute(loud, "third");
    try {
      runOne();
    } catch (IllegalStateException e) {
      done.add("failed");
    }
    runOne();
    runOne();

    assertThat(done).containsExactly("failed", "second", "third");
  }
}
