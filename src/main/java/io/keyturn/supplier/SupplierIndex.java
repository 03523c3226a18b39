package io.keyturn.supplier;

import jakarta.persistence.EntityManager;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps the rows by which filters find a supplier as its own row says. */
final class SupplierIndex {
  private final EntityManager entities;

  SupplierIndex(EntityManager entities) {
    this.entities = entities;
  }

  /** Writes the rows of a new supplier. */
  void add(Supplier supplier) {
    terms(supplier).values().forEach(entities::persist);
    locations(supplier.data(false))
        .forEach(id -> entities.persist(new SupplierLocation(supplier, id)));
  }

  /** Writes and removes what a change makes different. */
  void update(Supplier supplier) {
    Map<SupplierTerm.Key, SupplierTerm> wanted = terms(supplier);
    List<SupplierTerm> stored =
        entities
            .createQuery(
                "select t from SupplierTerm t where t.organisationId = :organisation"
                    + " and t.supplierId = :supplier",
                SupplierTerm.class)
            .setParameter("organisation", supplier.organisationId())
            .setParameter("supplier", supplier.id())
            .getResultList();
    for (SupplierTerm term : stored) {
      if (wanted.remove(term.key()) == null) {
        entities.remove(term);
      }
    }
    wanted.values().forEach(entities::persist);
    updateLocations(supplier);
  }

  private void updateLocations(Supplier supplier) {
    Set<UUID> wanted = locations(supplier.data(false));
    List<SupplierLocation> stored =
        entities
            .createQuery(
                "select l from SupplierLocation l where l.organisationId = :organisation"
                    + " and l.supplierId = :supplier",
                SupplierLocation.class)
            .setParameter("organisation", supplier.organisationId())
            .setParameter("supplier", supplier.id())
            .getResultList();
    for (SupplierLocation location : stored) {
      if (!wanted.remove(location.locationId())) {
        entities.remove(location);
      }
    }
    wanted.forEach(id -> entities.persist(new SupplierLocation(supplier, id)));
  }

  private static Set<UUID> locations(SupplierData data) {
    return data.locations().stream()
        .map(r -> Objects.requireNonNull(r.id()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Map<SupplierTerm.Key, SupplierTerm> terms(Supplier supplier) {
    SupplierData data = supplier.data();
    Map<SupplierTerm.Key, SupplierTerm> terms = new LinkedHashMap<>();
    data.tags().forEach(tag -> put(terms, supplier, SupplierTerm.Kind.TAG, SupplierTerm.tag(tag)));
    data.categories()
        .forEach(c -> put(terms, supplier, SupplierTerm.Kind.CATEGORY, c.term(), c.label()));
    data.identifiers().forEach(i -> put(terms, supplier, SupplierTerm.Kind.IDENTIFIER, i.term()));
    data.departments()
        .forEach(d -> put(terms, supplier, SupplierTerm.Kind.DEPARTMENT, d.id() + ""));
    data.owners().forEach(o -> put(terms, supplier, SupplierTerm.Kind.OWNER, o.id() + ""));
    return terms;
  }

  private static void put(
      Map<SupplierTerm.Key, SupplierTerm> terms,
      Supplier supplier,
      SupplierTerm.Kind kind,
      String text) {
    put(terms, supplier, kind, text, null);
  }

  private static void put(
      Map<SupplierTerm.Key, SupplierTerm> terms,
      Supplier supplier,
      SupplierTerm.Kind kind,
      String text,
      @Nullable String label) {
    SupplierTerm term =
        new SupplierTerm(supplier.organisationId(), supplier.id(), kind, text, label);
    terms.put(term.key(), term);
  }
}
