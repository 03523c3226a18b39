package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.SecretTimes;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.database.InList;
import io.keyturn.database.SkipLocked;
import io.keyturn.usage.CredentialNumber;
import io.keyturn.usage.RetiredSecretsUsed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes the events that no person and no key causes: a key expires soon, and a retired secret is
 * still used shortly before its end. The event and the mark that it was written are in one
 * transaction, so that each is written once, also with several nodes and after a crash.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
public class KeyNotices {
  /** How many keys a transaction claims; a power of two, as {@link InList} has it. */
  private static final int CLAIM = 256;

  /** The use of a secret is written some seconds after it, and later after a failure. */
  private static final Duration LATEST = Duration.ofHours(1);

  @Inject private Clock clock;
  @Inject private AuditLog audit;
  @PersistenceContext private EntityManager entities;

  /**
   * Tells of some keys that expire soon.
   *
   * @return how many keys were claimed; 0 when there are no more
   */
  public int expiring() {
    Instant now = clock.instant();
    List<ApiKey> due =
        SkipLocked.in(
                entities
                    .createQuery(
                        "select k from ApiKey k where k.expiryNoticeAt <= :now", ApiKey.class)
                    .setParameter("now", now)
                    .setMaxResults(CLAIM))
            .getResultList();
    List<AuditLog.Entry> events = new ArrayList<>();
    for (ApiKey key : due) {
      entities.detach(key);
      OptionalLong days = key.noticeExpiry(now);
      days.ifPresent(left -> events.add(expiring(key, left)));
    }
    ApiKey.NOTICED.update(entities, due);
    audit.appendAll(events);
    return due.size();
  }

  private static AuditLog.Entry expiring(ApiKey key, long days) {
    return new AuditLog.Entry(
        key.organisationId(),
        Actor.SYSTEM,
        AuditAction.API_KEY_EXPIRING,
        key.subject(),
        Map.of("expires_at", Objects.requireNonNull(key.expiresAt()), "days", days));
  }

  /** Tells of retired secrets that are still used, each once. */
  public void lateUse(@Observes RetiredSecretsUsed used) {
    Instant now = clock.instant();
    List<Credential> untold = untold(used.credentials(), now);
    if (untold.isEmpty()) {
      return;
    }
    Map<ApiKeyId, ApiKey> keys = keys(untold);
    List<AuditLog.Entry> events = new ArrayList<>();
    for (Credential credential : untold) {
      entities.detach(credential);
      credential.toldOfLateUse(now);
      ApiKey key = keys.get(credential.apiKeyId());
      if (key != null) {
        events.add(lateUse(key, credential));
      }
    }
    Credential.TOLD.update(entities, untold);
    audit.appendAll(events);
  }

  private static AuditLog.Entry lateUse(ApiKey key, Credential credential) {
    return new AuditLog.Entry(
        key.organisationId(),
        Actor.SYSTEM,
        AuditAction.API_KEY_RETIRED_SECRET_USED,
        key.subject(),
        Map.of(
            "number",
            credential.number(),
            "accepted_until",
            SecretTimes.seconds(credential.acceptedUntil())));
  }

  /** Locks what others were not told of yet, without what another node tells of right now. */
  private List<Credential> untold(List<CredentialNumber> used, Instant now) {
    TypedQuery<Credential> query =
        entities.createQuery(
            "select c from Credential c where c.apiKeyId in "
                + InList.of("key", used.size())
                + " and c.number in "
                + InList.of("number", used.size())
                + " and c.retiredAt is not null and c.acceptedUntil > :since"
                + " and c.lateUseToldAt is null",
            Credential.class);
    InList.set(query, "key", used.stream().map(CredentialNumber::keyId).toList());
    InList.set(query, "number", used.stream().map(CredentialNumber::number).toList());
    Set<CredentialNumber> wanted = Set.copyOf(used);
    return SkipLocked.in(query.setParameter("since", now.minus(LATEST))).getResultList().stream()
        .filter(credential -> wanted.contains(credential.named()))
        .toList();
  }

  private Map<ApiKeyId, ApiKey> keys(List<Credential> credentials) {
    List<ApiKeyId> ids = credentials.stream().map(Credential::apiKeyId).distinct().toList();
    TypedQuery<ApiKey> query =
        entities.createQuery(
            "select k from ApiKey k where k.revokedAt is null and k.id in "
                + InList.of("id", ids.size()),
            ApiKey.class);
    Map<ApiKeyId, ApiKey> keys = new HashMap<>();
    InList.set(query, "id", ids).getResultList().forEach(key -> keys.put(key.id(), key));
    return keys;
  }
}
