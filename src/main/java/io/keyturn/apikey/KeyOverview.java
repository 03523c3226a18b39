package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How the keys of an organisation are, as a whole. */
@ApplicationScoped
@Transactional
public class KeyOverview {
  private static final int MOST_DUE = 20_000;

  /** How many keys {@link #retiredInUse} names. */
  public static final int MOST_RETIRED = 20;

  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * Numbers of keys.
   *
   * @param active neither revoked nor expired
   * @param unused not revoked, and not used for some time
   * @param used not revoked, and used at least once
   */
  public record Counts(long active, long unused, long used) {}

  /**
   * A key whose retired secret is still used.
   *
   * @param clients how many clients use it, by address and user agent
   * @param until when it stops working
   */
  public record RetiredInUse(ApiKeyId id, String name, long clients, Instant until) {}

  /**
   * Counts keys.
   *
   * @param unusedFor how long a key was not used, counted from its creation if it never was
   */
  public Counts counts(OrganisationId organisationId, Duration unusedFor) {
    Instant now = clock.instant();
    return entities
        .createQuery(
            """
            select new io.keyturn.apikey.KeyOverview$Counts(
              coalesce(sum(case when k.granted.expiresAt <= :now then 0L else 1L end), 0L),
              coalesce(sum(case when k.granted.expiresAt <= :now then 0L
                when coalesce(u.lastUsedAt, k.createdAt) < :since then 1L else 0L end), 0L),
              count(u.lastUsedAt))
            from ApiKey k left join ApiKeyUse u on u.apiKeyId = k.id
            where k.organisationId = :organisation and k.revokedAt is null
            """,
            Counts.class)
        .setParameter("organisation", organisationId)
        .setParameter("now", now)
        .setParameter("since", now.minus(unusedFor))
        .getSingleResult();
  }

  /** When keys are due for their automatic refresh before a time; at most 20 000 of these times. */
  public List<Instant> due(OrganisationId organisationId, Instant before) {
    return entities
        .createQuery(
            "select k.dueAt from ApiKey k where k.organisationId = :organisation and k.dueAt <"
                + " :before",
            Instant.class)
        .setParameter("organisation", organisationId)
        .setParameter("before", before)
        .setMaxResults(MOST_DUE)
        .getResultList();
  }

  /** Some keys whose retired secret was accepted since its refresh, the most urgent first. */
  public List<RetiredInUse> retiredInUse(OrganisationId organisationId) {
    return entities
        .createQuery(
            """
            select new io.keyturn.apikey.KeyOverview$RetiredInUse(k.id, k.name, count(s.number), r.acceptedUntil)
            from ApiKey k
            join Credential r on r.apiKeyId = k.id and r.number = k.currentNumber - 1
            join ClientSighting s on s.apiKeyId = k.id and s.number = r.number
            where k.organisationId = :organisation and r.acceptedUntil > :now
              and s.lastAcceptedAt > r.retiredAt
            group by k.id, k.name, r.acceptedUntil
            order by r.acceptedUntil, k.id
            """,
            RetiredInUse.class)
        .setParameter("organisation", organisationId)
        .setParameter("now", clock.instant())
        .setMaxResults(MOST_RETIRED)
        .getResultList();
  }
}
