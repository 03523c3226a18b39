package io.keyturn.supplier;

import io.keyturn.access.Reach;
import io.keyturn.database.InList;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The suppliers within somebody's reach that match a filter. */
final class SupplierQuery {
  private final EntityManager entities;
  private final SupplierSort sort;
  private final SupplierReach within;
  private final StringBuilder where =
      new StringBuilder(" from Supplier s where s.organisationId = :organisation");
  private final Map<String, Object> parameters = new HashMap<>();
  private final Map<String, Collection<?>> lists = new HashMap<>();

  /**
   * A query for all pages of a list.
   *
   * @throws io.keyturn.problem.ProblemException 422 when there is no such location or department
   */
  SupplierQuery(EntityManager entities, Reach reach, SupplierFilter filter, Instant now) {
    this.entities = entities;
    this.sort = filter.sort();
    this.within = new SupplierReach(entities, reach);
    where.append(within.and("s.organisationId", "s.id"));
    parameters.put("organisation", reach.organisationId());
    in("s.status in ", "status", filter.statuses());
    in("s.country in ", "country", filter.countries());
    in("s.currency in ", "currency", filter.currencies());
    in("s.industry in ", "industry", filter.industries());
    in("s.onboardingStatus in ", "onboarding", filter.onboardingStatuses());
    in("s.externalId in ", "externalId", filter.externalIds());
    and("s.preferred = :preferred", "preferred", filter.preferred());
    and("s.createdAt >= :createdSince", "createdSince", filter.createdSince());
    and("s.updatedAt >= :updatedSince", "updatedSince", filter.updatedSince());
    String text = filter.text();
    and(
        "s.searchText like :text escape '!'",
        "text",
        text == null ? null : Search.pattern(Names.fold(text)));
    if (filter.onHold() != null) {
      where
          .append(" and ")
          .append(filter.onHold() ? "" : "not ")
          .append("(s.holdScope is not null and (s.holdUntil is null or s.holdUntil > :now))");
      parameters.put("now", now);
    }
    in(
        "exists (select 1 from SupplierLocation l where l.organisationId = s.organisationId"
            + " and l.supplierId = s.id and l.locationId in ",
        "location",
        named(filter.locations(), new UnitQuery<>(entities, reach, UnitKind.LOCATION)),
        ")");
    terms(
        SupplierTerm.Kind.DEPARTMENT,
        named(filter.departments(), new UnitQuery<>(entities, reach, UnitKind.DEPARTMENT)).stream()
            .map(Object::toString)
            .toList());
    terms(SupplierTerm.Kind.OWNER, filter.owners().stream().map(Object::toString).toList());
    terms(SupplierTerm.Kind.TAG, filter.tags().stream().map(SupplierTerm::tag).toList());
    patterns(
        SupplierTerm.Kind.CATEGORY,
        filter.categories().stream().flatMap(c -> CategoryScheme.beginnings(c).stream()).toList());
    patterns(SupplierTerm.Kind.IDENTIFIER, filter.identifiers());
  }

  private static <T extends Unit> List<UUID> named(List<String> idsOrNames, UnitQuery<T> units) {
    return idsOrNames.stream().map(units::named).toList();
  }

  private void and(String condition, String parameter, @Nullable Object value) {
    if (value != null) {
      where.append(" and ").append(condition);
      parameters.put(parameter, value);
    }
  }

  private void in(String condition, String name, Collection<?> values) {
    in(condition, name, values, "");
  }

  private void in(String condition, String name, Collection<?> values, String end) {
    if (!values.isEmpty()) {
      where.append(" and ").append(condition).append(InList.of(name, values.size())).append(end);
      lists.put(name, values);
    }
  }

  private static String term(SupplierTerm.Kind kind) {
    return "exists (select 1 from SupplierTerm t where t.organisationId = s.organisationId"
        + " and t.supplierId = s.id and t.kind = "
        + kind.name()
        + " and ";
  }

  private void terms(SupplierTerm.Kind kind, List<String> terms) {
    in(term(kind) + "t.term in ", kind.name(), terms, ")");
  }

  private void patterns(SupplierTerm.Kind kind, List<String> patterns) {
    if (!patterns.isEmpty()) {
      where
          .append(" and ")
          .append(term(kind))
          .append(
              IntStream.range(0, patterns.size())
                  .mapToObj(i -> "t.term like :" + kind + i + " escape '!'")
                  .collect(Collectors.joining(" or ", "(", "))")));
      for (int i = 0; i < patterns.size(); i++) {
        parameters.put(kind.name() + i, patterns.get(i));
      }
    }
  }

  private <T> TypedQuery<T> query(String jpql, Class<T> type) {
    TypedQuery<T> query = entities.createQuery(jpql, type);
    parameters.forEach(query::setParameter);
    lists.forEach((name, values) -> InList.set(query, name, values));
    return within.bind(query);
  }

  /** How many suppliers there are on all pages. */
  long count() {
    return query("select count(s)" + where, Long.class).getSingleResult();
  }

  /**
   * A supplier in the order of the list.
   *
   * @param version which it has at the moment
   * @param value by which it is sorted
   */
  record Place(UUID id, int version, Object value) {}

  /**
   * The places of a page, and the place after it if there is one.
   *
   * @throws io.keyturn.problem.ProblemException 422 for an invalid cursor
   */
  List<Place> places(Paging paging) {
    String columns = "select s.id, s.version, s." + sort.column().attribute();
    return page(columns, Object[].class, paging).stream()
        .map(row -> new Place((UUID) row[0], (Integer) row[1], row[2]))
        .toList();
  }

  /**
   * A page with all columns, and the row after it if there is one.
   *
   * @throws io.keyturn.problem.ProblemException 422 for an invalid cursor
   */
  List<SupplierRecord> page(Paging paging) {
    return page(SupplierRecord.ALL, SupplierRecord.class, paging);
  }

  private <T> List<T> page(String columns, Class<T> type, Paging paging) {
    Cursor after = paging.after();
    String attribute = sort.column().attribute();
    String jpql =
        columns
            + where
            // Always true. With it, H2 reads the first page from the index instead of sorting.
            + " and s.%1$s >= :lowest".formatted(attribute)
            + (after == null ? "" : behind(attribute, sort.descending() ? "<" : ">"))
            + (sort.descending()
                    ? " order by s.organisationId desc, s.%1$s desc, s.id desc"
                    : " order by s.organisationId, s.%1$s, s.id")
                .formatted(attribute);
    TypedQuery<T> query = query(jpql, type);
    query.setParameter("lowest", sort.column().lowest());
    if (after != null) {
      query.setParameter("value", sort.value(after)).setParameter("id", after.id());
    }
    return query.setMaxResults(paging.fetch()).getResultList();
  }

  /**
   * The first condition follows from the second. With it, the database enters the index at that
   * place.
   */
  private static String behind(String attribute, String beyond) {
    return " and s.%1$s %2$s= :value and (s.%1$s %2$s :value or s.id %2$s :id)"
        .formatted(attribute, beyond);
  }
}
