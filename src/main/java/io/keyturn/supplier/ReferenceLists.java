package io.keyturn.supplier;

import io.keyturn.access.Reach;
import io.keyturn.organisation.OrganisationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Lists of values that suppliers can have. */
@ApplicationScoped
@Transactional
public class ReferenceLists {
  private static final int MOST = 1000;

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

  /** All currencies by their English names. */
  public static final List<EntryView> CURRENCIES =
      sorted(
          Currency.getAvailableCurrencies().stream()
              .map(c -> new EntryView(c.getCurrencyCode(), c.getDisplayName(Locale.ENGLISH))));

  @PersistenceContext private EntityManager entities;

  private static List<EntryView> sorted(Stream<EntryView> entries) {
    return entries.sorted((a, b) -> Names.fold(a.name()).compareTo(Names.fold(b.name()))).toList();
  }

  /** The categories of the suppliers within a reach, by scheme and code. */
  public List<EntryView> categories(Reach reach) {
    SupplierReach within = new SupplierReach(entities, reach);
    return within
        .bind(
            entities.createQuery(
                "select t.term, min(t.label) from SupplierTerm t"
                    + " where t.organisationId = :organisation and t.kind = CATEGORY"
                    + within.and("t.organisationId", "t.supplierId")
                    + " group by t.term order by t.term",
                Object[].class))
        .setParameter("organisation", reach.organisationId())
        .setMaxResults(MOST)
        .getResultList()
        .stream()
        .map(row -> new EntryView((String) row[0], (String) row[1]))
        .toList();
  }

  /** The industries of the suppliers within a reach. */
  public List<EntryView> industries(Reach reach) {
    return values(reach, "industry");
  }

  /** The payment terms of the suppliers within a reach. */
  public List<EntryView> paymentTerms(Reach reach) {
    return values(reach, "paymentTerms");
  }

  private List<EntryView> values(Reach reach, String attribute) {
    SupplierReach within = new SupplierReach(entities, reach);
    return within
        .bind(
            entities.createQuery(
                ("select distinct s.%1$s from Supplier s where s.organisationId = :organisation"
                        + " and s.%1$s is not null%2$s order by s.%1$s")
                    .formatted(attribute, within.and("s.organisationId", "s.id")),
                String.class))
        .setParameter("organisation", reach.organisationId())
        .setMaxResults(MOST)
        .getResultList()
        .stream()
        .map(value -> new EntryView(value, value))
        .toList();
  }

  /** The active people of an organisation. */
  public List<EntryView> users(OrganisationId organisationId) {
    return sorted(
        entities
            .createQuery(
                "select cast(u.id as String), u.name from User u"
                    + " where u.organisationId = :organisation and u.joinedAt is not null"
                    + " and u.deactivatedAt is null order by u.name",
                Object[].class)
            .setParameter("organisation", organisationId)
            .setMaxResults(MOST)
            .getResultList()
            .stream()
            .map(row -> new EntryView((String) row[0], (String) row[1])));
  }
}
