package io.keyturn.supplier;

import io.keyturn.access.Reach;
import io.keyturn.json.MergePatch;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds all that is wrong with a supplier's data at once, for a form. {@link SupplierEdits} stops
 * at the first kind of fault: what cannot be read, what does not fit, what another supplier has.
 */
@ApplicationScoped
@Transactional
public class SupplierFaults {
  @Inject private CustomFields customFields;
  @PersistenceContext private EntityManager entities;

  /**
   * What is wrong with a change.
   *
   * @param id null for a new supplier
   * @return 422 naming members at fault, and 409 for each value that another supplier has; empty
   *     where nothing is wrong
   * @throws ProblemException 404
   */
  public List<ProblemException> of(Reach reach, @Nullable UUID id, MergePatch change) {
    SupplierData before =
        id == null
            ? SupplierData.EMPTY
            : new SupplierReach(entities, reach).one(id, LockModeType.NONE).data();
    List<ProblemException> faults = new ArrayList<>();
    SupplierData wanted = readable(before, change, faults);
    try {
      SupplierData data =
          SupplierCheck.of(before, wanted, customFields.byName(reach.organisationId()));
      new SupplierReferences(entities, reach.organisationId()).check(before, data);
    } catch (ProblemException e) {
      faults.add(e);
    }
    SupplierData unique = SupplierCheck.unique(before, wanted);
    faults.addAll(TakenValues.read(entities, reach, List.of(unique)).problems(id, unique));
    return faults;
  }

  /** The data after a change, without the members that cannot be read. */
  private static SupplierData readable(
      SupplierData before, MergePatch change, List<ProblemException> faults) {
    try {
      return change.onto(before, SupplierData.class);
    } catch (ProblemException e) {
      faults.add(e);
      List<String> unread = e.errors().stream().map(SupplierFaults::member).toList();
      return change.without(unread).onto(before, SupplierData.class);
    }
  }

  private static String member(FieldError error) {
    return error.field().split("[.\\[]", 2)[0];
  }
}
