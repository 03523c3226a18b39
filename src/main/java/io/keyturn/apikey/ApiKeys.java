package io.keyturn.apikey;

import io.keyturn.apikey.Revocations.NamedKey;
import io.keyturn.apikey.rest.ApiKeyView;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.paging.Slice;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, shows, reveals and revokes the keys of an organisation. */
@ApplicationScoped
@Transactional
public class ApiKeys {
  @Inject private Clock clock;
  @Inject private AuditLog audit;
  @Inject private KeyLocks living;
  @Inject private Credentials credentials;
  @PersistenceContext private EntityManager entities;

  /**
   * Some of the living keys of an organisation, the newest first.
   *
   * @param search in their names, their makers' names and the masked secrets, which show the last
   *     four characters
   */
  public Slice<ApiKeyRow> slice(UUID organisationId, Search search, int first, int most) {
    return new ApiKeyQuery(
            entities,
            organisationId,
            clock.instant(),
            search,
            "k.name",
            "k.livingName",
            "k.createdByName",
            "right(c.masked, 4)")
        .slice(ApiKeyStatus.LIVING, first, most);
  }

  /** How many living keys an organisation has. */
  public long count(UUID organisationId) {
    return query(organisationId).count(ApiKeyStatus.LIVING);
  }

  /** Who made living keys of an organisation: ids by names. */
  public Map<String, UUID> makers(UUID organisationId) {
    Map<String, UUID> makers = new TreeMap<>();
    entities
        .createQuery(
            "select distinct k.createdByName, k.createdBy from ApiKey k where k.organisationId ="
                + " :organisation and k.revokedAt is null and k.createdBy is not null",
            Object[].class)
        .setParameter("organisation", organisationId)
        .getResultList()
        .forEach(row -> makers.putIfAbsent((String) row[0], (UUID) row[1]));
    return makers;
  }

  /** The living ones of these keys, by name. */
  public List<NamedKey> living(UUID organisationId, Set<UUID> ids) {
    return ids.isEmpty()
        ? List.of()
        : entities
            .createQuery(
                "select new io.keyturn.apikey.Revocations$NamedKey(k.id, k.name) from ApiKey k"
                    + " where k.organisationId = :organisation and k.revokedAt is null and k.id in"
                    + " :ids order by k.livingName",
                NamedKey.class)
            .setParameter("organisation", organisationId)
            .setParameter("ids", ids)
            .getResultList();
  }

  /** The ids of an organisation's living keys. */
  public List<UUID> ids(UUID organisationId) {
    return living.ids(organisationId);
  }

  /**
   * One page of an organisation's keys, the newest first.
   *
   * @param name what their names contain
   * @param paging with a cursor of this list
   * @throws ProblemException 422 when the cursor names no place
   */
  public ListView<ApiKeyView> page(
      UUID organisationId, ApiKeyStatus status, Search name, Paging paging) {
    ApiKeyQuery query =
        new ApiKeyQuery(entities, organisationId, clock.instant(), name, "k.name", "k.livingName");
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
    living.refuseTakenName(organisationId, wanted.name());
    ApiKey key = new ApiKey(organisationId, wanted, maker.id(), maker.name(), now);
    entities.persist(key);
    IssuedSecret issued = credentials.issue(key, CredentialCause.CREATED, now);
    living.flushName(wanted.name());
    audit.append(
        organisationId,
        maker,
        AuditAction.API_KEY_CREATED,
        key.subject(),
        AuditDetails.of(key, Map.of("scopes", key.scopeText(), "number", 1)));
    return issued;
  }

  /**
   * Notes that the first secret of a key is answered again to who made it. The key may have become
   * wider since, or its maker narrower.
   *
   * @throws ProblemException 403 naming a scope or another member, where it may do more than who
   *     asks; then nothing is to be answered
   */
  public void repeated(UUID organisationId, UUID keyId, Grantor asker, Actor maker) {
    ApiKey key = living.lockAny(organisationId, keyId);
    asker.refuseSecretOf(key);
    audit.append(
        organisationId,
        maker,
        AuditAction.API_KEY_CREATION_REPEATED,
        key.subject(),
        Map.of("number", 1));
  }

  /**
   * Refuses what opens a locked key to who may do less than that key.
   *
   * @throws ProblemException 403 naming a scope or another member; 409 for a key that was tampered
   *     with
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void refuseSecret(ApiKey key, Grantor asker) {
    credentials.refuse(key, asker, clock.instant());
  }

  /**
   * The current secret of a key, shown to a person again.
   *
   * @param asker who gets no secret of a key that may do more
   * @throws ProblemException 404; 403 naming a scope; 409 for a revoked key, for one that was
   *     tampered with, and in a strict organisation, where nothing is kept
   */
  public IssuedSecret reveal(UUID organisationId, UUID keyId, Grantor asker, Actor actor) {
    ApiKey key = living.lock(organisationId, keyId);
    credentials.refuse(key, asker, clock.instant());
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
        AuditAction.API_KEY_REVEALED,
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
    audit.append(organisationId, actor, AuditAction.API_KEY_REVOKED, key.subject(), details);
  }
}
