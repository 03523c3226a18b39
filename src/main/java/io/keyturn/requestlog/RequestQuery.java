package io.keyturn.requestlog;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests of an organisation that match a filter. */
final class RequestQuery {
  private static final int NANOS_IN_MICRO = 1_000;

  private final EntityManager entities;
  private final StringBuilder where =
      new StringBuilder(" from ApiRequest r where r.organisationId = :organisation");
  private final Map<String, Object> parameters = new HashMap<>();
  private final Search agent;

  /** The columns of the index that the list is read from, before the time. */
  private final List<String> index;

  /**
   * @param keys the keys whose requests are wanted; null for all requests
   */
  RequestQuery(
      EntityManager entities,
      OrganisationId organisationId,
      RequestFilter filter,
      @Nullable Set<ApiKeyId> keys) {
    this.entities = entities;
    this.agent = Search.of(filter.agent());
    parameters.put("organisation", organisationId);
    index =
        keys != null && keys.size() == 1
            ? List.of("r.organisationId", "r.apiKeyId")
            : List.of("r.organisationId");
    if (keys != null && keys.size() == 1) {
      and("r.apiKeyId = :key", "key", keys.iterator().next());
    } else if (keys != null) {
      // No share is below 0, so that no keys have no requests.
      and(
          keys.isEmpty() ? "r.share < :keys" : "r.apiKeyId in :keys",
          "keys",
          keys.isEmpty() ? 0 : keys);
    }
    and("r.requestId = :requestId", "requestId", filter.requestId());
    and("r.at >= :from", "from", filter.from());
    and("r.at < :to", "to", filter.to());
    and("r.method = :method", "method", filter.method());
    and("r.path = :path", "path", filter.path());
    RequestFilter.Statuses statuses = filter.statuses();
    and("r.status >= :lowest", "lowest", statuses == null ? null : statuses.first());
    and("r.status <= :highest", "highest", statuses == null ? null : statuses.last());
    and("r.code = :code", "code", filter.code());
    and("r.address = :address", "address", filter.address());
    Duration longest = filter.longest();
    and(
        "r.micros >= :micros",
        "micros",
        longest == null ? null : longest.toNanos() / NANOS_IN_MICRO);
    where.append(agent.and("r.userAgent"));
  }

  private void and(String condition, String parameter, @Nullable Object value) {
    if (value != null) {
      where.append(" and ").append(condition);
      parameters.put(parameter, value);
    }
  }

  /** A page, the newest first, and the request after it if there is one. */
  List<ApiRequest> page(Paging paging) {
    Cursor after = paging.after();
    return read(
        after,
        " and r.at <= :place and (r.at < :place or r.requestId < :id)",
        " desc",
        paging.fetch());
  }

  /** Requests just before a cursor, nearest first: the previous page in reverse order. */
  List<ApiRequest> before(Cursor place, int count) {
    return read(place, " and r.at >= :place and (r.at > :place or r.requestId > :id)", "", count);
  }

  private List<ApiRequest> read(
      @Nullable Cursor place, String behind, String direction, int count) {
    String order =
        " order by "
            + String.join(direction + ", ", index)
            + direction
            + ", r.at"
            + direction
            + ", r.requestId"
            + direction;
    TypedQuery<ApiRequest> query =
        agent.bind(
            entities.createQuery(
                "select r" + where + (place == null ? "" : behind) + order, ApiRequest.class));
    parameters.forEach(query::setParameter);
    if (place != null) {
      query.setParameter("place", place.time()).setParameter("id", place.id());
    }
    return query.setMaxResults(count).getResultList();
  }
}
