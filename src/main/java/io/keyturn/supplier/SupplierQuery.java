package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The suppliers of an organisation that match a filter. */
final class SupplierQuery {
  private final EntityManager entities;
  private final SupplierSort sort;
  private final StringBuilder where =
      new StringBuilder(" from Supplier s where s.organisationId = :organisation");
  private final Map<String, Object> parameters = new HashMap<>();

  /**
   * A query for all pages of a list.
   *
   * @param locationId the location that the filter names, if it names one
   */
  SupplierQuery(
      EntityManager entities,
      OrganisationId organisationId,
      SupplierFilter filter,
      @Nullable UUID locationId) {
    this.entities = entities;
    this.sort = filter.sort();
    parameters.put("organisation", organisationId);
    and(" and s.status = :status", "status", filter.status());
    and(" and s.country = :country", "country", filter.country());
    and(
        " and s.searchText like :text escape '!'",
        "text",
        filter.text() == null ? null : containing(Names.lower(filter.text())));
    and(
        " and exists (select 1 from SupplierLocation l where l.organisationId = s.organisationId"
            + " and l.supplierId = s.id and l.locationId = :location)",
        "location",
        locationId);
  }

  private void and(String condition, String parameter, @Nullable Object value) {
    if (value != null) {
      where.append(condition);
      parameters.put(parameter, value);
    }
  }

  /** A pattern for LIKE, in which {@code !} escapes special characters. */
  static String containing(String text) {
    return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }

  /** How many suppliers there are on all pages. */
  long count() {
    TypedQuery<Long> query = entities.createQuery("select count(s)" + where, Long.class);
    parameters.forEach(query::setParameter);
    return query.getSingleResult();
  }

  /**
   * A page, and the row after it if there is one.
   *
   * @throws io.keyturn.problem.ProblemException 422 for an invalid cursor
   */
  List<Supplier> page(Paging paging) {
    Cursor after = paging.after();
    String attribute = sort.column().attribute();
    String jpql =
        "select s"
            + where
            // Always true. With it, H2 reads the first page from the index instead of sorting.
            + " and s.%1$s >= :lowest".formatted(attribute)
            + (after == null ? "" : behind(attribute, sort.descending() ? "<" : ">"))
            + (sort.descending()
                    ? " order by s.organisationId desc, s.%1$s desc, s.id desc"
                    : " order by s.organisationId, s.%1$s, s.id")
                .formatted(attribute);
    TypedQuery<Supplier> query = entities.createQuery(jpql, Supplier.class);
    parameters.forEach(query::setParameter);
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
