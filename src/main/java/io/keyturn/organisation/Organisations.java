package io.keyturn.organisation;

import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The organisations of this platform. */
@ApplicationScoped
@Transactional
public class Organisations {
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /** The organisation with this domain label, in whatever case it was written. */
  public Optional<Organisation> byDomain(String domain) {
    return Optional.ofNullable(
        entities
            .createQuery(
                "select o from Organisation o where o.domain = :domain", Organisation.class)
            .setParameter("domain", domain.toLowerCase(java.util.Locale.ROOT))
            .getSingleResultOrNull());
  }

  /** The organisation with this id. */
  public Optional<Organisation> byId(UUID id) {
    return Optional.ofNullable(entities.find(Organisation.class, id));
  }

  /**
   * Reads several in one statement; while the transaction lasts, each of them is then found by its
   * id without another.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void prepare(Collection<UUID> ids) {
    entities
        .createQuery("select o from Organisation o where o.id in :ids", Organisation.class)
        .setParameter("ids", ids)
        .getResultList();
  }

  /** Whether there is none yet, which is so at the first start only. */
  public boolean none() {
    return entities
        .createQuery("select o.id from Organisation o where o.id <> :platform", UUID.class)
        .setParameter("platform", Organisation.PLATFORM)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** The organisation with this id, which nobody else changes till the transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  public Optional<Organisation> lock(UUID id) {
    return Optional.ofNullable(
        entities
            .createQuery(
                "select o from Organisation o where o.id = :id and o.id <> :platform",
                Organisation.class)
            .setParameter("id", id)
            .setParameter("platform", Organisation.PLATFORM)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getSingleResultOrNull());
  }

  /** One page of all organisations by domain, and one more. */
  public List<Organisation> page(Search search, Paging paging) {
    Cursor after = paging.after();
    return search
        .bind(
            entities.createQuery(
                "select o from Organisation o where o.id <> :platform and o.domain > :after"
                    + search.and("o.name", "o.domain")
                    + " order by o.domain",
                Organisation.class))
        .setParameter("platform", Organisation.PLATFORM)
        .setParameter("after", after == null ? "" : after.value())
        .setMaxResults(paging.fetch())
        .getResultList();
  }

  /** How many there are. */
  public long count(Search search) {
    return search
        .bind(
            entities.createQuery(
                "select count(o) from Organisation o where o.id <> :platform"
                    + search.and("o.name", "o.domain"),
                Long.class))
        .setParameter("platform", Organisation.PLATFORM)
        .getSingleResult();
  }

  /**
   * Makes an organisation. {@code Founding} gives it what every organisation has.
   *
   * @param domain a free label
   */
  public Organisation create(String domain, String name) {
    Organisation organisation = new Organisation(UUID.randomUUID(), domain, name, clock.instant());
    entities.persist(organisation);
    return organisation;
  }
}
