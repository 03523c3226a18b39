package io.keyturn.renewal;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKey;
import io.keyturn.apikey.Credential;
import io.keyturn.apikey.CredentialCause;
import io.keyturn.apikey.Credentials;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.KeyLocks;
import io.keyturn.apikey.Refreshes;
import io.keyturn.audit.Actor;
import io.keyturn.config.Settings;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Hands out a key's current secret to the holder of its renewal credential. */
@ApplicationScoped
@Transactional
public class SecretRenewal {
  /** A secret that stops working this soon is not handed out if it can be refreshed instead. */
  private static final Duration RENEWED_BEFORE_END = Duration.ofSeconds(60);

  @Inject private Clock clock;
  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private Organisations organisations;
  @Inject private KeyLocks locks;
  @Inject private Credentials credentials;
  @Inject private Refreshes refreshes;
  @PersistenceContext private EntityManager entities;

  /**
   * The current secret. If a refresh is due, or the secret ends within a minute, its successor.
   *
   * <p>Where the current secret is not kept, as in a strict organisation, each renewal refreshes
   * the key, and the previous secret stays accepted for the policy's grace period. The answer
   * promises no more than that grace period, because the next renewal may shorten the new secret's
   * acceptance to it.
   *
   * <p>The renewal credential may have been ended since it was looked up. It is therefore checked
   * again when the secret is read.
   *
   * @param renewalId the renewal credential
   * @throws ProblemException 404 or 409 when the key or the renewal credential has ended, or the
   *     key was tampered with
   */
  public RenewedSecret renew(
      OrganisationId organisationId, ApiKeyId keyId, UUID renewalId, Actor renewer) {
    boolean strict = organisations.byId(organisationId).orElseThrow().strict();
    Optional<RenewedSecret> lasting =
        strict ? Optional.empty() : lasting(organisationId, keyId, renewalId);
    if (lasting.isPresent()) {
      return lasting.get();
    }
    ApiKey key = locks.lock(organisationId, keyId);
    requireActive(key, renewalId);
    Instant now = clock.instant();
    Optional<IssuedSecret> readable = strict ? Optional.empty() : credentials.current(key);
    if (readable.isEmpty()) {
      return unread(key, now, renewer);
    }
    List<Credential> accepted = credentials.accepted(key, now);
    boolean due = !key.nextRefreshAt().isAfter(now);
    // At most two credentials are accepted at a time, even where the current secret ends soon.
    boolean nearlyDead =
        accepted.size() == 1
            && readable.get().acceptedUntil().isBefore(now.plus(RENEWED_BEFORE_END));
    if (key.canLastLonger() && (due || nearlyDead)) {
      IssuedSecret next = refreshes.refreshDue(key, accepted, now, renewer);
      return new RenewedSecret(next.secret(), key.scopes(), next.acceptedUntil());
    }
    IssuedSecret current = readable.get();
    return new RenewedSecret(current.secret(), key.scopes(), current.acceptedUntil());
  }

  private RenewedSecret unread(ApiKey key, Instant now, Actor renewer) {
    IssuedSecret next = refreshes.refreshUnread(key, now, renewer, CredentialCause.RENEWAL);
    Duration grace = key.policy().gracePeriod();
    Instant counted = now.plus(grace);
    boolean cut = !grace.isZero() && counted.isBefore(next.acceptedUntil());
    return new RenewedSecret(next.secret(), key.scopes(), cut ? counted : next.acceptedUntil());
  }

  /**
   * Requires an active renewal credential. The caller holds the key's lock; every method that ends
   * a renewal credential takes it first.
   */
  private void requireActive(ApiKey key, UUID renewalId) {
    long active =
        entities
            .createQuery(
                "select count(r) from RenewalCredential r where r.id = :renewal and"
                    + " r.activeApiKeyId = :key and r.endedAt is null",
                Long.class)
            .setParameter("renewal", renewalId)
            .setParameter("key", key.id())
            .getSingleResult();
    if (active == 0) {
      throw ProblemException.notFound("renewal credential");
    }
  }

  /**
   * The current secret, read without a lock, unless its refresh is due or it ends within a minute.
   */
  private Optional<RenewedSecret> lasting(
      OrganisationId organisationId, ApiKeyId keyId, UUID renewalId) {
    Instant now = clock.instant();
    List<Object[]> found =
        entities
            .createQuery(
                """
                select c, k.granted.scopes from Credential c
                join ApiKey k on k.id = c.apiKeyId and k.currentNumber = c.number
                join RenewalCredential r on r.activeApiKeyId = k.id and r.id = :renewal
                  and r.endedAt is null
                where k.organisationId = :organisation and k.id = :id and k.revokedAt is null
                  and k.nextRefreshAt > :now and c.acceptedUntil > :soon and c.sealed is not null
                """,
                Object[].class)
            .setParameter("organisation", organisationId)
            .setParameter("id", keyId)
            .setParameter("renewal", renewalId)
            .setParameter("now", now)
            .setParameter("soon", now.plus(RENEWED_BEFORE_END))
            .getResultList();
    return found.stream()
        .findFirst()
        .flatMap(row -> open((Credential) row[0], Scope.parse((String) row[1])));
  }

  private Optional<RenewedSecret> open(Credential credential, Set<Scope> scopes) {
    return credential
        .dataKeyId()
        .flatMap(id -> credential.open(keyring.sealOf(id), settings.secretPrefix()))
        .map(secret -> new RenewedSecret(secret, scopes, credential.acceptedUntil()));
  }
}
