package io.keyturn.webhook;

import io.keyturn.event.Shares;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due. Each webhook has one thread at a time on this node, so that its events arrive
 * in order as long as the receiver accepts them, and a slow receiver delays no other. An
 * organisation has a part of the threads, and a webhook has a thread for a while, so that no number
 * of slow receivers takes the turn of others. The threads are not those that serve requests.
 */
@ApplicationScoped
class WebhookWorkers {
  private static final Logger LOG = Logger.getLogger(WebhookWorkers.class.getName());
  private static final int IDLE_SECONDS = 30;

  /** So many threads an organisation may have at the same time. */
  private static final int SHARE = WebhookSender.MOST / 4;

  private static final long TURN = TimeUnit.SECONDS.toNanos(10);
  private static final long LONGEST_UNRECORDED = TimeUnit.SECONDS.toNanos(1);

  @Inject private Deliveries deliveries;
  @Inject private WebhookSettings settings;
  @Inject private Clock clock;
  @Resource private ManagedThreadFactory threads;
  @Resource private ManagedScheduledExecutorService scheduler;

  private final Set<UUID> working = ConcurrentHashMap.newKeySet();
  private @Nullable ExecutorService pool;
  private @Nullable Shares shares;
  private @Nullable WebhookSender sender;
  private volatile boolean closing;

  @PostConstruct
  void open() {
    sender = new WebhookSender(new TargetPolicy(settings), clock, scheduler);
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            WebhookSender.MOST,
            WebhookSender.MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads);
    executor.allowCoreThreadTimeOut(true);
    pool = executor;
    shares = new Shares(executor, SHARE);
  }

  @PreDestroy
  void close() {
    closing = true;
    if (pool != null) {
      pool.shutdownNow();
    }
    if (sender != null) {
      sender.close();
    }
  }

  /** Sends the due deliveries of webhooks, in the background. */
  void start(List<Deliveries.Due> due) {
    for (Deliveries.Due each : due) {
      if (shares != null && working.add(each.webhookId())) {
        try {
          shares.execute(each.organisationId(), () -> work(each.webhookId()));
        } catch (RuntimeException | Error e) {
          // There is no thread now.
          working.remove(each.webhookId());
          throw e;
        }
      }
    }
  }

  private void work(UUID webhook) {
    long begin = System.nanoTime();
    try {
      List<Deliveries.Claimed> claimed = deliveries.claim(webhook);
      while (!claimed.isEmpty() && send(claimed, begin + TURN)) {
        claimed = deliveries.claim(webhook);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "deliveries of webhook " + webhook + " wait for the next attempt", e);
    } finally {
      working.remove(webhook);
    }
  }

  /**
   * Sends deliveries in order. Accepted ones are recorded together, at the latest after a second: a
   * commit for each would take longer than the sending. A crash in between sends them again.
   *
   * @param end of the webhook's turn
   * @return whether the webhook's other deliveries should go on now
   */
  private boolean send(List<Deliveries.Claimed> claimed, long end) {
    List<Deliveries.Sent> sent = new ArrayList<>();
    long begin = System.nanoTime();
    for (int next = 1; next <= claimed.size(); next++) {
      Deliveries.Claimed delivery = claimed.get(next - 1);
      List<Deliveries.Claimed> unsent = claimed.subList(next, claimed.size());
      Attempt attempt = Objects.requireNonNull(sender).send(delivery);
      if (closing && !attempt.accepted()) {
        // It failed because this node ends. It is sent again when its claim has ended.
        record(sent);
        return false;
      }
      sent.add(new Deliveries.Sent(delivery.id(), delivery.url(), attempt));
      boolean over = closing || System.nanoTime() - end > 0;
      if (over || !attempt.accepted() || System.nanoTime() - begin > LONGEST_UNRECORDED) {
        if (!deliveries.record(sent, unsent)) {
          return false;
        }
        if (over) {
          deliveries.release(unsent);
          return false;
        }
        sent.clear();
        begin = System.nanoTime();
      }
    }
    return record(sent);
  }

  private boolean record(List<Deliveries.Sent> accepted) {
    return accepted.isEmpty() || deliveries.record(accepted, List.of());
  }
}
