package io.keyturn.organisation;

import io.keyturn.database.InList;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The organisations of this platform. */
@ApplicationScoped
@Transactional
public class Organisations {
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /** The organisation with this domain label, ignoring case. */
  public Optional<Organisation> byDomain(String domain) {
    return Optional.ofNullable(
        entities
            .createQuery(
                "select o from Organisation o where o.domain = :domain", Organisation.class)
            .setParameter("domain", domain.toLowerCase(java.util.Locale.ROOT))
            .getSingleResultOrNull());
  }

  /** The organisation with this id. */
  public Optional<Organisation> byId(OrganisationId id) {
    return Optional.ofNullable(entities.find(Organisation.class, id));
  }

  /**
   * Loads several organisations in one statement. For the rest of the transaction, each is then
   * found by its id without another statement.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void prepare(Collection<OrganisationId> ids) {
    TypedQuery<Organisation> query =
        entities.createQuery(
            "select o from Organisation o where o.id in " + InList.of("id", ids.size()),
            Organisation.class);
    InList.set(query, "id", ids).getResultList();
  }

  /** Whether there is no organisation yet, which is so only at the first start. */
  public boolean none() {
    return entities
        .createQuery(
            "select o.id from Organisation o where o.id <> :platform", OrganisationId.class)
        .setParameter("platform", Organisation.PLATFORM)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** The organisation with this id, locked until the transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  public Optional<Organisation> lock(OrganisationId id) {
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

  /** One page of all organisations, sorted by domain, and one more row. */
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

  /** The number of organisations that the search finds. */
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
   * Creates an organisation's row. {@code NewOrganisations} adds the data that every organisation
   * has.
   *
   * @param domain a free label
   */
  public Organisation create(String domain, String name) {
    Organisation organisation =
        new Organisation(OrganisationId.random(), domain, name, clock.instant());
    entities.persist(organisation);
    return organisation;
  }
}
