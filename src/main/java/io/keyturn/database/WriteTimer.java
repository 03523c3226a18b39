package io.keyturn.database;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells every five seconds that it is time to write what requests have noted in memory. A crash, or
 * a database that does not answer, loses at most those five seconds. Requests do not call this
 * bean: a call of an EJB costs more than the whole verification of a secret.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WriteTimer {
  private static final Logger LOG = Logger.getLogger(WriteTimer.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(5);

  @Resource private TimerService timers;
  @Inject private Event<WriteTime> event;

  /** It is time to write. An observer handles its own failures. */
  public record WriteTime() {}

  /** Starts the timer. */
  public void start() {
    NextWakeUp.in(timers, EVERY);
  }

  @Timeout
  void tell() {
    try {
      event.fire(new WriteTime());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "what requests have noted could not be written", e);
    } finally {
      NextWakeUp.in(timers, EVERY);
    }
  }
}
