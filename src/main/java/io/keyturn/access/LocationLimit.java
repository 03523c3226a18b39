package io.keyturn.access;

import io.keyturn.problem.ProblemException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The locations to which a key is limited. A location that is deleted stays in the limit, so that
 * no limit ever becomes {@link #NONE} by itself.
 *
 * @param ids in a fixed order; empty: no limit
 */
public record LocationLimit(List<UUID> ids) {
  private static final int MOST = 50;

  /** All locations, and suppliers without a location. */
  public static final LocationLimit NONE = new LocationLimit(List.of());

  public LocationLimit {
    ids = List.copyOf(new TreeSet<>(ids));
  }

  /**
   * A limit that somebody asks for.
   *
   * @throws ProblemException 422 naming {@code restrict.locations} for no location, which could
   *     mean none or all, and for too many
   */
  public static LocationLimit to(Collection<UUID> wanted) {
    if (wanted.isEmpty()) {
      throw ProblemException.invalid(
          "restrict.locations", "must name a location; null removes the limit");
    }
    LocationLimit limit = new LocationLimit(List.copyOf(wanted));
    if (limit.ids.size() > MOST) {
      throw ProblemException.invalid("restrict.locations", "must not be more than " + MOST);
    }
    return limit;
  }

  /** The limit in a text of {@link #toString}. */
  public static LocationLimit parse(String text) {
    return text.isEmpty()
        ? NONE
        : new LocationLimit(List.of(text.split(" ")).stream().map(UUID::fromString).toList());
  }

  /** Whether there is a limit. */
  public boolean limited() {
    return !ids.isEmpty();
  }

  /** Whether something at these locations is within the limit. */
  public boolean admits(Collection<UUID> locations) {
    return !limited() || !Collections.disjoint(ids, locations);
  }

  /**
   * The scopes by which somebody with this limit reads. The audit log tells of all suppliers, so
   * whoever is limited reads none of it.
   */
  public Set<Scope> reading(Set<Scope> scopes) {
    if (!limited()) {
      return scopes;
    }
    Set<Scope> left = EnumSet.noneOf(Scope.class);
    left.addAll(scopes);
    left.remove(Scope.AUDIT_LOG_READ);
    return left;
  }

  /** Whether this limit admits no more than another does. */
  public boolean within(LocationLimit other) {
    return !other.limited() || (limited() && other.ids.containsAll(ids));
  }

  /** The ids with spaces between; empty for no limit. */
  @Override
  public String toString() {
    return ids.stream().map(UUID::toString).collect(Collectors.joining(" "));
  }
}
