package io.keyturn.supplier;

import io.keyturn.access.Reach;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Reads the suppliers of an organisation. {@link SupplierEdits} writes them. */
@ApplicationScoped
@Transactional
public class Suppliers {
  private static final int BATCH = 1000;

  @Inject private Clock clock;
  @Inject private KnownNames known;
  @Inject private ListedSuppliers listed;
  @PersistenceContext private EntityManager entities;

  /**
   * A page of the suppliers that match a filter, with the members {@link SupplierField#OF_A_LIST}.
   *
   * @param paging with a cursor of the filter's order
   * @throws ProblemException 422 when there is no such location or department, and for an invalid
   *     cursor
   */
  // Else what a transaction has written and takes back would be remembered.
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public ListView<ListedSupplier> list(Reach reach, SupplierFilter filter, Paging paging) {
    SupplierQuery query = new SupplierQuery(entities, reach, filter, clock.instant());
    List<SupplierQuery.Place> read = query.places(paging);
    return new ListView<>(
        listed.of(entities, reach.organisationId(), paging.cut(read)),
        paging.page(
            read,
            place -> filter.sort().behind(place.id(), place.value()),
            paging.counted() ? query.count() : null));
  }

  /**
   * A page of the suppliers that match a filter, with all their members.
   *
   * @param paging with a cursor of the filter's order
   * @throws ProblemException 422 as of {@link #list}
   */
  public ListView<SupplierView> whole(Reach reach, SupplierFilter filter, Paging paging) {
    SupplierQuery query = new SupplierQuery(entities, reach, filter, clock.instant());
    List<SupplierRecord> read = query.page(paging);
    return new ListView<>(
        views(reach.organisationId(), paging.cut(read)),
        paging.page(read, filter.sort()::behind, paging.counted() ? query.count() : null));
  }

  /**
   * A supplier.
   *
   * @throws ProblemException 404 when no supplier within the reach has this id
   */
  public SupplierView get(Reach reach, UUID id) {
    return view(new SupplierReach(entities, reach).one(id, LockModeType.NONE));
  }

  /** The answer about a supplier that was read. */
  SupplierView view(Supplier supplier) {
    return views(supplier.organisationId(), List.of(supplier.record())).get(0);
  }

  private List<SupplierView> views(OrganisationId organisationId, List<SupplierRecord> suppliers) {
    return SupplierView.of(suppliers, ids -> known.of(entities, organisationId, ids));
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
    DemoSuppliers demo =
        new DemoSuppliers(organisationId, RecordedActor.of(Actor.SYSTEM), clock.instant());
    insert(demo.locations());
    insert(demo.departments());
    SupplierRegister register = new SupplierRegister(organisationId);
    register.take(count);
    entities.persist(register);
    for (int first = 1; first <= count; first += BATCH) {
      List<Supplier> suppliers = demo.suppliers(first, Math.min(first + BATCH - 1, count));
      insert(suppliers);
      new SupplierIndex(entities).add(suppliers);
      entities.clear();
    }
  }

  /** Inserts a batch and detaches it, so that memory does not grow with the number of rows. */
  private void insert(List<?> batch) {
    batch.forEach(entities::persist);
    entities.flush();
    batch.forEach(entities::detach);
  }
}
