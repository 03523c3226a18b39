package io.keyturn.refresh;

import io.keyturn.apikey.KeyNotices;
import io.keyturn.database.DatabaseClock;
import io.keyturn.database.NextWakeUp;
import io.keyturn.organisation.OrganisationId;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Wakes this node each minute. The timer is only a wake-up: the database knows which keys are due.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RefreshTimer {
  private static final Logger LOG = Logger.getLogger(RefreshTimer.class.getName());

  @Resource private TimerService timers;
  @Inject private DatabaseClock clock;
  @Inject private RefreshBatch batch;
  @Inject private RefreshProgress progress;
  @Inject private RefreshWorkers workers;
  @Inject private KeyNotices notices;

  private final AtomicBoolean running = new AtomicBoolean();

  /** Starts the timer. */
  public void start() {
    NextWakeUp.atFullMinute(timers);
  }

  @Timeout
  void wakeEachMinute() {
    try {
      wake();
    } finally {
      NextWakeUp.atFullMinute(timers);
    }
  }

  /** Refreshes all due keys. A failure is logged and tried again at the next wake-up. */
  public void wake() {
    if (!running.compareAndSet(false, true)) {
      return;
    }
    try {
      clock.synchronise();
      Refreshed all = refreshAll();
      long refreshed = all.keys();
      int forgotten = batch.forget();
      if (refreshed + forgotten > 0) {
        LOG.log(
            Level.INFO,
            "refreshed keys: {0}, forgotten old secrets: {1}",
            new Object[] {refreshed, forgotten});
      }
      progress.ended(all.well());
      tellOfExpiries();
    } catch (RuntimeException | Error e) {
      progress.ended(false);
      LOG.log(Level.WARNING, "the automatic refresh stopped; it goes on within a minute", e);
    } finally {
      running.set(false);
    }
  }

  /** Tells of keys that expire soon. A failure is no failure of the refresh. */
  private void tellOfExpiries() {
    try {
      int told = notices.expiring();
      while (told > 0) {
        told = notices.expiring();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "events of keys that expire soon wait for the next minute", e);
    }
  }

  /**
   * Refreshes all due keys. After a failure it goes on organisation by organisation, so that broken
   * rows of one organisation do not keep the other organisations' keys from their refresh.
   *
   * @return how many keys were refreshed, and whether no key stays due because of a failure
   */
  private Refreshed refreshAll() {
    AtomicLong done = new AtomicLong();
    try {
      workers.run(batch::refreshSome, some -> progress.refreshed(done.getAndAdd(some), some));
      return new Refreshed(done.get(), true);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a batch failed; going on organisation by organisation", e);
    }
    long refreshed = done.get();
    boolean well = true;
    for (OrganisationId organisation : batch.organisationsDue()) {
      try {
        for (int some = batch.refreshSome(organisation);
            some > 0;
            some = batch.refreshSome(organisation)) {
          progress.refreshed(refreshed, some);
          refreshed += some;
        }
      } catch (RuntimeException e) {
        well = false;
        LOG.log(Level.SEVERE, "the keys of organisation " + organisation + " stay due", e);
      }
    }
    return new Refreshed(refreshed, well);
  }

  /** The result of a wake-up. */
  private record Refreshed(long keys, boolean well) {}
}
