package io.keyturn.webhook;

import io.keyturn.database.NextWakeUp;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Wakes this node each second. The database knows which webhooks are to be told of something. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookTimer {
  private static final Logger LOG = Logger.getLogger(WebhookTimer.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int AN_HOUR = 3600;

  @Resource private TimerService timers;
  @Inject private Fanout fanout;
  @Inject private Deliveries deliveries;
  @Inject private WebhookWorkers workers;
  @Inject private Clock clock;

  /** The tasks whose last try failed, so that each is logged once. */
  private final Set<Object> failing = new HashSet<>();

  private int woken;
  private boolean forgetting;

  /** Starts the timer. */
  public void start() {
    NextWakeUp.in(timers, EVERY);
  }

  /**
   * Makes some deliveries for each webhook in turn, so that none waits for the backlog of another.
   * Where there are more, the next turn begins at once. With thousands of webhooks a turn takes
   * long: what is due meanwhile does not wait for its end.
   */
  @Timeout
  void wake() {
    boolean more = false;
    try {
      List<UUID> behind = attempt("events", fanout::behind, List.of());
      Instant begin = clock.instant();
      for (UUID webhook : behind) {
        more |= attempt(webhook, () -> fanout.some(webhook), false);
        if (!clock.instant().isBefore(begin.plus(EVERY))) {
          startDue();
          begin = clock.instant();
        }
      }
      startDue();
      forgetting = forgetting || woken % AN_HOUR == 0;
      forgetting = forgetting && attempt("forgetting", deliveries::forgetSome, false);
      woken++;
    } finally {
      NextWakeUp.in(timers, more ? Duration.ZERO : EVERY);
    }
  }

  private void startDue() {
    workers.start(attempt("deliveries", deliveries::due, List.<Deliveries.Due>of()));
  }

  /** What fails is tried again at the next wake-up, and keeps nothing else from its turn. */
  private <T> T attempt(Object task, Supplier<T> work, T otherwise) {
    try {
      T result = work.get();
      failing.remove(task);
      return result;
    } catch (RuntimeException | Error e) {
      if (failing.add(task)) {
        LOG.log(Level.WARNING, "webhooks wait for the database or for a cure: " + task, e);
      }
      return otherwise;
    }
  }
}
