package io.keyturn.notice;

import io.keyturn.database.NextWakeUp;
import io.keyturn.database.UniqueConstraint;
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
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Wakes this node each half minute, to make notices and to send what is due. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NoticeTimer {
  private static final Logger LOG = Logger.getLogger(NoticeTimer.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final int AN_HOUR = 120;

  /** Requests are written some seconds late, and another node may have the lock at first. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private static final Duration FURTHEST = Duration.ofMinutes(15);

  /** After a start, the refresh first does what became due while no server ran. */
  private static final Duration STARTING = Duration.ofMinutes(5);

  @Resource private TimerService timers;
  @Inject private EventNotices events;
  @Inject private DeadSecrets deadSecrets;
  @Inject private LateRefreshes lateRefreshes;
  @Inject private NoticeMailer mailer;
  @Inject private Notices notices;
  @Inject private Clock clock;

  private final ReentrantLock running = new ReentrantLock();
  private @Nullable Instant started;
  private @Nullable Instant looked;
  private int woken;

  /** Starts the timer. */
  public void start() {
    NextWakeUp.in(timers, EVERY);
  }

  @Timeout
  void wakeEachHalfMinute() {
    try {
      wake();
    } finally {
      NextWakeUp.in(timers, EVERY);
    }
  }

  /** Makes notices and sends mails. What fails is tried again at the next wake-up. */
  public void wake() {
    running.lock();
    try {
      Instant now = clock.instant();
      Instant since = started == null ? now : started;
      started = since;
      attempt(this::tellOfEvents);
      attempt(() -> tellOfDeadSecrets(now));
      if (since.plus(STARTING).isBefore(now)) {
        attempt(
            () -> lateRefreshes.late().forEach(late -> attempt(() -> lateRefreshes.tell(late))));
      }
      attempt(mailer::send);
      if (woken++ % AN_HOUR == 0) {
        attempt(notices::forget);
      }
    } finally {
      running.unlock();
    }
  }

  private void tellOfEvents() {
    for (OrganisationId organisation : events.behind()) {
      attempt(
          () -> {
            boolean more = events.some(organisation);
            while (more) {
              more = events.some(organisation);
            }
          });
    }
  }

  private void tellOfDeadSecrets(Instant now) {
    Instant from = (looked == null ? now : looked).minus(OVERLAP);
    Instant furthest = now.minus(FURTHEST);
    deadSecrets
        .since(from.isBefore(furthest) ? furthest : from)
        .forEach((organisation, uses) -> attempt(() -> deadSecrets.tell(organisation, uses)));
    looked = now;
  }

  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      boolean another = e instanceof PersistenceException p && UniqueConstraint.violated(p);
      LOG.log(
          another ? Level.FINE : Level.WARNING,
          "notices wait for the next wake-up, in half a minute",
          e);
    }
  }
}
