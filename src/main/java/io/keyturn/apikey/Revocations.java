package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.database.InList;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends several keys of an organisation for good, all or nothing. */
@ApplicationScoped
@Transactional
public class Revocations {
  /** How many keys can be revoked at once. */
  public static final int MOST = 500;

  private static final Duration SHORTEST = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(3_650);

  @Inject private Clock clock;
  @Inject private AuditLog audit;
  @Inject private KeyLocks locks;
  @Inject private Credentials credentials;
  @PersistenceContext private EntityManager entities;

  /** A key's id and name. */
  public record NamedKey(ApiKeyId id, String name) {}

  /**
   * The keys that a rule finds.
   *
   * @param keys at most {@value #MOST}, by name
   * @param total how many keys the rule finds
   */
  public record Found(List<NamedKey> keys, long total) {}

  /**
   * A rule that selects keys.
   *
   * @param createdBy the person or key that created the keys; null for any creator
   * @param unusedFor how long the keys were not used, counted from their creation if they never
   *     were: 1 to 3650 days; null for keys in use too
   */
  public record Rule(@Nullable UUID createdBy, @Nullable Duration unusedFor) {

    /**
     * @throws ProblemException 422 naming {@code unused_for}
     */
    public Rule {
      if (unusedFor != null
          && (unusedFor.compareTo(SHORTEST) < 0 || unusedFor.compareTo(LONGEST) > 0)) {
        throw ProblemException.invalid("unused_for", "must be from 1 to 3650 days");
      }
    }
  }

  /** The keys that a rule selects and that are not revoked. */
  public Found find(OrganisationId organisationId, Rule rule) {
    String where =
        " from ApiKey k left join ApiKeyUse u on u.apiKeyId = k.id"
            + " where k.organisationId = :organisation and k.revokedAt is null"
            + (rule.createdBy() == null ? "" : " and k.creator.createdBy = :creator")
            + (rule.unusedFor() == null ? "" : " and coalesce(u.lastUsedAt, k.createdAt) < :since");
    List<NamedKey> keys =
        bound(
                "select new io.keyturn.apikey.Revocations$NamedKey(k.id, k.name)"
                    + where
                    + " order by k.reservedName",
                NamedKey.class,
                organisationId,
                rule)
            .setMaxResults(MOST)
            .getResultList();
    long total =
        keys.size() < MOST
            ? keys.size()
            : bound("select count(k)" + where, Long.class, organisationId, rule).getSingleResult();
    return new Found(keys, total);
  }

  private <T> TypedQuery<T> bound(
      String jpql, Class<T> type, OrganisationId organisationId, Rule rule) {
    TypedQuery<T> query =
        entities.createQuery(jpql, type).setParameter("organisation", organisationId);
    if (rule.createdBy() != null) {
      query.setParameter("creator", rule.createdBy());
    }
    if (rule.unusedFor() != null) {
      query.setParameter("since", clock.instant().minus(rule.unusedFor()));
    }
    return query;
  }

  /**
   * Revokes these keys. Keys that are revoked already stay as they are.
   *
   * @param reason for the audit log
   * @return the keys that were revoked now
   * @throws ProblemException 422 naming each id of which the organisation has no key, and then no
   *     key is revoked; 422 for too many keys or none, and without a reason
   */
  public List<NamedKey> revoke(
      OrganisationId organisationId, List<ApiKeyId> ids, @Nullable String reason, Actor actor) {
    String why = Reason.required(reason);
    if (ids.isEmpty() || ids.size() > MOST) {
      throw ProblemException.invalid("ids", "must name 1 to " + MOST);
    }
    requireOwn(organisationId, ids);
    List<ApiKey> keys = locks.lock(organisationId, ids);
    Instant now = clock.instant();
    Map<ApiKeyId, List<Credential>> accepted = credentials.accepted(keys, now);
    List<NamedKey> revoked = new ArrayList<>();
    for (ApiKey key : keys) {
      key.revoke(now);
      credentials.end(key, accepted.getOrDefault(key.id(), List.of()), now);
      audit.append(
          organisationId, actor, AuditAction.API_KEY_REVOKED, key.subject(), Map.of("reason", why));
      revoked.add(new NamedKey(key.id(), key.name()));
    }
    return revoked;
  }

  private void requireOwn(OrganisationId organisationId, List<ApiKeyId> ids) {
    TypedQuery<ApiKeyId> query =
        entities.createQuery(
            "select k.id from ApiKey k where k.organisationId = :organisation and k.id in "
                + InList.of("id", ids.size()),
            ApiKeyId.class);
    Set<ApiKeyId> own =
        new HashSet<>(
            InList.set(query, "id", ids)
                .setParameter("organisation", organisationId)
                .getResultList());
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (!own.contains(ids.get(i))) {
        errors.add(new FieldError("ids[" + i + "]", "is no API key of the organisation"));
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }
}
