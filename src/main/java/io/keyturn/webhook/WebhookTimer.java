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
import java.time.Duration;
import java.util.UUID;
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

  private int woken;
  private boolean failing;

  /** Starts the timer. */
  public void start() {
    NextWakeUp.in(timers, EVERY);
  }

  @Timeout
  void wake() {
    try {
      for (UUID webhook : fanout.behind()) {
        boolean more = fanout.some(webhook);
        while (more) {
          more = fanout.some(webhook);
        }
      }
      workers.start(deliveries.due());
      if (woken++ % AN_HOUR == 0) {
        deliveries.forget();
      }
      failing = false;
    } catch (RuntimeException | Error e) {
      if (!failing) {
        LOG.log(Level.WARNING, "webhooks wait; they go on when the database answers", e);
      }
      failing = true;
    } finally {
      NextWakeUp.in(timers, EVERY);
    }
  }
}
