package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The suppliers of an organisation, and the locations they deliver to. */
@ApplicationScoped
@Transactional
public class Suppliers {
  private static final int BATCH = 1000;

  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * A page of the suppliers that match a filter.
   *
   * @param paging with a cursor of the filter's order
   * @throws ProblemException 422 when there is no such location, and for an invalid cursor
   */
  public ListView<SupplierView> list(
      OrganisationId organisationId, SupplierFilter filter, Paging paging) {
    UUID locationId =
        filter.location() == null
            ? null
            : new LocationQuery(entities, organisationId).named(filter.location());
    SupplierQuery query = new SupplierQuery(entities, organisationId, filter, locationId);
    List<Supplier> read = query.page(paging);
    return new ListView<>(
        views(organisationId, paging.cut(read)),
        paging.page(read, filter.sort()::behind, paging.counted() ? query.count() : null));
  }

  /**
   * A supplier.
   *
   * @throws ProblemException 404 when the organisation has no supplier with this id
   */
  public SupplierView get(OrganisationId organisationId, UUID id) {
    List<Supplier> found =
        entities
            .createQuery(
                "select s from Supplier s where s.organisationId = :organisation and s.id = :id",
                Supplier.class)
            .setParameter("organisation", organisationId)
            .setParameter("id", id)
            .getResultList();
    return views(organisationId, found).stream()
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("supplier"));
  }

  private List<SupplierView> views(OrganisationId organisationId, List<Supplier> suppliers) {
    if (suppliers.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<LocationView>> byId =
        new LocationQuery(entities, organisationId)
            .ofSuppliers(suppliers.stream().map(Supplier::id).toList());
    return suppliers.stream()
        .map(s -> SupplierView.of(s, byId.getOrDefault(s.id(), List.of())))
        .toList();
  }

  /**
   * A page of the locations, by name.
   *
   * @param name a part of the locations' names
   * @param paging with a cursor of the list of locations
   * @throws ProblemException 422 for an invalid cursor
   */
  public ListView<LocationView> locations(
      OrganisationId organisationId, Search name, Paging paging) {
    LocationQuery query = new LocationQuery(entities, organisationId);
    List<Location> read = query.page(name, paging);
    return new ListView<>(
        paging.cut(read).stream().map(LocationView::of).toList(),
        paging.page(read, LocationQuery::behind, paging.counted() ? query.count(name) : null));
  }

  /**
   * Gives demo suppliers and locations to an organisation that has neither. They are the same each
   * time.
   *
   * @param count how many suppliers; 0 creates no locations either
   */
  public void seedDemo(OrganisationId organisationId, int count) {
    if (count == 0) {
      return;
    }
    DemoSuppliers demo = new DemoSuppliers(organisationId, clock.instant());
    insert(demo.locations());
    for (int first = 1; first <= count; first += BATCH) {
      List<Supplier> suppliers = demo.suppliers(first, Math.min(first + BATCH - 1, count));
      insert(suppliers);
      insert(suppliers.stream().flatMap(s -> demo.locationsOf(s).stream()).toList());
    }
  }

  /** Inserts a batch and detaches it, so that memory does not grow with the number of rows. */
  private void insert(List<?> batch) {
    batch.forEach(entities::persist);
    entities.flush();
    batch.forEach(entities::detach);
  }
}
