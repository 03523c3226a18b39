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
 * @param ended whether to list revoked and expired keys instead of keys that work
 */
public record ApiKeyFilter(
    Search search,
    @Nullable String environment,
    @Nullable Duration unusedFor,
    @Nullable UUID createdBy,
    boolean ended,
    Order order,
    boolean descending) {

  /** By what keys are sorted. */
  public enum Order {
    CREATED("k.createdAt"),
    NAME(Search.lowered("k.name")),
    /** Keys that were never used count as used before all others. */
    LAST_USED("u.lastUsedAt", " nulls first"),
    /** Keys without a next refresh come last. */
    NEXT_REFRESH("k.dueAt"),
    /** When keys were revoked or expired. */
    ENDED("coalesce(k.revokedAt, k.granted.expiresAt)");

    private final String expression;
    private final String absent;

    Order(String expression) {
      this(expression, " nulls last");
    }

    Order(String expression, String absent) {
      this.expression = expression;
      this.absent = absent;
    }

    /** The clause in JPQL. */
    String clause(boolean descending) {
      return " order by "
          + expression
          + (descending ? " desc nulls last, k.id desc" : " asc" + absent + ", k.id");
    }
  }

  /** All keys that work and match a search, the newest first. */
  public static ApiKeyFilter of(Search search) {
    return new ApiKeyFilter(search, null, null, null, false, Order.CREATED, true);
  }
}
