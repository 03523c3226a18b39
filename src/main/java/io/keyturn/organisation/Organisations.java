package io.keyturn.organisation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
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
    return entities
        .createQuery("select o from Organisation o where o.domain = :domain", Organisation.class)
        .setParameter("domain", domain.toLowerCase(java.util.Locale.ROOT))
        .getResultStream()
        .findFirst();
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
        .createQuery("select o.id from Organisation o", UUID.class)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /**
   * Makes an organisation.
   *
   * @param domain a free label
   */
  public Organisation create(String domain, String name) {
    Organisation organisation = new Organisation(UUID.randomUUID(), domain, name, clock.instant());
    entities.persist(organisation);
    return organisation;
  }
}
