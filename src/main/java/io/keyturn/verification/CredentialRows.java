package io.keyturn.verification;

import io.keyturn.access.ApiKeyId;
import io.keyturn.database.InList;
import io.keyturn.limit.BatchedLookup;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.SecretDigest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads credentials with their keys and organisations from the database. */
@ApplicationScoped
@Transactional
class CredentialRows {
  private static final String SELECT =
      """
      select new io.keyturn.verification.CredentialRecord(c.digest, c.rowMac, c.number,
        c.retiredAt, c.acceptedUntil, k.id, k.name, k.environment, k.nextRefreshAt,
        k.granted,
        new io.keyturn.quota.RecordedUse(u.requests, u.usedDay, u.dayRequests),
        k.revokedAt, o.id, o.domain, o.name, o.suspendedAt)
      from Credential c
      join ApiKey k on k.id = c.apiKeyId and k.organisationId = c.organisationId
      join Organisation o on o.id = c.organisationId
      left join ApiKeyUse u on u.apiKeyId = k.id
      """;

  @PersistenceContext private EntityManager entities;

  Optional<CredentialRecord> byDigest(byte[] digest) {
    return Optional.ofNullable(
        entities
            .createQuery(SELECT + "where c.digest = :digest", CredentialRecord.class)
            .setParameter("digest", digest)
            .getSingleResultOrNull());
  }

  /**
   * Several at once.
   *
   * @param digests up to {@value BatchedLookup#AT_ONCE}
   */
  Map<SecretDigest, CredentialRecord> byDigests(List<SecretDigest> digests) {
    TypedQuery<CredentialRecord> query =
        entities.createQuery(
            SELECT + "where c.digest in " + InList.of("digest", digests.size()),
            CredentialRecord.class);
    return InList.set(query, "digest", digests.stream().map(SecretDigest::bytes).toList())
        .getResultList()
        .stream()
        .collect(Collectors.toMap(c -> new SecretDigest(c.digest()), c -> c));
  }

  /** The current one of a key. */
  Optional<CredentialRecord> current(OrganisationId organisationId, ApiKeyId keyId) {
    return Optional.ofNullable(
        entities
            .createQuery(
                SELECT
                    + "where k.organisationId = :organisation and k.id = :key"
                    + " and c.number = k.currentNumber",
                CredentialRecord.class)
            .setParameter("organisation", organisationId)
            .setParameter("key", keyId)
            .getSingleResultOrNull());
  }
}
