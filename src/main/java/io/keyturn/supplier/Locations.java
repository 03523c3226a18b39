package io.keyturn.supplier;

import io.keyturn.platform.Cursor;
import io.keyturn.platform.Ids;
import io.keyturn.platform.ListView;
import io.keyturn.platform.Paging;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The locations of an organisation. */
@ApplicationScoped
@Transactional
public class Locations {
  /** The list and its one order, as a cursor names it. */
  static final String LIST = "locations/name";

  private static final String ORDER = " order by l.organisationId, l.sortName, l.id";

  @PersistenceContext private EntityManager entities;

  /** For CDI, which sets the fields. */
  public Locations() {}

  Locations(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * One page of the locations, by name.
   *
   * @param paging with a cursor of {@link #LIST}
   * @throws ProblemException 422 when the cursor names no place
   */
  public ListView<LocationView> list(UUID organisationId, Paging paging) {
    Cursor after = paging.after();
    TypedQuery<Location> query =
        entities
            .createQuery(
                "select l from Location l where l.organisationId = :organisation"
                    + (after == null
                        ? ""
                        : " and l.sortName >= :value and (l.sortName > :value or l.id > :id)")
                    + ORDER,
                Location.class)
            .setParameter("organisation", organisationId);
    if (after != null) {
      query.setParameter("value", sortName(after)).setParameter("id", after.id());
    }
    List<Location> read = query.setMaxResults(paging.fetch()).getResultList();
    return new ListView<>(
        paging.cut(read).stream().map(LocationView::of).toList(),
        paging.page(read, Locations::behind, paging.counted() ? count(organisationId) : null));
  }

  private static Cursor behind(Location location) {
    return new Cursor(LIST, HexFormat.of().formatHex(location.sortName()), location.id());
  }

  private static byte[] sortName(Cursor place) {
    try {
      return HexFormat.of().parseHex(place.value());
    } catch (IllegalArgumentException e) {
      throw Cursor.invalid();
    }
  }

  private long count(UUID organisationId) {
    return entities
        .createQuery(
            "select count(l) from Location l where l.organisationId = :organisation", Long.class)
        .setParameter("organisation", organisationId)
        .getSingleResult();
  }

  /**
   * The id of the location that a parameter names.
   *
   * @param idOrName an id, or a name in whatever case; where two differ in case only, the exact one
   * @throws ProblemException 422 when the organisation has no such location
   */
  UUID named(UUID organisationId, String idOrName) {
    List<Location> found = byName(organisationId, idOrName);
    return found.stream()
        .filter(l -> l.name().equals(idOrName))
        .findFirst()
        .or(() -> found.stream().findFirst())
        .map(Location::id)
        .orElseGet(() -> known(organisationId, idOrName));
  }

  private List<Location> byName(UUID organisationId, String name) {
    return entities
        .createQuery(
            "select l from Location l where l.organisationId = :organisation and l.sortName = :key"
                + ORDER,
            Location.class)
        .setParameter("organisation", organisationId)
        .setParameter("key", Names.sortKey(name))
        .getResultStream()
        // The key knows no accents and is cut, a name is neither.
        .filter(l -> Names.lower(l.name()).equals(Names.lower(name)))
        .toList();
  }

  private UUID known(UUID organisationId, String id) {
    try {
      return entities
          .createQuery(
              "select l.id from Location l where l.organisationId = :organisation and l.id = :id",
              UUID.class)
          .setParameter("organisation", organisationId)
          .setParameter("id", Ids.parse(id))
          .getResultStream()
          .findFirst()
          .orElseThrow(Locations::unknown);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private static ProblemException unknown() {
    return ProblemException.invalid("location", "is neither the id nor the name of a location");
  }

  /** The locations of each of these suppliers, by name, in one query. */
  Map<UUID, List<LocationView>> ofSuppliers(UUID organisationId, Collection<UUID> supplierIds) {
    return entities
        .createQuery(
            "select sl.supplierId, l from SupplierLocation sl join Location l"
                + " on l.organisationId = sl.organisationId and l.id = sl.locationId"
                + " where sl.organisationId = :organisation and sl.supplierId in :suppliers"
                + ORDER,
            Object[].class)
        .setParameter("organisation", organisationId)
        .setParameter("suppliers", supplierIds)
        .getResultStream()
        .collect(
            Collectors.groupingBy(
                row -> (UUID) row[0],
                Collectors.mapping(
                    row -> LocationView.of((Location) row[1]), Collectors.toList())));
  }
}
