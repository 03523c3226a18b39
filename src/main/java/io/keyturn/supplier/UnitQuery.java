package io.keyturn.supplier;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Reach;
import io.keyturn.database.InList;
import io.keyturn.http.Ids;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The locations or departments within somebody's reach. A limit to locations hides the others. */
final class UnitQuery<T extends Unit> {
  private static final String ORDER = " order by l.organisationId, l.sortName, l.id";

  private final EntityManager entities;
  private final OrganisationId organisationId;
  private final UnitKind<T> kind;
  private final LocationLimit limit;
  private final String from;

  UnitQuery(EntityManager entities, Reach reach, UnitKind<T> kind) {
    this.entities = entities;
    this.organisationId = reach.organisationId();
    this.kind = kind;
    this.limit = kind.equals(UnitKind.LOCATION) ? reach.locations() : LocationLimit.NONE;
    this.from =
        " from "
            + kind.type().getSimpleName()
            + " l where l.organisationId = :organisation"
            + (limit.limited() ? " and l.id in " + InList.of("reach", limit.ids().size()) : "");
  }

  private <R> TypedQuery<R> query(String jpql, Class<R> type) {
    TypedQuery<R> query =
        entities.createQuery(jpql, type).setParameter("organisation", organisationId);
    return limit.limited() ? InList.set(query, "reach", limit.ids()) : query;
  }

  /** How many there are on all pages. */
  long count(Search name) {
    return name.bind(query("select count(l)" + from + name.and("l.name"), Long.class))
        .getSingleResult();
  }

  /**
   * A page by name, and the row after it if there is one.
   *
   * @throws ProblemException 422 for an invalid cursor
   */
  List<T> page(Search name, Paging paging) {
    Cursor after = paging.after();
    String behind =
        after == null ? "" : " and l.sortName >= :value and (l.sortName > :value or l.id > :id)";
    TypedQuery<T> query =
        name.bind(query("select l" + from + name.and("l.name") + behind + ORDER, kind.type()));
    if (after != null) {
      query.setParameter("value", sortName(after)).setParameter("id", after.id());
    }
    return query.setMaxResults(paging.fetch()).getResultList();
  }

  /** The cursor of the rows after this row. */
  Cursor behind(Unit unit) {
    return new Cursor(kind.list(), HexFormat.of().formatHex(unit.sortName()), unit.id());
  }

  private static byte[] sortName(Cursor place) {
    try {
      return HexFormat.of().parseHex(place.value());
    } catch (IllegalArgumentException e) {
      throw Cursor.invalid();
    }
  }

  /**
   * The id that a parameter names.
   *
   * @throws ProblemException 422 when there is no such row
   * @see #find
   */
  UUID named(String idOrName) {
    return find(idOrName)
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    kind.noun(), "is neither the id nor the name of a " + kind.noun()));
  }

  /**
   * The id of a row; nothing when there is no such row.
   *
   * @param idOrName an id, or a name in any case; where two names differ only in case, the exact
   *     name counts
   */
  Optional<UUID> find(String idOrName) {
    List<T> found = byName(idOrName);
    return found.stream()
        .filter(l -> l.name().equals(idOrName))
        .findFirst()
        .or(() -> found.stream().findFirst())
        .or(() -> withId(idOrName))
        .map(Unit::id);
  }

  /** The rows whose names differ from this name in case alone. */
  List<T> byName(String name) {
    return query("select l" + from + " and l.sortName = :key" + ORDER, kind.type())
        .setParameter("key", Names.sortKey(name))
        .getResultList()
        .stream()
        // The sort key ignores accents and is cut. The whole name is compared here.
        .filter(l -> Names.lower(l.name()).equals(Names.lower(name)))
        .toList();
  }

  private Optional<T> withId(String id) {
    try {
      return Optional.ofNullable(byId(Ids.parse(id)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Nullable T byId(UUID id) {
    return query("select l" + from + " and l.id = :id", kind.type())
        .setParameter("id", id)
        .getSingleResultOrNull();
  }
}
