package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.apikey.Revocations.NamedKey;
import io.keyturn.apikey.rest.ApiKeyView;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.database.InList;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.paging.Slice;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates, shows, reveals and revokes the keys of an organisation. */
@ApplicationScoped
@Transactional
public class ApiKeys {
  private static final Set<ApiKeyStatus> NOT_REVOKED =
      EnumSet.complementOf(EnumSet.of(ApiKeyStatus.REVOKED));

  /** How many keys a part of a name finds. */
  public static final int MOST_NAMED = 100;

  @Inject private Clock clock;
  @Inject private AuditLog audit;
  @Inject private KeyLocks locks;
  @Inject private Credentials credentials;
  @Inject private Organisations organisations;
  @Inject private Event<KeyLimited> limited;
  @PersistenceContext private EntityManager entities;

  /** Some of the keys of an organisation that a filter selects. */
  public Slice<ApiKeyRow> slice(
      OrganisationId organisationId, ApiKeyFilter filter, int first, int most) {
    return new ApiKeyQuery(
            entities,
            organisationId,
            clock.instant(),
            filter.search(),
            "k.name",
            "k.reservedName",
            "k.creator.createdByName",
            "right(c.masked, 4)")
        .narrow(filter)
        .slice(
            filter.ended()
                ? EnumSet.of(ApiKeyStatus.REVOKED, ApiKeyStatus.EXPIRED)
                : EnumSet.of(ApiKeyStatus.ACTIVE),
            filter.order().clause(filter.descending()),
            first,
            most);
  }

  /** How many keys of an organisation are not revoked. */
  public long count(OrganisationId organisationId) {
    return query(organisationId).count(NOT_REVOKED);
  }

  /** The creators of an organisation's keys that are not revoked: ids by names. */
  public Map<String, UUID> creators(OrganisationId organisationId) {
    Map<String, UUID> creators = new TreeMap<>();
    entities
        .createQuery(
            "select distinct k.creator.createdByName, k.creator.createdBy from ApiKey k where k.organisationId ="
                + " :organisation and k.revokedAt is null and k.creator.createdBy is not null",
            Object[].class)
        .setParameter("organisation", organisationId)
        .getResultList()
        .forEach(row -> creators.putIfAbsent((String) row[0], (UUID) row[1]));
    return creators;
  }

  /** The keys with these ids that are not revoked, by name. */
  public List<NamedKey> notRevoked(OrganisationId organisationId, Set<ApiKeyId> ids) {
    return ids.isEmpty()
        ? List.of()
        : entities
            .createQuery(
                "select new io.keyturn.apikey.Revocations$NamedKey(k.id, k.name) from ApiKey k"
                    + " where k.organisationId = :organisation and k.revokedAt is null and k.id in"
                    + " :ids order by k.reservedName",
                NamedKey.class)
            .setParameter("organisation", organisationId)
            .setParameter("ids", ids)
            .getResultList();
  }

  /** The names of keys in any state, by their ids. */
  public Map<ApiKeyId, String> names(OrganisationId organisationId, Set<ApiKeyId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    TypedQuery<Object[]> query =
        entities
            .createQuery(
                "select k.id, k.name from ApiKey k where k.organisationId = :organisation and k.id"
                    + " in "
                    + InList.of("id", ids.size()),
                Object[].class)
            .setParameter("organisation", organisationId);
    return InList.set(query, "id", ids).getResultList().stream()
        .collect(Collectors.toMap(row -> (ApiKeyId) row[0], row -> (String) row[1]));
  }

  /** The ids of some keys in any state whose names have a text, the newest first. */
  public Set<ApiKeyId> named(OrganisationId organisationId, Search name) {
    return Set.copyOf(
        name.bind(
                entities.createQuery(
                    "select k.id from ApiKey k where k.organisationId = :organisation"
                        + name.and("k.name")
                        + " order by k.createdAt desc, k.id desc",
                    ApiKeyId.class))
            .setParameter("organisation", organisationId)
            .setMaxResults(MOST_NAMED)
            .getResultList());
  }

  /** The ids of an organisation's keys that are not revoked. */
  public List<ApiKeyId> ids(OrganisationId organisationId) {
    return locks.ids(organisationId);
  }

  /**
   * A page of an organisation's keys, the newest first.
   *
   * @param name a part of the keys' names
   * @param paging with a cursor of this list
   * @throws ProblemException 422 for an invalid cursor
   */
  public ListView<ApiKeyView> page(
      OrganisationId organisationId, Set<ApiKeyStatus> statuses, Search name, Paging paging) {
    ApiKeyQuery query =
        new ApiKeyQuery(
            entities, organisationId, clock.instant(), name, "k.name", "k.reservedName");
    List<ApiKeyRow> read = query.page(statuses, paging);
    return new ListView<>(
        paging.cut(read).stream().map(ApiKeyView::of).toList(),
        paging.page(read, ApiKeyQuery::behind, paging.counted() ? query.count(statuses) : null));
  }

