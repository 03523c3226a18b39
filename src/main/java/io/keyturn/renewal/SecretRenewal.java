package io.keyturn.renewal;

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

/** Hands out the secret to go on with, to whoever holds a key's renewal credential. */
@ApplicationScoped
@Transactional
public class SecretRenewal {
  /** What stops working so soon is not handed out, if there can be a better one. */
  private static final Duration NEARLY_DEAD = Duration.ofSeconds(60);

  @Inject private Clock clock;
  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private Organisations organisations;
  @Inject private KeyLocks living;
  @Inject private Credentials credentials;
  @Inject private Refreshes refreshes;
  @PersistenceContext private EntityManager entities;

  /**
   * The current secret, or its successor where the current one is due or ends within a minute.
   * Where the current one cannot be read, for a strict organisation keeps none, it is the next one,
   * and the one before stays for the policy's grace period. Then no more than that grace period is
   * promised, for the next renewal may cut it to that.
   *
   * <p>What the renewal credential was when it was looked up does not count, for it may have been
   * ended since: it must live in the moment in which the secret is read.
   *
   * @param renewalId the renewal credential
   * @throws ProblemException 404 or 409 when the key or the renewal credential has ended, or the
   *     key was tampered with
   */
  public RenewedSecret renew(UUID organisationId, UUID keyId, UUID renewalId, Actor renewer) {
    boolean strict = organisations.byId(organisationId).orElseThrow().strict();
    Optional<RenewedSecret> lasting =
        strict ? Optional.empty() : lasting(organisationId, keyId, renewalId);
    if (lasting.isPresent()) {
      return lasting.get();
    }
    ApiKey key = living.lock(organisationId, keyId);
    requireLiving(key, renewalId);
    Instant now = clock.instant();
    Optional<IssuedSecret> readable = strict ? Optional.empty() : credentials.current(key);
    if (readable.isEmpty()) {
      return unread(key, now, renewer);
    }
    List<Credential> accepted = credentials.accepted(key, now);
    boolean due = !key.nextRefreshAt().isAfter(now);
    // A third accepted one there is never, not even for one that is nearly dead.
    boolean nearlyDead =
        accepted.size() == 1 && readable.get().acceptedUntil().isBefore(now.plus(NEARLY_DEAD));
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

  /** Whoever ends a renewal credential locks its key before, as we have. */
  private void requireLiving(ApiKey key, UUID renewalId) {
    long living =
        entities
            .createQuery(
                "select count(r) from RenewalCredential r where r.id = :renewal and"
                    + " r.livingApiKeyId = :key and r.endedAt is null",
                Long.class)
            .setParameter("renewal", renewalId)
            .setParameter("key", key.id())
            .getSingleResult();
    if (living == 0) {
      throw ProblemException.notFound("renewal credential");
    }
  }

  /** The current secret, without a lock, where it is neither due nor nearly dead. */
  private Optional<RenewedSecret> lasting(UUID organisationId, UUID keyId, UUID renewalId) {
    Instant now = clock.instant();
    List<Object[]> found =
        entities
            .createQuery(
                """
                select c, k.scopes from Credential c
                join ApiKey k on k.id = c.apiKeyId and k.currentNumber = c.number
                join RenewalCredential r on r.livingApiKeyId = k.id and r.id = :renewal
                  and r.endedAt is null
                where k.organisationId = :organisation and k.id = :id and k.revokedAt is null
                  and k.nextRefreshAt > :now and c.acceptedUntil > :soon and c.sealed is not null
                """,
                Object[].class)
            .setParameter("organisation", organisationId)
            .setParameter("id", keyId)
            .setParameter("renewal", renewalId)
            .setParameter("now", now)
            .setParameter("soon", now.plus(NEARLY_DEAD))
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
