package io.keyturn.renewal;

import io.keyturn.access.ApiKeyId;
import io.keyturn.apikey.ApiKey;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Grantor;
import io.keyturn.apikey.KeyLeaked;
import io.keyturn.apikey.KeyLocks;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.config.Settings;
import io.keyturn.database.InList;
import io.keyturn.keyring.Keyring;
import io.keyturn.limit.BatchedLookup;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.secret.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Switches the renewal credentials of keys on and off, and renews secrets with them. */
@ApplicationScoped
@Transactional
public class Renewals {
  private static final Logger LOG = Logger.getLogger(Renewals.class.getName());

  private static final String CANDIDATES =
      """
      select new io.keyturn.renewal.Renewals$Candidate(r, k.id, o.id, o.domain, k.name, k.granted.scopes,
        k.granted.expiresAt)
      from RenewalCredential r
      join ApiKey k on k.id = r.apiKeyId and k.organisationId = r.organisationId
      join Organisation o on o.id = r.organisationId
      """;

  private static final String ACTIVE =
      " and r.apiKeyId = r.activeApiKeyId and r.endedAt is null and k.revokedAt is null"
          + " and o.suspendedAt is null";

  @Inject private Clock clock;
  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private AuditLog audit;
  @Inject private ApiKeys keys;
  @Inject private KeyLocks locks;
  @Inject private SecretRenewal secrets;
  @Inject private RenewalUsage usage;
  @PersistenceContext private EntityManager entities;

  /** An active renewal credential, with the facts that decide whether it may be used. */
  public record Candidate(
      RenewalCredential credential,
      ApiKeyId keyId,
      OrganisationId organisationId,
      String organisationDomain,
      String keyName,
      String keyScopes,
      @Nullable Instant keyExpiresAt) {

    /** Whether the credential may be used from this address. */
    public boolean admits(String address) {
      return credential.networks().admits(address);
    }

    /** The id of the renewal credential. */
    public UUID id() {
      return credential.id();
    }
  }

