package io.keyturn.refresh;

import io.keyturn.apikey.ApiKey;
import io.keyturn.apikey.Refreshes;
import io.keyturn.apikey.SealedSecrets;
import io.keyturn.config.Settings;
import io.keyturn.database.SkipLocked;
import io.keyturn.idempotency.Idempotency;
import io.keyturn.usage.UsageHours;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The automatic refresh, in short transactions. What is due stands in the database; a claim skips
 * rows that another node holds, so nodes share the work, and a crash loses nothing and refreshes
 * nothing twice.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
public class RefreshBatch {
  /** Keys of one transaction: all that is held in memory at a time. */
  static final int CLAIM = 200;

  private static final Duration REMEMBERED = Duration.ofDays(30);

  @Inject private Clock clock;
  @Inject private Settings settings;
  @Inject private Refreshes refreshes;
  @Inject private Idempotency idempotency;
  @Inject private SealedSecrets kept;
  @Inject private UsageHours usage;
  @PersistenceContext private EntityManager entities;

  /**
   * Claims and refreshes keys that are due, in one transaction and as few statements as it can.
   *
   * @return how many; 0 when nothing is left to claim
   */
  public int refreshSome() {
    return refresh("", query -> query);
  }

  /** The same for the keys of one organisation. */
  public int refreshSome(UUID organisationId) {
    return refresh(
        " and k.organisationId = :organisation",
        query -> query.setParameter("organisation", organisationId));
  }

  private int refresh(String condition, UnaryOperator<TypedQuery<ApiKey>> bind) {
    Instant now = clock.instant();
    List<ApiKey> due =
        SkipLocked.in(
                bind.apply(
                    entities
                        .createQuery(
                            "select k from ApiKey k where k.dueAt <= :now" + condition + order(),
                            ApiKey.class)
                        .setParameter("now", now)
                        .setMaxResults(CLAIM)))
            .getResultList();
    if (!due.isEmpty()) {
      // Every transaction takes the heads of the audit chains in this order: no deadlock.
      refreshes.refreshDue(
          due.stream().sorted(Comparator.comparing(ApiKey::organisationId)).toList(), now);
    }
    return due.size();
  }

  /**
   * The oldest first. H2 takes them in this order from the index by itself; when told, it reads and
   * sorts all that is due for each batch.
   */
  private String order() {
    return settings.embedded() ? "" : " order by k.dueAt";
  }

  /** The organisations that have keys which are due. */
  public List<UUID> organisationsDue() {
    return entities
        .createQuery(
            "select distinct k.organisationId from ApiKey k where k.dueAt <= :now", UUID.class)
        .setParameter("now", clock.instant())
        .getResultList();
  }

  /** How many keys are due and not yet refreshed. */
  public long due() {
    return entities
        .createQuery("select count(k) from ApiKey k where k.dueAt <= :now", Long.class)
        .setParameter("now", clock.instant())
        .getSingleResult();
  }

  /**
   * Forgets credentials and use of 30 days ago, answers of a day ago, and what strict mode forbids.
   */
  public int forget() {
    idempotency.forget();
    kept.destroyLeftOver();
    usage.forget();
    return entities
        .createQuery("delete from Credential c where c.retiredAt < :before")
        .setParameter("before", clock.instant().minus(REMEMBERED))
        .executeUpdate();
  }
}
