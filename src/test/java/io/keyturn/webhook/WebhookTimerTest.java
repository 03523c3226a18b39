package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Fields;
import jakarta.ejb.TimerService;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebhookTimerTest {
  private final List<String> done = new ArrayList<>();
  private final WebhookTimer timer = new WebhookTimer();
  private Instant now = Instant.EPOCH;

  WebhookTimerTest() {
    InstantSource source = () -> now;
    Clock clock = source.withZone(ZoneOffset.UTC);
    Object timers =
        Proxy.newProxyInstance(
            TimerService.class.getClassLoader(),
            new Class<?>[] {TimerService.class},
            (proxy, method, arguments) -> null);
    Fields.set(timer, "timers", timers);
    Fields.set(timer, "clock", clock);
    Fields.set(timer, "deliveries", new NothingDue());
    Fields.set(timer, "workers", new Workers());
  }

  /** Webhooks that are behind, each of which takes so long. */
  private void behind(int webhooks, Duration each) {
    Fields.set(timer, "fanout", new SlowFanout(webhooks, each));
  }

  private final class SlowFanout extends Fanout {
    private final int webhooks;
    private final Duration each;

    SlowFanout(int webhooks, Duration each) {
      this.webhooks = webhooks;
      this.each = each;
    }

    @Override
    List<UUID> behind() {
      return Stream.generate(UUID::randomUUID).limit(webhooks).toList();
    }

    @Override
    boolean some(UUID webhookId) {
      now = now.plus(each);
      done.add("events");
      return false;
    }
  }

  private static final class NothingDue extends Deliveries {
    @Override
    List<Due> due() {
      return List.of();
    }

    @Override
    boolean forgetSome() {
      return false;
    }
  }

  private final class Workers extends WebhookWorkers {
    @Override
    void start(List<Deliveries.Due> due) {
      done.add("sending");
    }
  }

  @Test
  void whatIsDueIsSentAfterTheEventsOfAShortTurn() {
    behind(3, Duration.ofMillis(100));

    timer.wake();

    assertThat(done).containsExactly("events", "events", "events", "sending");
  }

  @Test
  void whatIsDueDoesNotWaitForTheEndOfALongTurn() {
    behind(5, Duration.ofMillis(500));

    timer.wake();

    assertThat(done)
        .containsExactly(
            "events", "events", "sending", "events", "events", "sending", "events", "sending");
  }
}