  /** Whether any key of an organisation renews by itself. */
  public boolean any(OrganisationId organisationId) {
    return !entities
        .createQuery(
            "select r.id from RenewalCredential r where r.organisationId = :organisation and"
                + " r.activeApiKeyId is not null",
            UUID.class)
        .setParameter("organisation", organisationId)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /**
   * Finds the renewal credential of a key.
   *
   * @throws ProblemException 404 when there is no such key
   */
  public RenewalState find(OrganisationId organisationId, ApiKeyId keyId) {
    return Optional.ofNullable(
            entities
                .createQuery(
                    """
            select k.name, k.revokedAt, r from ApiKey k
            left join RenewalCredential r on r.activeApiKeyId = k.id
              and r.organisationId = k.organisationId and k.revokedAt is null
            where k.organisationId = :organisation and k.id = :id
            """,
                    Object[].class)
                .setParameter("organisation", organisationId)
                .setParameter("id", keyId)
                .getSingleResultOrNull())
        .map(
            row ->
                new RenewalState(
                    keyId,
                    (String) row[0],
                    row[1] != null,
                    row[2] == null ? null : RenewalState.On.of((RenewalCredential) row[2])))
        .orElseThrow(() -> ProblemException.notFound("API key"));
  }

  /**
   * Gives a key a renewal credential.
   *
   * @param grantor the person or key that asks; gets no access to a key that may do more
   * @throws ProblemException 404; 403 naming a scope; 409 when the key has a renewal credential
   *     already, and for a key that was tampered with
   */
  public IssuedRenewal switchOn(
      OrganisationId organisationId,
      ApiKeyId keyId,
      Networks networks,
      Grantor grantor,
      Actor actor) {
    ApiKey key = locks.lock(organisationId, keyId);
    keys.refuseSecret(key, grantor);
    if (active(key.id()).isPresent()) {
      throw new ProblemException(ProblemType.CONFLICT, "Renewal is switched on already.");
    }
    IssuedRenewal issued = issue(key, networks, actor);
    record(key, actor, AuditAction.RENEWAL_SWITCHED_ON, Map.of("networks", networks));
    return issued;
  }

  /**
   * Replaces a key's renewal credential; the old one stops at once. The networks stay.
   *
   * @param grantor the person or key that asks; gets no access to a key that may do more
   * @throws ProblemException 404 when renewal is not switched on; 403 naming a scope; 409 for a key
   *     that was tampered with
   */
  public IssuedRenewal replace(
      OrganisationId organisationId, ApiKeyId keyId, Grantor grantor, Actor actor) {
    ApiKey key = locks.lock(organisationId, keyId);
    keys.refuseSecret(key, grantor);
    RenewalCredential before = switchedOn(key);
    Networks networks = before.networks();
    before.end(clock.instant(), keyring.lookupKey());
    // The database allows one active renewal credential per key. The old one must be written as
    // ended before the next is inserted.
    entities.flush();
    IssuedRenewal issued = issue(key, networks, actor);
    record(key, actor, AuditAction.RENEWAL_REPLACED, Map.of("networks", networks));
    return issued;
  }

  /**
   * Replaces the networks of a key's renewal credential.
   *
   * @throws ProblemException 404 when renewal is not switched on; 409 for a revoked key
   */
  public void limit(OrganisationId organisationId, ApiKeyId keyId, Networks networks, Actor actor) {
    ApiKey key = locks.lock(organisationId, keyId);
    switchedOn(key).limitTo(networks, keyring.lookupKey());
    record(key, actor, AuditAction.RENEWAL_NETWORKS_CHANGED, Map.of("networks", networks));
  }

  /**
   * Ends a key's renewal credential.
   *
   * @throws ProblemException 404 when renewal is not switched on; 409 for a revoked key
   */
  public void switchOff(OrganisationId organisationId, ApiKeyId keyId, Actor actor) {
    ApiKey key = locks.lock(organisationId, keyId);
    switchedOn(key).end(clock.instant(), keyring.lookupKey());
    record(key, actor, AuditAction.RENEWAL_SWITCHED_OFF, Map.of());
  }

  /**
   * Ends the renewal credential of a key that leaked, in the transaction that stops the key's
   * secrets.
   */
  void end(@Observes KeyLeaked leaked) {
    ApiKey key = locks.lock(leaked.organisationId(), leaked.keyId());
    active(key.id())
        .ifPresent(
            credential -> {
              credential.end(clock.instant(), keyring.lookupKey());
              record(key, Actor.SYSTEM, AuditAction.RENEWAL_SWITCHED_OFF, Map.of("why", "leaked"));
            });
  }

  /**
   * Renews the secret of a key.
   *
   * @param client the renewal credential that was sent
   * @param scopes codes of the scopes asked for
   * @param address where the request comes from
   */
  Renewal renew(Candidate client, Set<String> scopes, String address) {
    Actor actor = new Actor(Actor.Type.API_KEY, client.keyId().value(), client.keyName(), address);
    if (!client.admits(address)) {
      audit.append(
          client.organisationId(),
          actor,
          AuditAction.RENEWAL_REFUSED,
          new Subject("api_key", client.keyId().value(), client.keyName()),
          Map.of("why", "network"));
      return new Renewal.NetworkNotAllowed();
    }
    Instant now = clock.instant();
    if (client.keyExpiresAt() != null && !client.keyExpiresAt().isAfter(now)) {
      return new Renewal.KeyExpired();
    }
    if (!List.of(client.keyScopes().split(" ", -1)).containsAll(scopes)) {
      return new Renewal.ScopeLacking();
    }
    usage.used(client.id(), now);
    return new Renewal.Renewed(
        secrets.renew(client.organisationId(), client.keyId(), client.id(), actor));
  }

  /** Whether this is the credential's secret, and we signed its row. */
  boolean fits(Candidate candidate, Secret secret) {
    return candidate.credential().matches(secret, keyring.lookupKey()) && genuine(candidate);
  }

  /**
   * The candidate with this id. The key itself is not loaded: if it is needed, it is read under its
   * lock.
   */
  Optional<Candidate> candidate(ApiKeyId clientId) {
    return Optional.ofNullable(
        entities
            .createQuery(CANDIDATES + "where r.activeApiKeyId = :client" + ACTIVE, Candidate.class)
            .setParameter("client", clientId)
            .getSingleResultOrNull());
  }

  /**
   * The candidates with these ids.
   *
   * @param clientIds up to {@value BatchedLookup#AT_ONCE}
   */
  Map<ApiKeyId, Candidate> candidates(List<ApiKeyId> clientIds) {
    TypedQuery<Candidate> query =
        entities.createQuery(
            CANDIDATES
                + "where r.activeApiKeyId in "
                + InList.of("client", clientIds.size())
                + ACTIVE,
            Candidate.class);
    return InList.set(query, "client", clientIds).getResultList().stream()
        .collect(Collectors.toMap(Candidate::keyId, c -> c));
  }

  private boolean genuine(Candidate candidate) {
    boolean genuine = candidate.credential().genuine(keyring.lookupKey());
    if (!genuine) {
      LOG.log(
          Level.SEVERE,
          "renewal credential {0} was changed in the database by somebody else; refused",
          candidate.credential().id());
    }
    return genuine;
  }

  private IssuedRenewal issue(ApiKey key, Networks networks, Actor actor) {
    Secret secret = Secret.randomRenewal(settings.secretPrefix());
    entities.persist(
        new RenewalCredential(key, secret, networks, keyring.lookupKey(), actor, clock.instant()));
    return new IssuedRenewal(key.id(), secret);
  }

  private RenewalCredential switchedOn(ApiKey key) {
    return active(key.id())
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "Renewal is not switched on."));
  }

  private Optional<RenewalCredential> active(ApiKeyId keyId) {
    return Optional.ofNullable(
        entities
            .createQuery(
                "select r from RenewalCredential r where r.activeApiKeyId = :key",
                RenewalCredential.class)
            .setParameter("key", keyId)
            .getSingleResultOrNull());
  }

  private void record(ApiKey key, Actor actor, AuditAction action, Map<String, ?> details) {
    audit.append(
        key.organisationId(),
        actor,
        action,
        new Subject("api_key", key.id().value(), key.name()),
        details);
  }
}
