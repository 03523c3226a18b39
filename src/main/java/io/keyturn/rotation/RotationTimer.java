package io.keyturn.rotation;

import io.keyturn.platform.DatabaseClock;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.ScheduleExpression;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Wakes this node each minute. It is only a wake-up: the database knows what is due. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RotationTimer {
  private static final Logger LOG = Logger.getLogger(RotationTimer.class.getName());

  @Resource private TimerService timers;
  @Inject private DatabaseClock clock;
  @Inject private Rotation rotation;
  @Inject private RotationProgress progress;

  private final AtomicBoolean running = new AtomicBoolean();

  /** Begins to wake each minute. */
  public void start() {
    timers.createCalendarTimer(
        new ScheduleExpression().hour("*").minute("*"), new TimerConfig(null, false));
  }

  /** Refreshes all that is due; a failure is logged and tried again at the next wake-up. */
  @Timeout
  public void wake() {
    if (!running.compareAndSet(false, true)) {
      return;
    }
    try {
      clock.synchronise();
      long refreshed = 0;
      for (int some = rotation.refreshSome(); some > 0; some = rotation.refreshSome()) {
        progress.refreshed(refreshed, some);
        refreshed += some;
      }
      int forgotten = rotation.forget();
      if (refreshed + forgotten > 0) {
        LOG.log(
            Level.INFO,
            "refreshed {0} keys, forgot {1} old secrets",
            new Object[] {refreshed, forgotten});
      }
      progress.ended(true);
    } catch (RuntimeException e) {
      progress.ended(false);
      LOG.log(Level.WARNING, "the automatic refresh stopped; it goes on within a minute", e);
    } finally {
      running.set(false);
    }
  }
}
