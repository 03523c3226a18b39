package io.keyturn.supplier;

import io.keyturn.database.InList;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Keeps the rows by which filters find a supplier as its own row says. */
final class SupplierIndex {
  private final EntityManager entities;

  SupplierIndex(EntityManager entities) {
    this.entities = entities;
  }

  /** Writes the rows of new suppliers, whose own rows are written already. */
  void add(List<Supplier> suppliers) {
    List<SupplierTerm> terms = new ArrayList<>();
    List<SupplierLocation> places = new ArrayList<>();
    for (Supplier supplier : suppliers) {
      terms.addAll(terms(supplier).values());
      places.addAll(places(supplier).values());
    }
    insert(terms, places);
  }

  /** Past Hibernate, for which each of these rows would be an entity to look after. */
  private void insert(List<SupplierTerm> terms, List<SupplierLocation> places) {
    SupplierTerm.TABLE.insert(entities, terms);
    SupplierLocation.TABLE.insert(entities, places);
  }

  /** Writes and removes what a change makes different. */
  void update(Supplier supplier) {
    update(List.of(supplier));
  }

  /** Writes and removes what changes of suppliers of one organisation make different. */
  void update(List<Supplier> suppliers) {
    if (suppliers.isEmpty()) {
      return;
    }
    Map<SupplierTerm.Key, SupplierTerm> wanted = new LinkedHashMap<>();
    suppliers.forEach(supplier -> wanted.putAll(terms(supplier)));
    for (SupplierTerm term : stored("SupplierTerm", SupplierTerm.class, suppliers)) {
      SupplierTerm same = wanted.remove(term.key());
      if (same == null) {
        entities.remove(term);
      } else {
        term.relabel(same);
      }
    }
    Map<SupplierLocation.Key, SupplierLocation> places = new LinkedHashMap<>();
    suppliers.forEach(supplier -> places.putAll(places(supplier)));
    for (SupplierLocation location :
        stored("SupplierLocation", SupplierLocation.class, suppliers)) {
      if (places.remove(location.key()) == null) {
        entities.remove(location);
      }
    }
    // What is removed goes first: another supplier may have it from now on.
    entities.flush();
    insert(List.copyOf(wanted.values()), List.copyOf(places.values()));
  }

  private <T> List<T> stored(String entity, Class<T> type, List<Supplier> suppliers) {
    List<UUID> ids = suppliers.stream().map(Supplier::id).toList();
    TypedQuery<T> query =
        entities
            .createQuery(
                "select r from "
                    + entity
                    + " r where r.organisationId = :organisation and r.supplierId in "
                    + InList.of("supplier", ids.size()),
                type)
            .setParameter("organisation", suppliers.get(0).organisationId());
    return InList.set(query, "supplier", ids).getResultList();
  }

  private static Map<SupplierLocation.Key, SupplierLocation> places(Supplier supplier) {
    Map<SupplierLocation.Key, SupplierLocation> places = new LinkedHashMap<>();
    for (Reference location : supplier.locations()) {
      SupplierLocation place =
          new SupplierLocation(supplier, Objects.requireNonNull(location.id()));
      places.put(place.key(), place);
    }
    return places;
  }

  private static Map<SupplierTerm.Key, SupplierTerm> terms(Supplier supplier) {
    Map<SupplierTerm.Key, SupplierTerm> terms = new LinkedHashMap<>();
    for (FilterTerms.Term term : FilterTerms.of(supplier.data())) {
      SupplierTerm row =
          new SupplierTerm(
              supplier.organisationId(), supplier.id(), term.kind(), term.text(), term.label());
      terms.put(row.key(), row);
    }
    return terms;
  }
}
