package io.keyturn.supplier;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Reach;
import io.keyturn.database.InList;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one rule of what a key that is limited to locations sees and writes (decision record 0052).
 *
 * <p>It sees a supplier that is at one of its locations; every other supplier does not exist for
 * it. What it writes stays at one of its locations, and changes nothing of a supplier's other
 * locations.
 */
final class SupplierReach {
  private final EntityManager entities;
  private final Reach reach;

  SupplierReach(EntityManager entities, Reach reach) {
    this.entities = entities;
    this.reach = reach;
  }

  private LocationLimit limit() {
    return reach.locations();
  }

  /**
   * The condition under which a query sees a supplier.
   *
   * @param organisation the supplier's organisation in JPQL
   * @param supplier the supplier's id in JPQL
   */
  String and(String organisation, String supplier) {
    return limit().limited()
        ? " and exists (select 1 from SupplierLocation reach where reach.organisationId = "
            + organisation
            + " and reach.supplierId = "
            + supplier
            + " and reach.locationId in "
            + InList.of("reach", limit().ids().size())
            + ")"
        : "";
  }

  /** Sets the parameters of {@link #and}. */
  <T> TypedQuery<T> bind(TypedQuery<T> query) {
    return limit().limited() ? InList.set(query, "reach", limit().ids()) : query;
  }

  /**
   * A supplier.
   *
   * @param lock {@code NONE} to read it only
   * @throws ProblemException 404
   */
  Supplier one(UUID id, LockModeType lock) {
    Supplier supplier =
        entities
            .createQuery(
                "select s from Supplier s where s.organisationId = :organisation and s.id = :id",
                Supplier.class)
            .setParameter("organisation", reach.organisationId())
            .setParameter("id", id)
            .setLockMode(lock)
            .getSingleResultOrNull();
    // After the lock: the row says where the supplier is now.
    if (supplier == null || !sees(supplier)) {
      throw ProblemException.notFound("supplier");
    }
    return supplier;
  }

  boolean sees(Supplier supplier) {
    return !limit().limited() || limit().admits(ids(supplier.locations()));
  }

  /**
   * Refuses what must not be written.
   *
   * @param before the data until now; null for a new supplier
   * @throws ProblemException 403 {@code location_not_allowed}
   */
  void check(@Nullable SupplierData before, SupplierData after) {
    if (!limit().limited()) {
      return;
    }
    if (!limit().admits(ids(after.locations()))) {
      throw refused(
          "The API key is limited to locations: a supplier that it writes must be at one of them.");
    }
    if (!outside(after).equals(before == null ? Set.of() : outside(before))) {
      throw refused(
          "The API key is limited to locations: it can neither add nor remove any other location"
              + " of a supplier.");
    }
  }

  private Set<UUID> outside(SupplierData data) {
    Set<UUID> outside = new HashSet<>(ids(data.locations()));
    limit().ids().forEach(outside::remove);
    return outside;
  }

  /**
   * Refuses to change what suppliers at all locations have in common.
   *
   * @throws ProblemException 403 {@code location_not_allowed}, where there is a limit
   */
  static void refuseShared(Reach reach) {
    if (reach.locations().limited()) {
      throw refused(
          "The API key is limited to locations: it can neither create nor rename locations,"
              + " departments and custom fields, which all suppliers share.");
    }
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ProblemType.LOCATION_NOT_ALLOWED, detail)
        .member("field", "locations");
  }

  private static List<UUID> ids(List<Reference> locations) {
    return locations.stream().map(r -> Objects.requireNonNull(r.id())).collect(Collectors.toList());
  }
}
