package io.keyturn.apikey;

import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import io.keyturn.platform.Settings;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.secret.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes, refreshes, reveals and revokes the keys of an organisation. */
@ApplicationScoped
@Transactional
public class ApiKeys {
  /** A renewal hands out no secret that stops working so soon, if there can be a better one. */
  private static final Duration NEARLY_DEAD = Duration.ofSeconds(60);

  @Inject private Clock clock;
  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private AuditLog audit;
  @Inject private Organisations organisations;
  @PersistenceContext private EntityManager entities;

  /** The living keys of an organisation, the newest first. */
  public List<ApiKeyRow> list(UUID organisationId) {
    return entities
        .createQuery(
            """
            select new io.keyturn.apikey.ApiKeyRow(k.id, k.name, k.environment, c.masked, c.number,
              k.createdAt, k.createdByName, u.lastUsedAt, k.nextRefreshAt,
              case when r.acceptedUntil > :now then r.acceptedUntil else null end)
            from ApiKey k
            join Credential c on c.apiKeyId = k.id and c.number = k.currentNumber
            left join Credential r on r.apiKeyId = k.id and r.number = k.currentNumber - 1
            left join ApiKeyUse u on u.apiKeyId = k.id
            where k.organisationId = :organisation and k.revokedAt is null
            order by k.createdAt desc, k.id
            """,
            ApiKeyRow.class)
        .setParameter("organisation", organisationId)
        .setParameter("now", clock.instant())
        .getResultList();
  }

  /**
   * Makes a key with its first secret.
   *
   * @throws ProblemException 409 with member {@code id} when a living key has this name
   */
  public IssuedSecret create(UUID organisationId, NewApiKey wanted, Actor maker) {
    refuseTakenName(organisationId, wanted.name());
    Instant now = clock.instant();
    ApiKey key = new ApiKey(organisationId, wanted, maker.id(), maker.name(), now);
    entities.persist(key);
    IssuedSecret issued = issue(key, now);
    try {
      entities.flush();
    } catch (jakarta.persistence.PersistenceException e) {
      // Another one took the name between our look and our write.
      throw taken(wanted.name());
    }
    audit.append(
        organisationId,
        maker,
        "API_KEY_CREATED",
        subject(key),
        Map.of("scopes", Scope.format(key.scopes()), "number", 1));
    return issued;
  }

  private void refuseTakenName(UUID organisationId, String name) {
    List<UUID> holders =
        entities
            .createQuery(
                "select k.id from ApiKey k where k.organisationId = :organisation and"
                    + " k.livingName = :name",
                UUID.class)
            .setParameter("organisation", organisationId)
            .setParameter("name", ApiKey.livingName(name))
            .getResultList();
    if (!holders.isEmpty()) {
      throw taken(name).member("id", holders.get(0));
    }
  }

  private static ProblemException taken(String name) {
    return new ProblemException(
        ProblemType.CONFLICT, "There is already an API key with the name \"" + name + "\".");
  }

  /**
   * Replaces the credential of that number by the next one. Whoever names a number that was just
   * replaced gets the same successor, so that a retry or a second replica changes nothing.
   *
   * @param replaces the number of the credential to replace
   * @param grace how long the old secret stays accepted: 0 to 24 h, and no longer than the interval
   * @throws ProblemException 404; 409 with member {@code current_number} for a number that is
   *     history; 422 for a number not yet issued or a grace period out of bounds
   */
  public IssuedSecret refresh(
      UUID organisationId, UUID keyId, int replaces, Duration grace, Actor actor) {
    ApiKey key = living(organisationId, keyId);
    if (grace.isNegative()
        || grace.compareTo(RefreshPolicy.LONGEST_GRACE) > 0
        || grace.compareTo(key.policy().interval()) > 0) {
      throw ProblemException.invalid(
          "grace_period", "must be from 0 to 24 hours, and not longer than the refresh interval");
    }
    if (replaces < 1 || replaces > key.currentNumber()) {
      throw ProblemException.invalid(
          "replaces", "must be the current secret's number, " + key.currentNumber());
    }
    if (replaces == key.currentNumber() - 1) {
      return current(key);
    }
    if (replaces < key.currentNumber()) {
      throw new ProblemException(
              ProblemType.CONFLICT,
              "Secret number "
                  + replaces
                  + " was replaced before; the current one is number "
                  + key.currentNumber()
                  + ".")
          .member("current_number", key.currentNumber());
    }
    Instant now = clock.instant();
    return refresh(key, now, key.refresh(now, grace), actor, "manual");
  }

  /** Refreshes a key that is due; the caller holds its lock. */
  public void refreshDue(ApiKey key, Instant now) {
    refresh(key, now, key.refreshDue(now), Actor.SYSTEM, "automatic");
  }

  private IssuedSecret refresh(ApiKey key, Instant now, Instant until, Actor actor, String reason) {
    for (Credential accepted : accepted(key, now)) {
      // At most two are accepted: only the one just replaced keeps its grace period.
      boolean replaced = accepted.number() == key.currentNumber() - 1;
      accepted.retire(key, now, replaced ? until : now, keyring.lookupKey());
    }
    IssuedSecret issued = issue(key, now);
    audit.append(
        key.organisationId(),
        actor,
        "API_KEY_REFRESHED",
        subject(key),
        Map.of(
            "number", key.currentNumber(),
            "how", reason,
            "old_secret_accepted_until", until));
    return issued;
  }

