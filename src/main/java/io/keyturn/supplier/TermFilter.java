package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Search;
import io.keyturn.supplier.SupplierTerm.Kind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A filter by words that have rows of their own, in which an index finds them, and stand in the
 * supplier's row as well (decision record 0069).
 *
 * @param entity whose rows have the words: {@code t} in the conditions
 * @param rows conditions of its rows, without organisation and supplier, one of which must hold
 * @param ofSupplier the same of a supplier {@code s}, without another table
 */
record TermFilter(String entity, List<Condition> rows, Condition ofSupplier) {
  /** Up to how many rows are few. */
  static final int FEW = 1000;

  /** Suppliers at one of these locations. */
  static TermFilter locations(List<UUID> ids) {
    return new TermFilter(
        "SupplierLocation",
        List.of(Condition.in("t.locationId", "Location", ids)),
        contained("s.locations", "inLocation", ids.stream().map(UUID::toString)));
  }

  /** Suppliers with one of these words. */
  static TermFilter words(Kind kind, List<String> words) {
    Condition rows = Condition.in("t.kind = " + kind + " and t.term", kind.name(), words);
    return new TermFilter(
        "SupplierTerm",
        List.of(rows),
        contained(kind, words.stream().map(word -> FilterTerms.whole(kind, word))));
  }

  /** Suppliers with a word that begins with one of these texts. */
  static TermFilter beginnings(Kind kind, List<String> texts) {
    return new TermFilter(
        "SupplierTerm",
        like(kind, texts.stream().map(text -> Search.escaped(text) + "%").toList()),
        contained(kind, texts.stream().map(text -> FilterTerms.beginning(kind, text))));
  }

  private static Condition contained(Kind kind, Stream<String> texts) {
    return contained("s.filterTerms", "in" + kind, texts);
  }

  private static Condition contained(String attribute, String name, Stream<String> texts) {
    List<String> padded = new ArrayList<>(texts.toList());
    // So that there are few different queries, as of InList.
    while (Integer.bitCount(padded.size()) > 1) {
      padded.add(padded.get(0));
    }
    return Condition.any(Condition.each("locate(%s, " + attribute + ") > 0", name, padded));
  }

  private static List<Condition> like(Kind kind, List<String> patterns) {
    return Condition.each(
        "t.kind = " + kind + " and t.term like %s escape '!'", kind.name(), patterns);
  }

  /**
   * Suppliers {@code s} with an identifier of one of these patterns. One supplier at most has each
   * identifier, so the index is always the way to it.
   */
  static Condition identifiers(List<String> patterns) {
    return byIndex("SupplierTerm", like(Kind.IDENTIFIER, patterns));
  }

  /** The condition of a supplier {@code s} that asks the rows of the words. */
  Condition byIndex() {
    return byIndex(entity, rows);
  }

  private static Condition byIndex(String entity, List<Condition> rows) {
    Condition one = Condition.any(rows);
    return new Condition(
        "exists (select 1 from "
            + entity
            + " t where t.organisationId = s.organisationId and t.supplierId = s.id and "
            + one.jpql()
            + ")",
        one.parameters());
  }

  /** Whether few rows have these words, so that few suppliers match. */
  boolean matchesFew(EntityManager entities, OrganisationId organisationId) {
    // Each by itself: for all at once, PostgreSQL would look at the rows of all words.
    return rows.stream().allMatch(row -> few(row, entities, organisationId));
  }

  private boolean few(Condition row, EntityManager entities, OrganisationId organisationId) {
    TypedQuery<UUID> query =
        entities.createQuery(
            "select t.supplierId from "
                + entity
                + " t where t.organisationId = :organisation and "
                + row.jpql(),
            UUID.class);
    row.parameters().forEach(query::setParameter);
    return query
        .setParameter("organisation", organisationId)
        .setFirstResult(FEW)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }
}
