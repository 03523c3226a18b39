package io.keyturn.supplier;

import io.keyturn.access.Reach;
import io.keyturn.database.ValuePlans;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.supplier.SupplierTerm.Kind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The suppliers within somebody's reach that match a filter. */
final class SupplierQuery {
  /** How many suppliers in the order of the list are looked at before an index is asked. */
  static final int NEAR = 4000;

  /** How many a second look may look at: they cost less than the matches that it saves. */
  private static final int FARTHEST = 32_000;

  private final EntityManager entities;
  private final SupplierSort sort;
  private final SupplierReach within;
  private final OrganisationId organisationId;
  private final @Nullable String text;
  private final List<Condition> conditions = new ArrayList<>();
  private final List<TermFilter> terms = new ArrayList<>();

  /**
   * A query for all pages of a list.
   *
   * @throws io.keyturn.problem.ProblemException 422 when there is no such location or department
   */
  SupplierQuery(EntityManager entities, Reach reach, SupplierFilter filter, Instant now) {
    this.entities = entities;
    this.sort = filter.sort();
    this.within = new SupplierReach(entities, reach);
    this.organisationId = reach.organisationId();
    this.text = filter.text() == null ? null : Names.fold(filter.text());
    in("s.status", "status", filter.statuses());
    in("s.country", "country", filter.countries());
    in("s.currency", "currency", filter.currencies());
    in("s.industry", "industry", filter.industries());
    in("s.onboardingStatus", "onboarding", filter.onboardingStatuses());
    in("s.externalId", "externalId", filter.externalIds());
    and("s.preferred = :preferred", "preferred", filter.preferred());
    and("s.createdAt >= :createdSince", "createdSince", filter.createdSince());
    and("s.updatedAt >= :updatedSince", "updatedSince", filter.updatedSince());
    if (filter.onHold() != null) {
      and(
          (filter.onHold() ? "" : "not ")
              + "(s.holdScope is not null and (s.holdUntil is null or s.holdUntil > :now))",
          "now",
          now);
    }
    by(
        TermFilter::locations,
        named(filter.locations(), new UnitQuery<>(entities, reach, UnitKind.LOCATION)));
    words(
        Kind.DEPARTMENT,
        named(filter.departments(), new UnitQuery<>(entities, reach, UnitKind.DEPARTMENT)).stream()
            .map(UUID::toString));
    words(Kind.OWNER, filter.owners().stream().map(UUID::toString));
    words(Kind.TAG, filter.tags().stream().map(SupplierTerm::tag));
    by(
        texts -> TermFilter.beginnings(Kind.CATEGORY, texts),
        filter.categories().stream().flatMap(c -> CategoryScheme.beginnings(c).stream()).toList());
    if (!filter.identifiers().isEmpty()) {
      conditions.add(TermFilter.identifiers(filter.identifiers()));
    }
    if (text != null || !terms.isEmpty() || !filter.identifiers().isEmpty()) {
      ValuePlans.use(entities);
    }
  }

  private static <T extends Unit> List<UUID> named(List<String> idsOrNames, UnitQuery<T> units) {
    return idsOrNames.stream().map(units::named).toList();
  }

  private void and(String jpql, String parameter, @Nullable Object value) {
    if (value != null) {
      conditions.add(new Condition(jpql, parameter, value));
    }
  }

  private void in(String expression, String name, Collection<?> values) {
    if (!values.isEmpty()) {
      conditions.add(Condition.in(expression, name, values));
    }
  }

  private void words(Kind kind, Stream<String> words) {
    by(texts -> TermFilter.words(kind, texts), words.toList());
  }

  private <T> void by(Function<List<T>, TermFilter> filter, List<T> values) {
    if (!values.isEmpty()) {
      terms.add(filter.apply(values));
    }
  }

  /**
   * A query of the suppliers of this list.
   *
   * @param more conditions than those of all queries of this list
   */
  private <T> TypedQuery<T> query(
      String select, Class<T> type, List<Condition> more, String order) {
    List<Condition> all = Stream.concat(conditions.stream(), more.stream()).toList();
    return within.bind(query(select, type, within.and("s.organisationId", "s.id"), all, order));
  }

  /** A query of suppliers {@code s} of the organisation. */
  private <T> TypedQuery<T> query(
      String select, Class<T> type, String and, List<Condition> all, String order) {
    StringBuilder jpql =
        new StringBuilder(select)
            .append(" from Supplier s where s.organisationId = :organisation")
            .append(and);
    all.forEach(condition -> jpql.append(" and ").append(condition.jpql()));
    TypedQuery<T> query =
        entities
            .createQuery(jpql.append(order).toString(), type)
            .setParameter("organisation", organisationId);
    all.forEach(condition -> condition.parameters().forEach(query::setParameter));
    return query;
  }

