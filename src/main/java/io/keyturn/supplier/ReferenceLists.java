package io.keyturn.supplier;

import io.keyturn.access.PersonId;
import io.keyturn.access.Reach;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
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
  /** The most entries of a page. */
  private static final int MOST = 1000;

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
   * A page of one of these lists.
   *
   * @param name of the list in the address
   * @param cursor behind which it begins; null for the first page
   * @throws io.keyturn.problem.ProblemException 422 for a cursor of another list
   */
  public static Paging page(String name, @Nullable String cursor) {
    return new Paging(MOST, cursor == null ? null : Cursor.decode(cursor, LISTS + name), false);
  }

  /** The categories of the suppliers within a reach, by scheme and code. */
  public ListView<EntryView> categories(Reach reach, Paging paging) {
    SupplierReach within = new SupplierReach(entities, reach);
    TypedQuery<Object[]> query =
        within.bind(
            entities.createQuery(
                "select t.term, min(t.label) from SupplierTerm t"
                    + " where t.organisationId = :organisation and t.kind = CATEGORY"
                    + " and t.term > :after"
                    + within.and("t.organisationId", "t.supplierId")
                    + " group by t.term order by t.term",
                Object[].class));
    return texts("categories", query.setParameter("organisation", reach.organisationId()), paging);
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
    TypedQuery<Object[]> query =
        within.bind(
            entities.createQuery(
                ("select distinct s.%1$s, s.%1$s from Supplier s"
                        + " where s.organisationId = :organisation and s.%1$s > :after%2$s"
                        + " order by s.%1$s")
                    .formatted(attribute, within.and("s.organisationId", "s.id")),
                Object[].class));
    return texts(list, query.setParameter("organisation", reach.organisationId()), paging);
  }

  /** A page of texts behind {@code :after}. No text is empty. */
  private static ListView<EntryView> texts(String list, TypedQuery<Object[]> query, Paging paging) {
    Cursor after = paging.after();
    List<EntryView> read =
        entries(query.setParameter("after", after == null ? "" : after.value()), paging);
    return new ListView<>(
        paging.cut(read),
        paging.page(read, entry -> new Cursor(LISTS + list, entry.id(), NO_ID), null));
  }

  private static List<EntryView> entries(TypedQuery<Object[]> query, Paging paging) {
    return query.setMaxResults(paging.fetch()).getResultList().stream()
        .map(row -> new EntryView(row[0].toString(), (String) row[1]))
        .toList();
  }

  /** The active people of an organisation. */
  public ListView<EntryView> users(OrganisationId organisationId, Paging paging) {
    Cursor after = paging.after();
    TypedQuery<Object[]> query =
        entities
            .createQuery(
                "select u.id, u.name from User u"
                    + " where u.organisationId = :organisation and u.joinedAt is not null"
                    + " and u.deactivatedAt is null"
                    + " and (u.name > :after or (u.name = :after and u.id > :id))"
                    + " order by u.name, u.id",
                Object[].class)
            .setParameter("organisation", organisationId)
            .setParameter("after", after == null ? "" : after.value())
            .setParameter("id", new PersonId(after == null ? NO_ID : after.id()));
    List<EntryView> read = entries(query, paging);
    return new ListView<>(
        sorted(paging.cut(read).stream()),
        paging.page(
            read,
            entry -> new Cursor(LISTS + "users", entry.name(), UUID.fromString(entry.id())),
            null));
  }
}
