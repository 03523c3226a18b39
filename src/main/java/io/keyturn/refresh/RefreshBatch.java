package io.keyturn.refresh;

import io.keyturn.apikey.ApiKey;
import io.keyturn.apikey.DueRefreshes;
import io.keyturn.apikey.SealedSecrets;
import io.keyturn.config.Settings;
import io.keyturn.database.SkipLocked;
import io.keyturn.idempotency.Idempotency;
import io.keyturn.organisation.OrganisationId;
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
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The automatic refresh, in short transactions. The database says which keys are due. A claim skips
 * rows that another node has locked, so that nodes share the work. A crash loses nothing and
 * refreshes nothing twice.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
public class RefreshBatch {
  /**
   * How many keys a transaction refreshes, and so how many are in memory at a time. A power of two,
   * as {@link io.keyturn.database.InList} has it.
   */
  static final int CLAIM = 512;

  /** The same on the embedded database, where all others wait to write meanwhile. */
  private static final int CLAIM_EMBEDDED = 256;

  private static final Duration REMEMBERED = Duration.ofDays(30);

  @Inject private Clock clock;
  @Inject private Settings settings;
  @Inject private DueRefreshes refreshes;
  @Inject private Idempotency idempotency;
  @Inject private SealedSecrets kept;
  @Inject private UsageHours usage;
  @PersistenceContext private EntityManager entities;

  /**
   * Claims and refreshes due keys, in one transaction and in as few statements as it can.
   *
   * @return how many keys were refreshed; 0 when no key is left to claim
   */
  public int refreshSome() {
    return refresh("", query -> query);
  }

  /** Claims and refreshes due keys of one organisation. */
  public int refreshSome(OrganisationId organisationId) {
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
                        .setMaxResults(settings.embedded() ? CLAIM_EMBEDDED : CLAIM)))
            .getResultList();
    if (!due.isEmpty()) {
      refreshes.refresh(due, now);
    }
    return due.size();
  }

  /**
   * The oldest due time first. H2 reads them in this order from the index anyway; with an explicit
   * order, it reads and sorts all due keys for each batch.
   */
  private String order() {
    return settings.embedded() ? "" : " order by k.dueAt";
  }

  /** The organisations with due keys. */
  public List<OrganisationId> organisationsDue() {
    return entities
        .createQuery(
            "select distinct k.organisationId from ApiKey k where k.dueAt <= :now",
            OrganisationId.class)
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
   * Deletes credentials and use after 30 days, answers after a day, and secrets that strict mode
   * forbids.
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