  /** How many suppliers there are on all pages. */
  long count() {
    return query("select count(s)", Long.class, byIndex(), "").getSingleResult();
  }

  /** The filters by words and text, for which the database may use indexes. */
  private List<Condition> byIndex() {
    List<Condition> all = new ArrayList<>(terms.stream().map(TermFilter::byIndex).toList());
    if (text != null) {
      all.add(new Condition("s.searchText like :text escape '!'", "text", Search.pattern(text)));
    }
    return all;
  }

  /** The same filters, which look at the supplier's row. */
  private List<Condition> ofSupplier() {
    List<Condition> all = new ArrayList<>(terms.stream().map(TermFilter::ofSupplier).toList());
    if (text != null) {
      all.add(new Condition("locate(:text, s.searchText) > 0", "text", text));
    }
    return all;
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
    if (scattered()) {
      List<T> near = near(columns, type, paging);
      if (near != null) {
        return near;
      }
    }
    return page(columns, type, paging, byIndex());
  }

  /**
   * Whether a page may be far in an index that has no order, and near in the order of the list:
   * with a text, and with words that many suppliers have.
   */
  private boolean scattered() {
    return (!terms.isEmpty() || text != null)
        && terms.stream().noneMatch(term -> term.matchesFew(entities, organisationId));
  }

  private <T> List<T> page(String columns, Class<T> type, Paging paging, List<Condition> filters) {
    List<Condition> more = new ArrayList<>(filters);
    more.addAll(behind(paging.after()));
    return query(columns, type, more, order()).setMaxResults(paging.fetch()).getResultList();
  }

  /**
   * A page from the next suppliers in the order of the list; null where they do not fill it. The
   * indexes of words and texts have no order: all matches would be read and sorted.
   *
   * <p>A first look that finds some of the page tells how far a second look has to go.
   */
  private <T> @Nullable List<T> near(String columns, Class<T> type, Paging paging) {
    Look<T> look = look(columns, type, paging, NEAR);
    if (!look.whole()) {
      long expected = (long) NEAR * paging.fetch() / Math.max(1, look.found().size());
      // Half as far again, since suppliers that match lie unevenly.
      long distance = expected * 3 / 2;
      look = distance > FARTHEST ? look : look(columns, type, paging, (int) distance);
    }
    return look.whole() ? look.found() : null;
  }

  /**
   * What stands near in the order of the list.
   *
   * @param whole whether it is a full page, or the end of the list
   */
  private record Look<T>(List<T> found, boolean whole) {}

  private <T> Look<T> look(String columns, Class<T> type, Paging paging, int distance) {
    String attribute = sort.column().attribute();
    // Of all suppliers of the organisation, whatever the filters: it is only a place in the order.
    List<Object[]> end =
        query(
                "select s.%s, s.id".formatted(attribute),
                Object[].class,
                "",
                behind(paging.after()),
                order())
            .setFirstResult(distance)
            .setMaxResults(1)
            .getResultList();
    List<Condition> filters = ofSupplier();
    for (Object[] place : end) {
      filters.add(
          new Condition(
              "s.%1$s %2$s= :end and (s.%1$s %2$s :end or s.id %2$s= :endId)"
                  .formatted(attribute, sort.descending() ? ">" : "<"),
              Map.of("end", place[0], "endId", place[1])));
    }
    List<T> found = page(columns, type, paging, filters);
    return new Look<>(found, end.isEmpty() || found.size() == paging.fetch());
  }

  private String order() {
    return (sort.descending()
            ? " order by s.organisationId desc, s.%1$s desc, s.id desc"
            : " order by s.organisationId, s.%1$s, s.id")
        .formatted(sort.column().attribute());
  }

  /** The conditions of the suppliers behind a cursor; of all suppliers where there is none. */
  private List<Condition> behind(@Nullable Cursor after) {
    String attribute = sort.column().attribute();
    // Always true. With it, H2 reads the first page from the index instead of sorting.
    Condition all =
        new Condition("s.%s >= :lowest".formatted(attribute), "lowest", sort.column().lowest());
    if (after == null) {
      return List.of(all);
    }
    // The first part follows from the second. With it, the database enters the index at that place.
    return List.of(
        all,
        new Condition(
            "s.%1$s %2$s= :value and (s.%1$s %2$s :value or s.id %2$s :id)"
                .formatted(attribute, sort.descending() ? "<" : ">"),
            Map.of("value", sort.value(after), "id", after.id())));
  }
}
