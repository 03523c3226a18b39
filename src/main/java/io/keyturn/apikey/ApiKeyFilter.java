package io.keyturn.apikey;

import io.keyturn.paging.Search;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which keys a page lists, and in which order.
 *
 * @param search in the names of keys and of their creators, and in the last four characters of the
 *     current secret
 * @param environment {@code live} or {@code test}; null for both
 * @param unusedFor how long the keys were not used, counted from their creation if they never were;
 *     null for keys in use too
 * @param createdBy the person or key that created the keys or took them over; null for any
 * @param revoked whether to list revoked keys instead of keys that are not revoked
 */
public record ApiKeyFilter(
    Search search,
    @Nullable String environment,
    @Nullable Duration unusedFor,
    @Nullable UUID createdBy,
    boolean revoked,
    Order order,
    boolean descending) {

  /** By what keys are sorted. */
  public enum Order {
    CREATED("k.createdAt"),
    NAME(Search.lowered("k.name")),
    LAST_USED("u.lastUsedAt"),
    NEXT_REFRESH("k.nextRefreshAt");

    private final String expression;

    Order(String expression) {
      this.expression = expression;
    }

    /** The clause in JPQL. Keys that were never used count as used before all others. */
    String clause(boolean descending) {
      return " order by "
          + expression
          + (descending ? " desc nulls last, k.id desc" : " asc nulls first, k.id");
    }
  }

  /** All keys that are not revoked and match a search, the newest first. */
  public static ApiKeyFilter of(Search search) {
    return new ApiKeyFilter(search, null, null, null, false, Order.CREATED, true);
  }
}