  /**
   * A key in any state.
   *
   * @throws ProblemException 404
   */
  public ApiKeyRow get(OrganisationId organisationId, ApiKeyId keyId) {
    return query(organisationId).one(keyId).orElseThrow(() -> ProblemException.notFound("API key"));
  }

  private ApiKeyQuery query(OrganisationId organisationId) {
    return new ApiKeyQuery(entities, organisationId, clock.instant());
  }

  /**
   * Refuses a name that a key has which is not revoked.
   *
   * @throws ProblemException 409 with member {@code id}
   */
  public void refuseTakenName(OrganisationId organisationId, String name) {
    locks.refuseTakenName(organisationId, name);
  }

  /**
   * Creates a key with its first secret.
   *
   * @throws ProblemException 409 with member {@code id} when a key that is not revoked has this
   *     name; 422 when the planned end is past, or when a location of its limit is unknown
   */
  public IssuedSecret create(OrganisationId organisationId, NewApiKey wanted, Actor creator) {
    Instant now = clock.instant();
    NewApiKey.refusePast(wanted.expiresAt(), now);
    if (wanted.restrictions().locations().limited()) {
      limited.fire(new KeyLimited(organisationId, wanted.restrictions().locations()));
    }
    locks.refuseTakenName(organisationId, wanted.name());
    ApiKey key = new ApiKey(organisationId, wanted, creator.id(), creator.name(), now);
    entities.persist(key);
    IssuedSecret issued = credentials.issue(key, CredentialCause.CREATED, now);
    locks.flushName(wanted.name());
    audit.append(
        organisationId,
        creator,
        AuditAction.API_KEY_CREATED,
        key.subject(),
        AuditDetails.of(key, Map.of("scopes", key.scopeText(), "number", 1)));
    return issued;
  }

  /**
   * Records that the creator of a key gets its first secret again. Since then the key may have been
   * given more, or its creator may have lost rights.
   *
   * @throws ProblemException 403 naming a scope or another member, where the key may do more than
   *     the grantor; then nothing must be answered
   */
  public void repeated(
      OrganisationId organisationId, ApiKeyId keyId, Grantor grantor, Actor creator) {
    ApiKey key = locks.lockAny(organisationId, keyId);
    grantor.refuseSecretOf(key);
    audit.append(
        organisationId,
        creator,
        AuditAction.API_KEY_CREATION_REPEATED,
        key.subject(),
        Map.of("number", 1));
  }

  /**
   * Refuses access to the secret of a locked key to a grantor that may do less than the key.
   *
   * @throws ProblemException 403 naming a scope or another member; 409 for a key that was tampered
   *     with
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void refuseSecret(ApiKey key, Grantor grantor) {
    credentials.refuse(key, grantor, clock.instant());
  }

  /**
   * Reveals the current secret of a key.
   *
   * @param grantor the person or key that asks; gets no secret of a key that may do more
   * @throws ProblemException 404; 403 naming a scope; 409 for a revoked key, for a key that was
   *     tampered with, and in a strict organisation, which keeps no secrets
   */
  public IssuedSecret reveal(
      OrganisationId organisationId, ApiKeyId keyId, Grantor grantor, Actor actor) {
    ApiKey key = locks.lock(organisationId, keyId);
    credentials.refuse(key, grantor, clock.instant());
    IssuedSecret issued =
        credentials
            .current(key)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.CONFLICT,
                        organisations.byId(organisationId).orElseThrow().strict()
                            ? "This organisation keeps no secrets: each secret is shown once, when"
                                + " it is created."
                            : "This secret was created while the organisation kept no secrets. The"
                                + " next secret of the key can be shown: refresh the key."));
    audit.append(
        organisationId,
        actor,
        AuditAction.API_KEY_REVEALED,
        key.subject(),
        Map.of("number", issued.number()));
    return issued;
  }

  /**
   * Ends a key for good, at once. A key that is revoked already stays as it is.
   *
   * @param reason for the audit log
   * @throws ProblemException 404; 422 for a reason that is too long
   */
  public void revoke(
      OrganisationId organisationId, ApiKeyId keyId, @Nullable String reason, Actor actor) {
    Map<String, String> details = Reason.optional(reason);
    ApiKey key = locks.lockAny(organisationId, keyId);
    if (key.revoked()) {
      return;
    }
    Instant now = clock.instant();
    key.revoke(now);
    credentials.end(key, now);
    audit.append(organisationId, actor, AuditAction.API_KEY_REVOKED, key.subject(), details);
  }
}
