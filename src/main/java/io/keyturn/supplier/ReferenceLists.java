package io.keyturn.supplier;

import io.keyturn.access.PersonId;
import io.keyturn.access.Reach;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.LongPagingParameters;
import io.keyturn.paging.Paging;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists of values that suppliers can have. */
@ApplicationScoped
@Transactional
public class ReferenceLists {
  private static final String LISTS = "reference-lists/";
  private static final UUID NO_ID = new UUID(0, 0);

  /** All countries by their English names. */
  public static final List<EntryView> COUNTRIES =
      sorted(
          Stream.of(Locale.getISOCountries())
              .map(
                  code ->
                      new EntryView(
                          code,
                          new Locale.Builder()
                              .setRegion(code)
                              .build()
                              .getDisplayCountry(Locale.ENGLISH))));

  /** The currencies in use by their English names. */
  public static final List<EntryView> CURRENCIES =
      sorted(
          Currencies.CODES.stream()
              .map(Currency::getInstance)
              .map(c -> new EntryView(c.getCurrencyCode(), c.getDisplayName(Locale.ENGLISH))));

  @PersistenceContext private EntityManager entities;

  private static List<EntryView> sorted(Stream<EntryView> entries) {
    return entries.sorted((a, b) -> Names.fold(a.name()).compareTo(Names.fold(b.name()))).toList();
  }

  /**
   * The first page of one of these lists, or the page behind a cursor.
   *
   * @param name of the list in the address
   * @param cursor behind which it begins; null for the first page
   * @throws io.keyturn.problem.ProblemException 422 for a cursor of another list
   */
  public static Paging page(String name, @Nullable String cursor) {
    return new Paging(
        LongPagingParameters.DEFAULT_LIMIT,
        cursor == null ? null : Cursor.decode(cursor, LISTS + name),
        false);
  }

  /** The name of a list in its cursors. */
  public static String list(String name) {
    return LISTS + name;
  }

  /** A page of a list that is the same for all organisations. */
  public static ListView<EntryView> fixed(String name, List<EntryView> all, Paging paging) {
    return ListView.of(all, paging, entry -> new Cursor(LISTS + name, entry.id(), NO_ID));
  }

  /** The categories of the suppliers within a reach, by scheme and code. */
  public ListView<EntryView> categories(Reach reach, Paging paging) {
    SupplierReach within = new SupplierReach(entities, reach);
    return texts(
        "categories",
        within,
        reach,
        "t.term, min(t.label)",
        "t.term",
        " from SupplierTerm t where t.organisationId = :organisation and t.kind = CATEGORY"
            + within.and("t.organisationId", "t.supplierId"),
        paging);
  }

  /** The industries of the suppliers within a reach. */
  public ListView<EntryView> industries(Reach reach, Paging paging) {
    return values("industries", reach, "industry", paging);
  }

  /** The payment terms of the suppliers within a reach. */
  public ListView<EntryView> paymentTerms(Reach reach, Paging paging) {
    return values("payment-terms", reach, "paymentTerms", paging);
  }

  private ListView<EntryView> values(String list, Reach reach, String attribute, Paging paging) {
    SupplierReach within = new SupplierReach(entities, reach);
    String value = "s." + attribute;
    return texts(
        list,
        within,
        reach,
        value + ", " + value,
        value,
        " from Supplier s where s.organisationId = :organisation"
            + within.and("s.organisationId", "s.id"),
        paging);
  }

  /**
   * A page of different texts. No text is empty.
   *
   * @param columns the text and its name
   */
  private ListView<EntryView> texts(
      String list,
      SupplierReach within,
      Reach reach,
      String columns,
      String text,
      String from,
      Paging paging) {
    Cursor after = paging.after();
    TypedQuery<Object[]> page =
        within
            .bind(
                entities.createQuery(
                    "select %1$s%2$s and %3$s > :after group by %3$s order by %3$s"
                        .formatted(columns, from, text),
                    Object[].class))
            .setParameter("organisation", reach.organisationId())
            .setParameter("after", after == null ? "" : after.value());
    List<EntryView> read = entries(page, paging);
    Long total =
        paging.counted()
            ? within
                .bind(
                    entities.createQuery(
                        "select count(distinct %s)%s".formatted(text, from), Long.class))
                .setParameter("organisation", reach.organisationId())
                .getSingleResult()
            : null;
    return new ListView<>(
        paging.cut(read),
        paging.page(read, entry -> new Cursor(LISTS + list, entry.id(), NO_ID), total));
  }

  private static List<EntryView> entries(TypedQuery<Object[]> query, Paging paging) {
    return query.setMaxResults(paging.fetch()).getResultList().stream()
        .map(row -> new EntryView(row[0].toString(), (String) row[1]))
        .toList();
  }

  /** The active people of an organisation. */
  public ListView<EntryView> users(OrganisationId organisationId, Paging paging) {
    Cursor after = paging.after();
    String from =
        " from User u where u.organisationId = :organisation and u.joinedAt is not null"
            + " and u.deactivatedAt is null";
    TypedQuery<Object[]> query =
        entities
            .createQuery(
                "select u.id, u.name"
                    + from
                    + " and (u.name > :after or (u.name = :after and u.id > :id))"
                    + " order by u.name, u.id",
                Object[].class)
            .setParameter("organisation", organisationId)
            .setParameter("after", after == null ? "" : after.value())
            .setParameter("id", new PersonId(after == null ? NO_ID : after.id()));
    List<EntryView> read = entries(query, paging);
    Long total =
        paging.counted()
            ? entities
                .createQuery("select count(u)" + from, Long.class)
                .setParameter("organisation", organisationId)
                .getSingleResult()
            : null;
    return new ListView<>(
        sorted(paging.cut(read).stream()),
        paging.page(
            read,
            entry -> new Cursor(LISTS + "users", entry.name(), UUID.fromString(entry.id())),
            total));
  }
}
