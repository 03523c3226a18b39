package io.keyturn.supplier;

import io.keyturn.access.Reach;
import io.keyturn.audit.Actor;
import io.keyturn.http.IfMatch;
import io.keyturn.json.MergePatch;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Creates and changes the suppliers within somebody's reach. */
@ApplicationScoped
@Transactional
public class SupplierEdits {
  @Inject private Clock clock;
  @Inject private Suppliers suppliers;
  @Inject private SupplierRegisters registers;
  @Inject private SupplierHistory history;
  @Inject private CustomFields customFields;
  @PersistenceContext private EntityManager entities;

  /**
   * Creates a supplier, not yet approved.
   *
   * @throws ProblemException 409 naming the supplier that has the number, the external id or an
   *     identifier; 422 naming each member at fault
   */
  public SupplierView create(Reach reach, SupplierData sent, Actor actor) {
    SupplierData data = checked(reach.organisationId(), null, sent);
    SupplierRegister register = registers.lock(reach.organisationId());
    return insert(reach, register, data, actor);
  }

  private SupplierView insert(
      Reach reach, SupplierRegister register, SupplierData data, Actor actor) {
    reached(reach).check(null, data);
    registers.refuseTaken(reach, null, data);
    SupplierData numbered =
        data.number() == null ? data.numbered(registers.nextNumber(register)) : data;
    Supplier supplier =
        new Supplier(
            UUID.randomUUID(),
            reach.organisationId(),
            numbered,
            RecordedActor.of(actor),
            clock.instant());
    entities.persist(supplier);
    entities.flush();
    new SupplierIndex(entities).add(List.of(supplier));
    history.record(supplier, SupplierAction.CREATED, null, actor, null);
    return suppliers.view(supplier);
  }

  /** A supplier that was written, and whether it is new. */
  public record Written(SupplierView supplier, boolean created) {}

  /**
   * Creates the supplier with this external id, or replaces all of its data. Its number stays as it
   * is when the data have none.
   *
   * @param versions null where any version may be replaced
   * @throws ProblemException 409 while it is archived, and naming another supplier that has the
   *     number or an identifier; 412 for another version; 422 naming each member at fault
   */
  public Written put(
      Reach reach, String externalId, SupplierData sent, @Nullable IfMatch versions, Actor actor) {
    TextChecks checks = new TextChecks();
    String key = checks.required("external_id", externalId, SupplierCheck.LONGEST_KEY);
    checks.done();
    SupplierData wanted = sent.withExternalId(key);
    SupplierRegister register = registers.lock(reach.organisationId());
    UUID id = registers.withExternalId(reach.organisationId(), key);
    if (id == null) {
      if (versions != null) {
        throw new ProblemException(
            ProblemType.PRECONDITION_FAILED,
            "There is no supplier with this external id yet. Leave If-Match out to create it.");
      }
      return new Written(
          insert(reach, register, checked(reach.organisationId(), null, wanted), actor), true);
    }
    return new Written(
        edit(
            reach,
            id,
            Objects.requireNonNullElse(versions, IfMatch.ANY),
            before -> {
              SupplierData data = checked(reach.organisationId(), before, wanted);
              return data.number() == null ? data.numbered(before.number()) : data;
            },
            actor),
        false);
  }

  /**
   * Changes a supplier.
   *
   * @throws ProblemException 404; 409 while it is archived, and naming another supplier that has
   *     the number, the external id or an identifier; 412 for another version; 422 naming each
   *     member at fault
   */
  public SupplierView change(
      Reach reach, UUID id, IfMatch versions, MergePatch patch, Actor actor) {
    if (patch.names(SupplierRegisters.UNIQUE)) {
      // Before the supplier's own row, as everywhere.
      registers.lock(reach.organisationId());
    }
    return edit(
        reach,
        id,
        versions,
        before -> {
          SupplierData after =
              checked(reach.organisationId(), before, patch.onto(before, SupplierData.class));
          if (after.number() == null) {
            throw ProblemException.invalid("number", "must not be removed");
          }
          return after;
        },
        actor);
  }

