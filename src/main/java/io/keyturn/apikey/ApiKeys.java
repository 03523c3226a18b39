package io.keyturn.apikey;

import io.keyturn.access.Grants;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditLog;
import io.keyturn.platform.IfMatch;
import io.keyturn.platform.ListView;
import io.keyturn.platform.Paging;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, shows, changes, reveals and revokes the keys of an organisation. */
@ApplicationScoped
@Transactional
public class ApiKeys {
  @Inject private Clock clock;
  @Inject private AuditLog audit;
  @Inject private LivingKeys living;
  @Inject private Credentials credentials;
  @PersistenceContext private EntityManager entities;

  /** The living keys of an organisation, the newest first. */
  public List<ApiKeyRow> list(UUID organisationId) {
    return query(organisationId).all(ApiKeyStatus.LIVING);
  }

  /** The ids of an organisation's living keys. */
  public List<UUID> ids(UUID organisationId) {
    return living.ids(organisationId);
  }

  /**
   * One page of an organisation's keys, the newest first.
   *
   * @param paging with a cursor of this list
   * @throws ProblemException 422 when the cursor names no place
   */
  public ListView<ApiKeyView> page(UUID organisationId, ApiKeyStatus status, Paging paging) {
    ApiKeyQuery query = query(organisationId);
    List<ApiKeyRow> read = query.page(status, paging);
    return new ListView<>(
        paging.cut(read).stream().map(ApiKeyView::of).toList(),
        paging.page(read, ApiKeyQuery::behind, paging.counted() ? query.count(status) : null));
  }

  /**
   * One key, living or revoked.
   *
   * @throws ProblemException 404
   */
  public ApiKeyRow get(UUID organisationId, UUID keyId) {
    return query(organisationId).one(keyId).orElseThrow(() -> ProblemException.notFound("API key"));
  }

  private ApiKeyQuery query(UUID organisationId) {
    return new ApiKeyQuery(entities, organisationId, clock.instant());
  }

  /**
   * Makes a key with its first secret.
   *
   * @throws ProblemException 409 with member {@code id} when a living key has this name; 422 when
   *     its planned end is past
   */
  public IssuedSecret create(UUID organisationId, NewApiKey wanted, Actor maker) {
    Instant now = clock.instant();
    if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(now)) {
      throw ProblemException.invalid("expires_at", "must be in the future");
    }
    refuseTakenName(organisationId, wanted.name());
    ApiKey key = new ApiKey(organisationId, wanted, maker.id(), maker.name(), now);
    entities.persist(key);
    IssuedSecret issued = credentials.issue(key, now);
    flushName(wanted.name());
    audit.append(
        organisationId,
        maker,
        "API_KEY_CREATED",
        key.subject(),
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

  private void flushName(String name) {
    try {
      entities.flush();
    } catch (PersistenceException e) {
      // Another one took the name between our look and our write.
      throw taken(name);
    }
  }

  private static ProblemException taken(String name) {
    return new ProblemException(
        ProblemType.CONFLICT, "There is already an API key with the name \"" + name + "\".");
  }

  /**
   * Changes a key's name, scopes or refresh policy. With another policy, the next refresh is due by
   * the key's own clock, and the current secret stops working the new grace period after that.
   *
   * @param own the scopes of whoever asks, who can add no others
   * @return the key as it is now
   * @throws ProblemException 404; 403 naming a scope; 409 for a revoked key or a taken name; 412
   *     for another version; 422 naming the member that is out of bounds
   */
  public ApiKeyRow change(
      UUID organisationId,
      UUID keyId,
      IfMatch versions,
      ApiKeyChange change,
      Set<Scope> own,
      Actor actor) {
    ApiKey key = living.lock(organisationId, keyId);
    versions.check(key.version());
    if (change.name() != null) {
      rename(key, NewApiKey.name(change.name()), actor);
    }
    if (change.scopes() != null) {
      grant(key, change.scopes(), own, actor);
    }
    changePolicy(key, change.policy(key.policy()), actor);
    entities.flush();
    return get(organisationId, keyId);
  }

  private void rename(ApiKey key, String name, Actor actor) {
    String before = key.name();
    if (name.equals(before)) {
      return;
    }
    if (!ApiKey.livingName(name).equals(ApiKey.livingName(before))) {
      refuseTakenName(key.organisationId(), name);
    }
    key.rename(name);
    flushName(name);
    audit.append(
        key.organisationId(), actor, "API_KEY_RENAMED", key.subject(), Map.of("before", before));
  }

  private void grant(ApiKey key, Set<Scope> scopes, Set<Scope> own, Actor actor) {
    Set<Scope> before = key.scopes();
    if (scopes.equals(before)) {
      return;
    }
    Set<Scope> added = new HashSet<>(scopes);
    added.removeAll(before);
    Grants.within(own, added);
    String textBefore = key.scopeText();
    Granted grantedBefore = key.granted();
    key.grant(scopes);
    credentials.signAnew(key, grantedBefore);
    audit.append(
        key.organisationId(),
        actor,
        "API_KEY_SCOPES_CHANGED",
        key.subject(),
        Map.of("before", textBefore, "after", key.scopeText()));
  }

  private void changePolicy(ApiKey key, RefreshPolicy policy, Actor actor) {
    RefreshPolicy before = key.policy();
    if (policy.equals(before)) {
      return;
    }
    Instant now = clock.instant();
    Instant busyUntil =
        credentials.accepted(key, now).stream()
            .filter(c -> c.retiredAt().isPresent())
            .map(Credential::acceptedUntil)
            .reduce(now, (a, b) -> a.isAfter(b) ? a : b);
    key.changePolicy(policy, busyUntil);
    credentials.signAnew(key, key.granted());
    audit.append(
        key.organisationId(),
        actor,
        "API_KEY_POLICY_CHANGED",
        key.subject(),
        Map.of(
            "refresh_interval_before", before.interval(),
            "refresh_interval", policy.interval(),
            "grace_period_before", before.gracePeriod(),
            "grace_period", policy.gracePeriod(),
            "next_refresh_at", key.nextRefreshAt()));
  }

  /**
   * The current secret of a key, shown to a person again.
   *
   * @throws ProblemException 404; 409 for a revoked key, and in a strict organisation, where
   *     nothing is kept
   */
  public IssuedSecret reveal(UUID organisationId, UUID keyId, Actor actor) {
    ApiKey key = living.lock(organisationId, keyId);
    IssuedSecret issued =
        credentials
            .current(key)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.CONFLICT,
                        "This organisation keeps no secrets: they are shown once, when they are"
                            + " made."));
    audit.append(
        organisationId,
        actor,
        "API_KEY_REVEALED",
        key.subject(),
        Map.of("number", issued.number()));
    return issued;
  }

  /**
   * Ends a key for good, at once. Nothing happens to one that is revoked already.
   *
   * @param reason for the audit log
   * @throws ProblemException 404; 422 for a reason too long
   */
  public void revoke(UUID organisationId, UUID keyId, @Nullable String reason, Actor actor) {
    Map<String, String> details = Reason.optional(reason);
    ApiKey key = living.lockAny(organisationId, keyId);
    if (!key.living()) {
      return;
    }
    Instant now = clock.instant();
    key.revoke(now);
    credentials.end(key, now);
    audit.append(organisationId, actor, "API_KEY_REVOKED", key.subject(), details);
  }
}
