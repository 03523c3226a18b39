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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Reads the suppliers of an organisation. {@link SupplierEdits} writes them. */
@ApplicationScoped
@Transactional
public class Suppliers {
  private static final int BATCH = 1000;

  @Inject private Clock clock;
  @Inject private KnownNames known;
  @PersistenceContext private EntityManager entities;

  /**
   * A page of the suppliers that match a filter.
   *
   * @param fields the members that are needed: others may be empty
   * @param paging with a cursor of the filter's order
   * @throws ProblemException 422 when there is no such location or department, and for an invalid
   *     cursor
   */
  public ListView<SupplierView> list(
      Reach reach, SupplierFilter filter, Set<SupplierField> fields, Paging paging) {
    return page(reach, filter, paging, SupplierField.named(fields), SupplierField.large(fields));
  }

  /**
   * A page of the suppliers that match a filter, with all their members.
   *
   * @param paging with a cursor of the filter's order
   * @throws ProblemException 422 as of {@link #list}
   */
  public ListView<SupplierView> whole(Reach reach, SupplierFilter filter, Paging paging) {
    return page(reach, filter, paging, true, true);
  }

  private ListView<SupplierView> page(
      Reach reach, SupplierFilter filter, Paging paging, boolean named, boolean whole) {
    SupplierQuery query = new SupplierQuery(entities, reach, filter, clock.instant());
    List<SupplierRecord> read = query.page(paging, whole);
    List<SupplierRecord> shown = paging.cut(read);
    List<SupplierData> data = shown.stream().map(SupplierRecord::data).toList();
    Map<UUID, SupplierNames.Name> names = named ? names(reach.organisationId(), data) : Map.of();
    return new ListView<>(
        IntStream.range(0, data.size())
            .mapToObj(i -> SupplierView.of(shown.get(i), data.get(i), names))
            .toList(),
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
    SupplierRecord record = supplier.record();
    SupplierData data = record.data();
    return SupplierView.of(record, data, names(supplier.organisationId(), List.of(data)));
  }

  private Map<UUID, SupplierNames.Name> names(
      OrganisationId organisationId, List<SupplierData> suppliers) {
    return known.of(entities, organisationId, SupplierNames.Ids.of(suppliers));
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
