package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.http.IfMatch;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes the keys of an organisation. */
@ApplicationScoped
@Transactional
public class ApiKeyChanges {
  @Inject private Clock clock;
  @Inject private AuditLog audit;
  @Inject private KeyLocks locks;
  @Inject private Credentials credentials;
  @Inject private Refreshes refreshes;
  @Inject private ApiKeys keys;
  @Inject private Event<KeyLimited> limited;
  @PersistenceContext private EntityManager entities;

  /**
   * Changes a key's name, scopes, restrictions, planned end or refresh policy.
   *
   * <p>After a change of the policy, the due times are the creation time plus multiples of the new
   * interval, and the current secret stops working at the next due time plus the new grace period.
   * A refresh that is due already runs before the change. Otherwise it would be left out, and its
   * secret, which may have ended, would work again.
   *
   * @param grantor the person or key that asks. It cannot grant more than it has. It cannot narrow
   *     a key that may do more, because it could then get that key's secret.
   * @return the key as it is now
   * @throws ProblemException 404; 403 naming a scope or another member; 409 for a revoked key, a
   *     taken name, or another planned end of a key that has expired; 412 for another version; 422
   *     naming the member that is out of bounds
   */
  public ApiKeyRow change(
      OrganisationId organisationId,
      ApiKeyId keyId,
      IfMatch versions,
      ApiKeyChange change,
      Grantor grantor,
      Actor actor) {
    ApiKey key = locks.lock(organisationId, keyId);
    versions.check(key.version());
    if (change.name() != null) {
      rename(key, NewApiKey.name(change.name()), actor);
    }
    if (change.scopes() != null) {
      grant(key, change.scopes(), grantor, actor);
    }
    restrict(key, change.restrictions(), grantor, actor);
    changePolicy(key, change.policy(key.policy()), actor);
    entities.flush();
    return keys.get(organisationId, keyId);
  }

  private void rename(ApiKey key, String name, Actor actor) {
    String before = key.name();
    if (name.equals(before)) {
      return;
    }
    if (!ApiKey.reservedName(name).equals(ApiKey.reservedName(before))) {
      locks.refuseTakenName(key.organisationId(), name);
    }
    key.rename(name);
    locks.flushName(name);
    audit.append(
        key.organisationId(),
        actor,
        AuditAction.API_KEY_RENAMED,
        key.subject(),
        Map.of("before", before));
  }

  private void grant(ApiKey key, Set<Scope> scopes, Grantor grantor, Actor actor) {
    Set<Scope> before = key.scopes();
    if (scopes.equals(before)) {
      return;
    }
    grantor.refuseMore(scopes);
    grantor.refuseSecretOf(key);
    String textBefore = key.scopeText();
    KeyGrant grantedBefore = key.granted();
    key.grant(scopes);
    credentials.signAnew(key, grantedBefore);
    audit.append(
        key.organisationId(),
        actor,
        AuditAction.API_KEY_SCOPES_CHANGED,
        key.subject(),
        Map.of("before", textBefore, "after", key.scopeText()));
  }

  private void changePolicy(ApiKey key, RefreshPolicy policy, Actor actor) {
    RefreshPolicy before = key.policy();
    if (policy.equals(before)) {
      return;
    }
    Instant now = clock.instant();
    if (key.due(now)) {
      refreshes.refreshDue(key, now);
    }
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
        AuditAction.API_KEY_POLICY_CHANGED,
        key.subject(),
        Map.of(
            "refresh_interval_before", before.interval(),
            "refresh_interval", policy.interval(),
            "grace_period_before", before.gracePeriod(),
            "grace_period", policy.gracePeriod(),
            "next_refresh_at", key.nextRefreshAt()));
  }

  private void restrict(ApiKey key, RestrictionChange change, Grantor grantor, Actor actor) {
    Instant now = clock.instant();
    KeyGrant before = key.granted();
    Restrictions wanted = change.restrictions(before.restrictions());
    Instant end = NewApiKey.end(change.end(key.expiresAt()));
    boolean otherEnd = !Objects.equals(end, key.expiresAt());
    if (wanted.equals(before.restrictions()) && !otherEnd) {
      return;
    }
    grantor.refuseMore(key.environment(), wanted, end);
    grantor.refuseSecretOf(key);
    if (!wanted.locations().equals(before.restrictions().locations())) {
      limited.fire(new KeyLimited(key.organisationId(), wanted.locations()));
    }
    if (otherEnd) {
      planEnd(key, end, now);
    }
    key.restrict(wanted);
    credentials.signAnew(key, before);
    audit.append(
        key.organisationId(),
        actor,
        AuditAction.API_KEY_RESTRICTED,
        key.subject(),
        AuditDetails.of(before, key.granted()));
  }

  private static void planEnd(ApiKey key, @Nullable Instant end, Instant now) {
    if (key.expired(now)) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "This API key expired at " + key.expiresAt() + ", which is final. Create a new API key.");
    }
    NewApiKey.refusePast(end, now);
    key.planEnd(end, now);
  }
}
