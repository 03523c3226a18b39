package io.keyturn.verification;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each key was last used: noted in memory by each request, written every five seconds. What a
 * crash loses is those five seconds.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Usage {
  private static final long EVERY_MILLIS = 5_000;

  @Resource private TimerService timers;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  private final Map<UUID, Use> uses = new ConcurrentHashMap<>();

  private record Use(UUID organisationId, Instant at) {}

  /** Notes that a secret of this key was accepted just now. */
  public void used(UUID keyId, UUID organisationId) {
    uses.put(keyId, new Use(organisationId, clock.instant()));
  }

  /** Begins to write every five seconds. */
  public void start() {
    timers.createIntervalTimer(EVERY_MILLIS, EVERY_MILLIS, new TimerConfig(null, false));
  }

  /** Writes what was noted since the last time. */
  @Timeout
  public void write() {
    for (UUID keyId : uses.keySet().stream().sorted().toList()) {
      Use use = uses.remove(keyId);
      if (use != null) {
        write(keyId, use);
      }
    }
  }

  private void write(UUID keyId, Use use) {
    int updated =
        entities
            .createQuery(
                "update ApiKeyUse u set u.lastUsedAt = :at where u.apiKeyId = :key and"
                    + " u.lastUsedAt < :at")
            .setParameter("at", use.at())
            .setParameter("key", keyId)
            .executeUpdate();
    if (updated == 0) {
      // Only where there is no row yet; a newer one, written by another node, stays.
      entities
          .createNativeQuery(
              """
              INSERT INTO api_key_use (api_key_id, organisation_id, last_used_at)
              SELECT k.id, k.organisation_id, CAST(:at AS TIMESTAMP(6) WITH TIME ZONE)
              FROM api_key k WHERE k.id = :key
                AND NOT EXISTS (SELECT 1 FROM api_key_use u WHERE u.api_key_id = k.id)
              """)
          .setParameter("at", Timestamp.from(use.at()))
          .setParameter("key", keyId)
          .executeUpdate();
    }
  }
}
