package io.keyturn.usage;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
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

/**
 * The clients that use a key's secrets, and would therefore fail without them. Some seconds late.
 */
@ApplicationScoped
@Transactional
public class Clients {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST = 200;
  private static final String FROM =
      " from ClientSighting c where c.organisationId = :organisation and c.apiKeyId = :key";

  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /** The clients whose secret of that number was accepted in the last day, the latest first. */
  public List<ClientSighting> ofCurrent(OrganisationId organisationId, ApiKeyId keyId, int number) {
    return accepted(organisationId, keyId, number, clock.instant().minus(DAY));
  }

  /**
   * The clients whose secret of that number was accepted after it was retired, the latest first.
   */
  public List<ClientSighting> ofRetired(
      OrganisationId organisationId, ApiKeyId keyId, int number, Instant retired) {
    return accepted(organisationId, keyId, number, retired);
  }

  private List<ClientSighting> accepted(
      OrganisationId organisationId, ApiKeyId keyId, int number, Instant since) {
    return query(
            "select c"
                + FROM
                + " and c.number = :number and c.lastAcceptedAt > :since"
                + " order by c.lastAcceptedAt desc, c.address, c.userAgent",
            ClientSighting.class,
            organisationId,
            keyId)
        .setParameter("number", number)
        .setParameter("since", since)
        .setMaxResults(MOST)
        .getResultList();
  }

  /** The clients that sent a secret of the key that is no longer accepted, the latest first. */
  public List<ClientSighting> refused(OrganisationId organisationId, ApiKeyId keyId) {
    return query(
            "select c"
                + FROM
                + " and c.lastRefusedAt is not null"
                + " order by c.lastRefusedAt desc, c.number desc, c.address, c.userAgent",
            ClientSighting.class,
            organisationId,
            keyId)
        .setMaxResults(MOST)
        .getResultList();
  }

  /** All clients that are remembered, the newest secret's clients first. */
  public List<ClientSighting> all(OrganisationId organisationId, ApiKeyId keyId) {
    return query(
            "select c" + FROM + " order by c.number desc, c.address, c.userAgent",
            ClientSighting.class,
            organisationId,
            keyId)
        .setMaxResults(MOST)
        .getResultList();
  }

  private <T> TypedQuery<T> query(
      String jpql, Class<T> type, OrganisationId organisationId, ApiKeyId keyId) {
    return entities
        .createQuery(jpql, type)
        .setParameter("organisation", organisationId)
        .setParameter("key", keyId);
  }
}
