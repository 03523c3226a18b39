package io.keyturn.supplier;

import io.keyturn.database.InList;
import io.keyturn.http.Ids;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The locations of an organisation. */
final class LocationQuery {
  /** The list and its only order, as a cursor names it. */
  static final String LIST = "locations/name";

  private static final String FROM = " from Location l where l.organisationId = :organisation";
  private static final String ORDER = " order by l.organisationId, l.sortName, l.id";

  private final EntityManager entities;
  private final OrganisationId organisationId;

  LocationQuery(EntityManager entities, OrganisationId organisationId) {
    this.entities = entities;
    this.organisationId = organisationId;
  }

  private <T> TypedQuery<T> query(String jpql, Class<T> type) {
    return entities.createQuery(jpql, type).setParameter("organisation", organisationId);
  }

  /** How many locations there are on all pages. */
  long count(Search name) {
    return name.bind(query("select count(l)" + FROM + name.and("l.name"), Long.class))
        .getSingleResult();
  }

  /**
   * A page by name, and the row after it if there is one.
   *
   * @throws ProblemException 422 for an invalid cursor
   */
  List<Location> page(Search name, Paging paging) {
    Cursor after = paging.after();
    String behind =
        after == null ? "" : " and l.sortName >= :value and (l.sortName > :value or l.id > :id)";
    TypedQuery<Location> query =
        name.bind(query("select l" + FROM + name.and("l.name") + behind + ORDER, Location.class));
    if (after != null) {
      query.setParameter("value", sortName(after)).setParameter("id", after.id());
    }
    return query.setMaxResults(paging.fetch()).getResultList();
  }

  /** The cursor of the rows after this location. */
  static Cursor behind(Location location) {
    return new Cursor(LIST, HexFormat.of().formatHex(location.sortName()), location.id());
  }

  private static byte[] sortName(Cursor place) {
    try {
      return HexFormat.of().parseHex(place.value());
    } catch (IllegalArgumentException e) {
      throw Cursor.invalid();
    }
  }

  /**
   * The id of the location that a parameter names.
   *
   * @param idOrName an id, or a name in any case; where two names differ only in case, the exact
   *     name counts
   * @throws ProblemException 422 when the organisation has no such location
   */
  UUID named(String idOrName) {
    List<Location> found = byName(idOrName);
    return found.stream()
        .filter(l -> l.name().equals(idOrName))
        .findFirst()
        .or(() -> found.stream().findFirst())
        .map(Location::id)
        .orElseGet(() -> known(idOrName));
  }

  private List<Location> byName(String name) {
    return query("select l" + FROM + " and l.sortName = :key" + ORDER, Location.class)
        .setParameter("key", Names.sortKey(name))
        .getResultList()
        .stream()
        // The sort key ignores accents and is cut. The whole name is compared here.
        .filter(l -> Names.lower(l.name()).equals(Names.lower(name)))
        .toList();
  }

  private UUID known(String id) {
    try {
      return Optional.ofNullable(
              query("select l.id" + FROM + " and l.id = :id", UUID.class)
                  .setParameter("id", Ids.parse(id))
                  .getSingleResultOrNull())
          .orElseThrow(LocationQuery::unknown);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private static ProblemException unknown() {
    return ProblemException.invalid("location", "is neither the id nor the name of a location");
  }

  /** The locations of each of these suppliers, by name, in one query. */
  Map<UUID, List<LocationView>> ofSuppliers(Collection<UUID> supplierIds) {
    TypedQuery<Object[]> query =
        query(
            "select sl.supplierId, l from SupplierLocation sl join Location l"
                + " on l.organisationId = sl.organisationId and l.id = sl.locationId"
                + " where sl.organisationId = :organisation and sl.supplierId in "
                + InList.of("supplier", supplierIds.size())
                + ORDER,
            Object[].class);
    return InList.set(query, "supplier", supplierIds).getResultList().stream()
        .collect(
            Collectors.groupingBy(
                row -> (UUID) row[0],
                Collectors.mapping(
                    row -> LocationView.of((Location) row[1]), Collectors.toList())));
  }
}
