package io.keyturn.supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.organisation.OrganisationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Reads the rows of lists, and remembers them. A list reads the versions of its suppliers each
 * time; a remembered supplier counts if it has that version, and if all that it refers to has the
 * same name.
 */
@ApplicationScoped
class ListedSuppliers {
  /** In characters of JSON. With its objects, a supplier takes about four times as much. */
  private static final long MOST = 8_000_000;

  /** A guess, as long as the JSON was not written. */
  private static final int USUAL = 1000;

  private static final int ENTRY = 100;

  /** A database that was restored under a running node may give a version twice. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @Inject private KnownNames known;

  private final Cache<UUID, ListedSupplier> remembered =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(MOST)
          .weigher(ListedSuppliers::weight)
          .expireAfterWrite(LONGEST)
          .build();

  private static int weight(UUID id, ListedSupplier supplier) {
    if (supplier.json() != null) {
      return supplier.json().length();
    }
    SupplierView view = supplier.view();
    int entries =
        view.tags().size()
            + view.locations().size()
            + view.departments().size()
            + view.owners().size()
            + view.categories().size();
    return USUAL + ENTRY * entries;
  }

  /** The suppliers at these places. */
  List<ListedSupplier> of(
      EntityManager entities, OrganisationId organisationId, List<SupplierQuery.Place> places) {
    Map<UUID, ListedSupplier> found = unchanged(entities, organisationId, places);
    List<UUID> others =
        places.stream().map(SupplierQuery.Place::id).filter(id -> !found.containsKey(id)).toList();
    if (!others.isEmpty()) {
      for (SupplierView view : read(entities, organisationId, others)) {
        ListedSupplier supplier = new ListedSupplier(view, null);
        remembered.put(view.id(), supplier);
        found.put(view.id(), supplier);
      }
    }
    return places.stream().map(place -> found.get(place.id())).filter(Objects::nonNull).toList();
  }

  private Map<UUID, ListedSupplier> unchanged(
      EntityManager entities, OrganisationId organisationId, List<SupplierQuery.Place> places) {
    List<ListedSupplier> candidates = new ArrayList<>();
    for (SupplierQuery.Place place : places) {
      ListedSupplier supplier = remembered.getIfPresent(place.id());
      if (supplier != null && supplier.view().version() == place.version()) {
        candidates.add(supplier);
      }
    }
    Map<UUID, SupplierNames.Name> names =
        known.of(
            entities,
            organisationId,
            SupplierNames.Ids.of(candidates.stream().map(ListedSupplier::view).toList()));
    Map<UUID, ListedSupplier> unchanged = new HashMap<>();
    for (ListedSupplier supplier : candidates) {
      if (isNamed(supplier.view(), names)) {
        unchanged.put(supplier.view().id(), written(supplier));
      }
    }
    return unchanged;
  }

  /** Whoever walks through a list once pays for no text but that of the answer. */
  private ListedSupplier written(ListedSupplier supplier) {
    if (supplier.json() != null) {
      return supplier;
    }
    ListedSupplier written = supplier.written();
    remembered.put(supplier.view().id(), written);
    return written;
  }

  private static boolean isNamed(SupplierView supplier, Map<UUID, SupplierNames.Name> names) {
    return isNamed(supplier.locations(), names)
        && isNamed(supplier.departments(), names)
        && isNamed(supplier.owners(), names);
  }

  private static boolean isNamed(List<Reference> references, Map<UUID, SupplierNames.Name> names) {
    for (Reference reference : references) {
      SupplierNames.Name name = names.get(Objects.requireNonNull(reference.id()));
      if (name == null || !name.reference().equals(reference)) {
        return false;
      }
    }
    return true;
  }

  private List<SupplierView> read(
      EntityManager entities, OrganisationId organisationId, List<UUID> ids) {
    return SupplierView.of(
        SupplierRecord.ofAList(entities, organisationId, ids),
        referred -> known.of(entities, organisationId, referred));
  }
}
