package io.keyturn.renewal;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each renewal credential was last used: noted in memory by each request, written every five
 * seconds. What a crash loses is those five seconds.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class RenewalUsage {
  private static final long EVERY_MILLIS = 5_000;

  @Resource private TimerService timers;
  @PersistenceContext private EntityManager entities;

  private final Map<UUID, Instant> uses = new ConcurrentHashMap<>();

  /** Notes that this credential was accepted. */
  public void used(UUID id, Instant at) {
    uses.put(id, at);
  }

  /** Begins to write every five seconds. */
  public void start() {
    timers.createIntervalTimer(EVERY_MILLIS, EVERY_MILLIS, new TimerConfig(null, false));
  }

  /** Writes what was noted since the last time. */
  @Timeout
  public void write() {
    for (UUID id : uses.keySet().stream().sorted().toList()) {
      Instant at = uses.remove(id);
      if (at != null) {
        entities
            .createQuery(
                "update RenewalCredential r set r.lastUsedAt = :at where r.id = :id and"
                    + " (r.lastUsedAt is null or r.lastUsedAt < :at)")
            .setParameter("at", at)
            .setParameter("id", id)
            .executeUpdate();
      }
    }
  }
}
