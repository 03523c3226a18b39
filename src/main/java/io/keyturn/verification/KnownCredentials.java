package io.keyturn.verification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Looks credentials up by their digest. */
@ApplicationScoped
@Transactional
class KnownCredentials {
  @PersistenceContext private EntityManager entities;

  Optional<KnownCredential> byDigest(byte[] digest) {
    return entities
        .createQuery(
            """
            select new io.keyturn.verification.KnownCredential(c.digest, c.rowMac, c.number,
              c.retiredAt, c.acceptedUntil, k.id, k.name, k.environment, k.nextRefreshAt,
              new io.keyturn.apikey.Granted(k.scopes, k.networks, k.requestsPerMinute, k.burst,
                k.requestsPerDay, k.expiresAt),
              new io.keyturn.verification.Spent(u.requests, u.usedDay, u.dayRequests),
              k.revokedAt, o.id, o.domain, o.name, o.suspendedAt)
            from Credential c
            join ApiKey k on k.id = c.apiKeyId and k.organisationId = c.organisationId
            join Organisation o on o.id = c.organisationId
            left join ApiKeyUse u on u.apiKeyId = k.id
            where c.digest = :digest
            """,
            KnownCredential.class)
        .setParameter("digest", digest)
        .getResultStream()
        .findFirst();
  }
}
