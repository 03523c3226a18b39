package io.keyturn.audit;

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
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Wakes this node each second, where it writes an audit file. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditFileTimer {
  private static final Logger LOG = Logger.getLogger(AuditFileTimer.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);

  @Resource private TimerService timers;
  @Inject private AuditFile file;

  private boolean failing;

  /** Gives the logs their places, so that each event from now on is written; starts the timer. */
  public void start() {
    if (file.wanted()) {
      work(file::begin);
      NextWakeUp.in(timers, EVERY);
    }
  }

  @Timeout
  void wake() {
    try {
      work(
          () -> {
            file.begin();
            boolean more = true;
            while (more) {
              more = file.some();
            }
          });
    } finally {
      NextWakeUp.in(timers, EVERY);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void work(Work work) {
    try {
      work.run();
      failing = false;
    } catch (IOException | RuntimeException | Error e) {
      if (!failing) {
        LOG.log(
            Level.WARNING,
            "the audit file waits; no event is lost, and it goes on when file and database can be"
                + " written",
            e);
      }
      failing = true;
    }
  }
}
