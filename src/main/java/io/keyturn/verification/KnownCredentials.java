package io.keyturn.verification;

import io.keyturn.platform.Turnstile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Looks credentials up by their digest. */
@ApplicationScoped
@Transactional
class KnownCredentials {
  private static final String SELECT =
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
      """;

  @PersistenceContext private EntityManager entities;

  Optional<KnownCredential> byDigest(byte[] digest) {
    return Optional.ofNullable(
        entities
            .createQuery(SELECT + "where c.digest = :digest", KnownCredential.class)
            .setParameter("digest", digest)
            .getSingleResultOrNull());
  }

  /**
   * Several at once.
   *
   * @param digests up to {@value Turnstile#AT_ONCE}
   */
  Map<ByteBuffer, KnownCredential> byDigests(List<ByteBuffer> digests) {
    TypedQuery<KnownCredential> query =
        entities.createQuery(
            SELECT + "where c.digest in (" + Turnstile.PARAMETERS + ")", KnownCredential.class);
    return Turnstile.set(query, digests.stream().map(ByteBuffer::array).toList())
        .getResultList()
        .stream()
        .collect(Collectors.toMap(c -> ByteBuffer.wrap(c.digest()), c -> c));
  }

  /** The current one of a key. */
  Optional<KnownCredential> current(UUID organisationId, UUID keyId) {
    return Optional.ofNullable(
        entities
            .createQuery(
                SELECT
                    + "where k.organisationId = :organisation and k.id = :key"
                    + " and c.number = k.currentNumber",
                KnownCredential.class)
            .setParameter("organisation", organisationId)
            .setParameter("key", keyId)
            .getSingleResultOrNull());
  }
}