  /**
   * The secret to go on with, for whoever holds the key's renewal credential: the current one, or
   * its successor where the current one is due or ends within a minute. Where the current one
   * cannot be read, for a strict organisation seals nothing, it is the next one, and the one before
   * stays for the policy's grace period. Then no more than that grace period is promised, for the
   * next renewal may cut it to that.
   *
   * @throws ProblemException 404 when the key was revoked
   */
  public RenewedSecret renew(UUID organisationId, UUID keyId, Actor renewer) {
    boolean strict = organisations.byId(organisationId).orElseThrow().strict();
    Optional<RenewedSecret> lasting = strict ? Optional.empty() : lasting(organisationId, keyId);
    if (lasting.isPresent()) {
      return lasting.get();
    }
    ApiKey key = living(organisationId, keyId);
    Instant now = clock.instant();
    List<Credential> accepted = accepted(key, now);
    boolean readable =
        !strict
            && accepted.stream()
                .anyMatch(c -> c.number() == key.currentNumber() && c.dataKeyId().isPresent());
    if (!readable) {
      IssuedSecret next = refresh(key, now, key.refreshUnread(now), renewer, "renewal");
      Duration grace = key.policy().gracePeriod();
      Instant counted = now.plus(grace);
      boolean cut = !grace.isZero() && counted.isBefore(next.acceptedUntil());
      return new RenewedSecret(next.secret(), key.scopes(), cut ? counted : next.acceptedUntil());
    }
    boolean nearlyDead =
        key.currentAcceptedUntil().isBefore(now.plus(NEARLY_DEAD))
            && key.canLastLonger()
            // A third accepted one there is never, not even for this.
            && accepted.size() == 1;
    IssuedSecret issued =
        !key.nextRefreshAt().isAfter(now) || nearlyDead
            ? refresh(key, now, key.refreshDue(now), renewer, "renewal")
            : current(key);
    return new RenewedSecret(issued.secret(), key.scopes(), issued.acceptedUntil());
  }

  /** The current secret, without a lock, where it is neither due nor nearly dead. */
  private Optional<RenewedSecret> lasting(UUID organisationId, UUID keyId) {
    Instant now = clock.instant();
    List<Object[]> found =
        entities
            .createQuery(
                """
                select c, k.scopes from Credential c
                join ApiKey k on k.id = c.apiKeyId and k.currentNumber = c.number
                where k.organisationId = :organisation and k.id = :id and k.revokedAt is null
                  and k.nextRefreshAt > :now and c.acceptedUntil > :soon and c.sealed is not null
                """,
                Object[].class)
            .setParameter("organisation", organisationId)
            .setParameter("id", keyId)
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

  /** Those still accepted, and the current one even where it has run out. */
  private List<Credential> accepted(ApiKey key, Instant now) {
    return entities
        .createQuery(
            "select c from Credential c where c.organisationId = :organisation and"
                + " c.apiKeyId = :key and (c.acceptedUntil > :now or c.retiredAt is null)",
            Credential.class)
        .setParameter("organisation", key.organisationId())
        .setParameter("key", key.id())
        .setParameter("now", now)
        .getResultList();
  }

  private IssuedSecret issue(ApiKey key, Instant now) {
    Secret secret = Secret.random(settings.secretPrefix(), key.environment());
    Organisation organisation = organisations.byId(key.organisationId()).orElseThrow();
    Credential credential =
        new Credential(
            key,
            secret,
            keyring.lookupKey(),
            organisation.strict() ? null : keyring.dataKey(organisation.id()),
            now);
    entities.persist(credential);
    return new IssuedSecret(key.id(), credential.number(), secret, credential.acceptedUntil());
  }

  /**
   * The current secret of a key, shown to a person again.
   *
   * @throws ProblemException 404; 409 in a strict organisation, where nothing is kept
   */
  public IssuedSecret reveal(UUID organisationId, UUID keyId, Actor actor) {
    ApiKey key = living(organisationId, keyId);
    IssuedSecret issued = current(key);
    audit.append(
        organisationId, actor, "API_KEY_REVEALED", subject(key), Map.of("number", issued.number()));
    return issued;
  }

  private IssuedSecret current(ApiKey key) {
    Credential credential =
        entities
            .createQuery(
                "select c from Credential c where c.organisationId = :organisation and"
                    + " c.apiKeyId = :key and c.number = :number",
                Credential.class)
            .setParameter("organisation", key.organisationId())
            .setParameter("key", key.id())
            .setParameter("number", key.currentNumber())
            .getSingleResult();
    return credential
        .dataKeyId()
        .flatMap(id -> credential.open(keyring.sealOf(id), settings.secretPrefix()))
        .map(
            secret ->
                new IssuedSecret(key.id(), credential.number(), secret, credential.acceptedUntil()))
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.CONFLICT,
                    "This organisation keeps no secrets: they are shown once, when they are"
                        + " made."));
  }

  /**
   * Ends a key for good, at once.
   *
   * @throws ProblemException 404, also for a key that is revoked already
   */
  public void revoke(UUID organisationId, UUID keyId, Actor actor) {
    ApiKey key = living(organisationId, keyId);
    Instant now = clock.instant();
    key.revoke(now);
    accepted(key, now).forEach(c -> c.retire(key, now, now, keyring.lookupKey()));
    audit.append(organisationId, actor, "API_KEY_REVOKED", subject(key), Map.of());
  }

  private ApiKey living(UUID organisationId, UUID keyId) {
    return entities
        .createQuery(
            "select k from ApiKey k where k.organisationId = :organisation and k.id = :id and"
                + " k.revokedAt is null",
            ApiKey.class)
        .setParameter("organisation", organisationId)
        .setParameter("id", keyId)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("API key"));
  }

  private static Subject subject(ApiKey key) {
    return new Subject("api_key", key.id(), key.name());
  }
}
