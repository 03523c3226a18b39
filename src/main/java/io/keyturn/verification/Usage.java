package io.keyturn.verification;

import io.keyturn.access.Caller;
import io.keyturn.verification.CallerCounts.Count;
import io.keyturn.verification.CallerCounts.From;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * When each key was last used and by whom: noted in memory by each request, written every five
 * seconds. What a crash loses is those five seconds.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Usage {
  private static final Logger LOG = Logger.getLogger(Usage.class.getName());
  private static final long EVERY_MILLIS = 5_000;
  private static final int AT_ONCE = 500;

  @Resource private TimerService timers;
  @Inject private Clock clock;
  @Inject private UsageRows rows;

  private final ConcurrentMap<UUID, Instant> uses = new ConcurrentHashMap<>();
  private final CallerCounts callers = new CallerCounts();
  private volatile boolean failing;

  /** Notes that a secret was accepted just now. */
  public void accepted(Caller caller, From from) {
    Instant now = clock.instant();
    uses.put(caller.keyId(), now);
    callers.note(
        new CredentialNumber(caller.organisationId(), caller.keyId(), caller.secretNumber()),
        from,
        true,
        now);
  }

  /** Notes that somebody came just now with a secret that has ended. */
  public void refused(CredentialNumber credential, From from) {
    callers.note(credential, from, false, clock.instant());
  }

  /** Begins to write every five seconds. */
  public void start() {
    timers.createIntervalTimer(EVERY_MILLIS, EVERY_MILLIS, new TimerConfig(null, false));
  }

  /** Writes what was noted since the last time; a failure is logged, and tried again once. */
  @Timeout
  public void write() {
    try {
      writeUses();
      writeCallers();
      failing = false;
    } catch (RuntimeException e) {
      LOG.log(failing ? Level.FINE : Level.WARNING, "the use of keys could not be written", e);
      failing = true;
    }
  }

  private void writeUses() {
    SortedMap<UUID, Instant> some = new TreeMap<>();
    for (UUID key : uses.keySet()) {
      Instant at = uses.remove(key);
      if (at != null) {
        some.put(key, at);
      }
    }
    try {
      if (!some.isEmpty()) {
        rows.used(some);
      }
    } catch (RuntimeException e) {
      if (!failing) {
        some.forEach(uses::putIfAbsent);
      }
      throw e;
    }
  }

  private void writeCallers() {
    SortedMap<CredentialNumber, SortedMap<From, Count>> rest = callers.take();
    try {
      while (!rest.isEmpty()) {
        SortedMap<CredentialNumber, SortedMap<From, Count>> some = new TreeMap<>();
        rest.entrySet().stream()
            .limit(AT_ONCE)
            .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
        rows.called(some);
        rest.keySet().removeAll(some.keySet());
      }
    } catch (RuntimeException e) {
      if (!failing) {
        callers.putBack(rest);
      }
      throw e;
    }
  }
}
