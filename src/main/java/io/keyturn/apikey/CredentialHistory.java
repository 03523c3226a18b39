package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The credentials of a key that are remembered: the current, and 30 days of retired ones. */
@ApplicationScoped
@Transactional
public class CredentialHistory {
  private static final String FROM =
      " from Credential c where c.organisationId = :organisation and c.apiKeyId = :key";

  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /** Some of the credentials of a key, the newest first. */
  public Slice<CredentialRow> slice(
      OrganisationId organisationId, ApiKeyId keyId, int first, int most) {
    List<CredentialRow> rows =
        query(
                """
                select new io.keyturn.apikey.CredentialRow(c.number, c.cause, c.masked, c.issuedAt, c.retiredAt,
                  c.acceptedUntil, case when c.acceptedUntil > :now then true else false end,
                  (select max(s.lastAcceptedAt) from ClientSighting s
                    where s.apiKeyId = c.apiKeyId and s.number = c.number))
                """
                    + FROM
                    + " order by c.number desc",
                CredentialRow.class,
                organisationId,
                keyId)
            .setParameter("now", clock.instant())
            .setFirstResult(first)
            .setMaxResults(most)
            .getResultList();
    long total =
        query("select count(c)" + FROM, Long.class, organisationId, keyId).getSingleResult();
    return new Slice<>(rows, total);
  }

  /** When a key was refreshed since a time, the earliest first. */
  public List<Instant> refreshes(OrganisationId organisationId, ApiKeyId keyId, Instant since) {
    return query(
            "select c.issuedAt"
                + FROM
                + " and c.number > 1 and c.issuedAt >= :since order by c.number",
            Instant.class,
            organisationId,
            keyId)
        .setParameter("since", since)
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
