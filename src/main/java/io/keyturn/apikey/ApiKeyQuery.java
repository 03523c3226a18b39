package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.paging.Slice;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the keys of an organisation with their current credentials. */
public final class ApiKeyQuery {
  /** The list and its only order, as a cursor names it. */
  public static final String LIST = "api-keys/-created_at";

  private static final String ROW =
      """
      select new io.keyturn.apikey.ApiKeyRow(k.id, k.name, k.environment, k.granted.scopes, c.masked,
        k.currentNumber, c.acceptedUntil, k.createdAt, k.creator.createdByName, k.refreshIntervalSeconds,
        k.gracePeriodSeconds, k.nextRefreshAt, u.lastUsedAt,
        case when r.acceptedUntil > :now then r.retiredAt else null end,
        case when r.acceptedUntil > :now then r.acceptedUntil else null end,
        k.granted.expiresAt, case when k.granted.expiresAt <= :now then true else false end, k.revokedAt,
        k.version, k.creator.createdBy, k.granted.networks, k.granted.requestsPerMinute,
        k.granted.burst, k.granted.requestsPerDay, k.granted.locations)
      from ApiKey k
      left join Credential c on c.apiKeyId = k.id and c.number = k.currentNumber
      left join Credential r on r.apiKeyId = k.id and r.number = k.currentNumber - 1
      left join ApiKeyUse u on u.apiKeyId = k.id
      """;

  private static final String ORDER = " order by k.createdAt desc, k.id desc";

  private final EntityManager entities;
  private final OrganisationId organisationId;
  private final Instant now;
  private final Search search;
  private final Map<String, Object> parameters = new HashMap<>();
  private String narrowed;

  /** A query for all keys. */
  ApiKeyQuery(EntityManager entities, OrganisationId organisationId, Instant now) {
    this(entities, organisationId, now, Search.ALL);
  }

  /**
   * A query for keys with a text in at least one of these columns.
   *
   * @param columns of {@code k}, the key, and {@code c}, its current credential
   */
  ApiKeyQuery(
      EntityManager entities,
      OrganisationId organisationId,
      Instant now,
      Search search,
      String... columns) {
    this.entities = entities;
    this.organisationId = organisationId;
    this.now = now;
    this.search = search;
    this.narrowed = search.and(columns);
  }

  /** Narrows the query to the keys of a filter, whose search it already has. */
  ApiKeyQuery narrow(ApiKeyFilter filter) {
    and("k.environment = :environment", "environment", filter.environment());
    and("k.creator.createdBy = :creator", "creator", filter.createdBy());
    and(
        "coalesce(u.lastUsedAt, k.createdAt) < :since",
        "since",
        filter.unusedFor() == null ? null : now.minus(filter.unusedFor()));
    return this;
  }

  private void and(String condition, String parameter, @Nullable Object value) {
    if (value != null) {
      narrowed += " and " + condition;
      parameters.put(parameter, value);
    }
  }

  private String where(Set<ApiKeyStatus> statuses) {
    return " where k.organisationId = :organisation"
        + narrowed
        + statuses.stream()
            .map(ApiKeyQuery::condition)
            .collect(Collectors.joining(" or ", " and (", ")"));
  }

  private static String condition(ApiKeyStatus status) {
    return switch (status) {
      case ACTIVE ->
          "k.revokedAt is null and (k.granted.expiresAt is null or k.granted.expiresAt > :now)";
      case EXPIRED -> "k.revokedAt is null and k.granted.expiresAt <= :now";
      case REVOKED -> "k.revokedAt is not null";
    };
  }

  private <T> TypedQuery<T> query(String jpql, Class<T> type) {
    TypedQuery<T> query =
        search.bind(entities.createQuery(jpql, type).setParameter("organisation", organisationId));
    parameters.forEach(query::setParameter);
    return jpql.contains(":now") ? query.setParameter("now", now) : query;
  }

  /**
   * A part of the list, from a position on.
   *
   * @param order the clause in JPQL
   */
  Slice<ApiKeyRow> slice(Set<ApiKeyStatus> statuses, String order, int first, int most) {
    List<ApiKeyRow> rows =
        query(ROW + where(statuses) + order, ApiKeyRow.class)
            .setFirstResult(first)
            .setMaxResults(most)
            .getResultList();
    return new Slice<>(rows, count(statuses));
  }

  /** The key with this id. */
  Optional<ApiKeyRow> one(ApiKeyId id) {
    return Optional.ofNullable(
        query(ROW + where(EnumSet.allOf(ApiKeyStatus.class)) + " and k.id = :id", ApiKeyRow.class)
            .setParameter("id", id)
            .getSingleResultOrNull());
  }

  /** How many keys there are on all pages. */
  long count(Set<ApiKeyStatus> statuses) {
    return query(
            "select count(k) from ApiKey k left join Credential c on c.apiKeyId = k.id and"
                + " c.number = k.currentNumber"
                + (parameters.containsKey("since")
                    ? " left join ApiKeyUse u on u.apiKeyId = k.id"
                    : "")
                + where(statuses),
            Long.class)
        .getSingleResult();
  }

  /**
   * A page, and the row after it if there is one.
   *
   * @throws io.keyturn.problem.ProblemException 422 for an invalid cursor
   */
  List<ApiKeyRow> page(Set<ApiKeyStatus> statuses, Paging paging) {
    Cursor after = paging.after();
    String behind =
        after == null ? "" : " and k.createdAt <= :at and (k.createdAt < :at or k.id < :id)";
    TypedQuery<ApiKeyRow> query = query(ROW + where(statuses) + behind + ORDER, ApiKeyRow.class);
    if (after != null) {
      query.setParameter("at", after.time()).setParameter("id", new ApiKeyId(after.id()));
    }
    return query.setMaxResults(paging.fetch()).getResultList();
  }

  /** The cursor of the rows after this key. */
  static Cursor behind(ApiKeyRow row) {
    return new Cursor(LIST, row.createdAt().toString(), row.id().value());
  }
}
