package io.keyturn.supplier.file;

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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Wakes this node each second. The database knows which imports are to be worked at, also after a
 * restart.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ImportTimer {
  private static final Logger LOG = Logger.getLogger(ImportTimer.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int AN_HOUR = 3600;

  @Resource private TimerService timers;
  @Inject private ImportWork work;
  @Inject private SupplierImports imports;

  private int woken;
  private boolean failing;

  /** Starts the timer. */
  public void start() {
    NextWakeUp.in(timers, EVERY);
  }

  @Timeout
  void wake() {
    try {
      importAll();
      if (woken++ % AN_HOUR == 0) {
        imports.forget();
      }
      failing = false;
    } catch (RuntimeException | Error e) {
      if (!failing) {
        LOG.log(Level.WARNING, "imports wait; they go on when the database answers", e);
      }
      failing = true;
    } finally {
      NextWakeUp.in(timers, EVERY);
    }
  }

  private void importAll() {
    try {
      boolean more = work.step();
      while (more) {
        more = work.step();
      }
    } catch (ImportWork.PieceFailure e) {
      LOG.log(Level.WARNING, "an import waits", e);
      work.failed(e.piece());
    }
  }
}