  private SupplierView edit(
      Reach reach, UUID id, IfMatch versions, UnaryOperator<SupplierData> edit, Actor actor) {
    Supplier supplier = reached(reach).one(id, LockModeType.PESSIMISTIC_WRITE);
    versions.check(supplier.version());
    SupplierData before = supplier.data();
    SupplierState state = SupplierState.of(supplier);
    SupplierData after = edit.apply(before);
    if (after.equals(before)) {
      return suppliers.view(supplier);
    }
    reached(reach).check(before, after);
    registers.refuseTaken(reach, id, after);
    supplier.write(after, clock.instant());
    new SupplierIndex(entities).update(supplier);
    history.record(supplier, SupplierAction.CHANGED, state, actor, null);
    return suppliers.view(supplier);
  }

  /**
   * Asks for the approval of a supplier, again after a rejection.
   *
   * @throws ProblemException 404; 409 naming its status; 412 for another version
   */
  public SupplierView submit(Reach reach, UUID id, IfMatch versions, Actor by) {
    return act(
        reach,
        id,
        versions,
        SupplierAction.SUBMITTED,
        null,
        by,
        supplier -> supplier.submit(clock.instant()));
  }

  /**
   * Approves a supplier.
   *
   * @throws ProblemException 404; 409 naming its status; 412 for another version
   */
  public SupplierView approve(
      Reach reach, UUID id, IfMatch versions, @Nullable String reason, Actor by) {
    String why = Reasons.optional(reason);
    return act(
        reach,
        id,
        versions,
        SupplierAction.APPROVED,
        why,
        by,
        s -> s.decide(SupplierStatus.ACTIVE, why, RecordedActor.of(by), clock.instant()));
  }

  /**
   * Rejects a supplier.
   *
   * @throws ProblemException 404; 409 naming its status; 412 for another version; 422 without a
   *     reason
   */
  public SupplierView reject(
      Reach reach, UUID id, IfMatch versions, @Nullable String reason, Actor by) {
    String why = Reasons.required(reason);
    return act(
        reach,
        id,
        versions,
        SupplierAction.REJECTED,
        why,
        by,
        s -> s.decide(SupplierStatus.REJECTED, why, RecordedActor.of(by), clock.instant()));
  }

  /**
   * Puts a supplier into the archive.
   *
   * @throws ProblemException 404; 409 naming its status; 412 for another version
   */
  public SupplierView archive(
      Reach reach, UUID id, IfMatch versions, @Nullable String reason, Actor by) {
    return act(
        reach,
        id,
        versions,
        SupplierAction.ARCHIVED,
        Reasons.optional(reason),
        by,
        s -> s.archive(clock.instant()));
  }

  /**
   * Takes a supplier out of the archive, with the status that it had.
   *
   * @throws ProblemException 404; 409 naming its status; 412 for another version
   */
  public SupplierView unarchive(Reach reach, UUID id, IfMatch versions, Actor by) {
    return act(
        reach,
        id,
        versions,
        SupplierAction.UNARCHIVED,
        null,
        by,
        s -> s.unarchive(clock.instant()));
  }

  private SupplierView act(
      Reach reach,
      UUID id,
      IfMatch versions,
      SupplierAction action,
      @Nullable String reason,
      Actor actor,
      Consumer<Supplier> change) {
    Supplier supplier = reached(reach).one(id, LockModeType.PESSIMISTIC_WRITE);
    versions.check(supplier.version());
    SupplierState before = SupplierState.of(supplier);
    change.accept(supplier);
    history.record(supplier, action, before, actor, reason);
    return suppliers.view(supplier);
  }

  private SupplierReach reached(Reach reach) {
    return new SupplierReach(entities, reach);
  }

  private SupplierData checked(
      OrganisationId organisationId, @Nullable SupplierData before, SupplierData sent) {
    SupplierData data =
        SupplierCheck.of(
            Objects.requireNonNullElse(before, SupplierData.EMPTY),
            sent,
            customFields.byName(organisationId));
    new SupplierReferences(entities, organisationId).check(before, data);
    return data;
  }
}
