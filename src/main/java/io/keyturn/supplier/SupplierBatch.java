package io.keyturn.supplier;

import io.keyturn.access.Reach;
import io.keyturn.audit.Actor;
import io.keyturn.database.InList;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.supplier.SupplierHistory.Done;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes many suppliers of an organisation in one transaction and few statements, by the rules of
 * {@link SupplierEdits}, and as if one were written after the other.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class SupplierBatch {
  @Inject private Clock clock;
  @Inject private SupplierRegisters registers;
  @Inject private SupplierHistory history;
  @Inject private CustomFields customFields;
  @PersistenceContext private EntityManager entities;

  /**
   * A supplier to create or change. It is found by its external id, else by its number, else by its
   * origin. A supplier that is not found is new.
   *
   * @param origin of a wish with neither external id nor number: the same for the same wish
   * @param edit what is wanted, after what is stored; {@link SupplierData#EMPTY} of a new supplier.
   *     It may throw a {@link ProblemException}
   */
  public record Wish(
      @Nullable String externalId,
      @Nullable String number,
      @Nullable String origin,
      UnaryOperator<SupplierData> edit) {

    /** The keys as they are stored. */
    public Wish {
      externalId = externalId == null ? null : Names.clean(externalId);
      number = number == null ? null : Names.clean(number);
    }

    /** A supplier that is created, or replaced if its external id is known. */
    public static Wish whole(SupplierData data) {
      String number = data.number();
      boolean unnumbered = number == null || Names.clean(number).isEmpty();
      TextChecks checks = new TextChecks();
      String externalId = checks.line("external_id", data.externalId(), SupplierCheck.LONGEST_KEY);
      // What cannot be stored is not looked up. The check of the data says what is wrong with it.
      return new Wish(
          checks.fine() ? externalId : null,
          null,
          null,
          before -> unnumbered ? data.numbered(before.number()) : data);
    }
  }

  /** What became of a wish. */
  public enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED,
    REJECTED
  }

  /**
   * What became of a wish.
   *
   * @param id of the supplier; null where the wish was rejected, as its number is
   * @param problem why it was rejected; else null
   */
  public record Result(
      Outcome outcome,
      @Nullable UUID id,
      @Nullable String number,
      @Nullable ProblemException problem) {

    private static Result of(Outcome outcome, Known known) {
      return new Result(outcome, known.supplier.id(), known.data.number(), null);
    }
  }

  /**
   * Writes suppliers. A wish that is rejected does not stop the others.
   *
   * @param reach of whoever writes
   * @param dryRun says what would become of the wishes, and writes nothing
   * @return a result for each wish, in their order
   */
  public List<Result> write(Reach reach, List<Wish> wishes, Actor actor, boolean dryRun) {
    return new Run(registers.lock(reach.organisationId()), reach, actor, dryRun).write(wishes);
  }

  /** A supplier as the batch knows it. */
  private static final class Known {
    private final Supplier supplier;
    private SupplierData data;

    Known(Supplier supplier, SupplierData data) {
      this.supplier = supplier;
      this.data = data;
    }
  }

  /**
   * What a wish leads to while no other wish changes its supplier.
   *
   * @param target null for a new supplier
   * @param after null with a problem
   */
  private record Draft(
      @Nullable Known target,
      SupplierData before,
      @Nullable SupplierData after,
      @Nullable ProblemException problem) {

    boolean holds(@Nullable Known now) {
      return now == target && (now == null || now.data == before);
    }
  }

  private final class Run {
    private final SupplierRegister register;
    private final OrganisationId organisationId;
    private final Reach reach;
    private final SupplierReach rule;
    private final Actor actor;
    private final boolean dryRun;
    private final Instant now = clock.instant();
    private final Map<String, CustomField> fields;
    private final SupplierReferences references;
    private final Map<UUID, Known> byId = new HashMap<>();
    private final Map<String, Known> byNumber = new HashMap<>();
    private final Map<String, Known> byExternalId = new HashMap<>();
    private final Map<String, Known> byOrigin = new HashMap<>();
    private final Deque<String> freeNumbers = new ArrayDeque<>();

    /** What is not yet in the index and the history, by the suppliers' ids. */
    private final Map<UUID, Done> open = new LinkedHashMap<>();

    Run(SupplierRegister register, Reach reach, Actor actor, boolean dryRun) {
      this.register = register;
      this.organisationId = register.organisationId();
      this.reach = reach;
      this.rule = new SupplierReach(entities, reach);
      this.actor = actor;
      this.dryRun = dryRun;
      this.fields = customFields.byName(organisationId);
      this.references = new SupplierReferences(entities, organisationId);
    }

    List<Result> write(List<Wish> wishes) {
      read("externalId", wishes.stream().map(Wish::externalId).filter(Objects::nonNull).toList());
      read("number", wishes.stream().map(Wish::number).filter(Objects::nonNull).toList());
      readOrigins(wishes.stream().map(Wish::origin).filter(Objects::nonNull).toList());
      List<Draft> drafts = wishes.stream().map(wish -> draft(wish, target(wish))).toList();
      List<SupplierData> wanted =
          drafts.stream().map(Draft::after).filter(Objects::nonNull).toList();
      TakenValues taken = registers.taken(reach, wanted);
      if (!dryRun) {
        int unnumbered = (int) wanted.stream().filter(data -> data.number() == null).count();
        freeNumbers.addAll(registers.nextNumbers(register, unnumbered));
      }
      List<Result> results = new ArrayList<>();
      for (int i = 0; i < wishes.size(); i++) {
        try {
          results.add(fulfil(wishes.get(i), drafts.get(i), taken));
        } catch (ProblemException e) {
          results.add(new Result(Outcome.REJECTED, null, null, e));
        }
      }
      settle();
      return results;
    }

    private void read(String attribute, Collection<?> values) {
      if (values.isEmpty()) {
        return;
      }
      TypedQuery<Supplier> query =
          entities
              .createQuery(
                  "select s from Supplier s where s.organisationId = :organisation and s."
                      + attribute
                      + " in "
                      + InList.of("value", values.size()),
                  Supplier.class)
              .setParameter("organisation", organisationId)
              .setLockMode(LockModeType.PESSIMISTIC_WRITE);
      for (Supplier supplier : InList.set(query, "value", values).getResultList()) {
        if (!byId.containsKey(supplier.id())) {
          Known known = new Known(supplier, supplier.data());
          byId.put(supplier.id(), known);
          index(known);
          if (dryRun) {
            // So that nothing that is done to it is written.
            entities.detach(supplier);
          }
        }
      }
    }

    private void readOrigins(List<String> origins) {
      if (origins.isEmpty()) {
        return;
      }
      TypedQuery<SupplierOrigin> query =
          entities
              .createQuery(
                  "select o from SupplierOrigin o where o.organisationId = :organisation"
                      + " and o.digest in "
                      + InList.of("digest", origins.size()),
                  SupplierOrigin.class)
              .setParameter("organisation", organisationId);
      List<SupplierOrigin> stored = InList.set(query, "digest", origins).getResultList();
      read("id", stored.stream().map(SupplierOrigin::supplierId).toList());
      stored.forEach(o -> byOrigin.put(o.digest(), byId.get(o.supplierId())));
    }

    private void index(Known known) {
      byNumber.put(String.valueOf(known.data.number()), known);
      if (known.data.externalId() != null) {
        byExternalId.put(known.data.externalId(), known);
      }
    }

    private @Nullable Known target(Wish wish) {
      Known known = wish.externalId() == null ? null : byExternalId.get(wish.externalId());
      if (known == null && wish.number() != null) {
        known = byNumber.get(wish.number());
      }
      return known == null && wish.origin() != null ? byOrigin.get(wish.origin()) : known;
    }

    private Draft draft(Wish wish, @Nullable Known target) {
      SupplierData before = target == null ? SupplierData.EMPTY : target.data;
      try {
        if (target != null && !rule.sees(target.supplier)) {
          String by = wish.externalId() == null ? "number" : "external_id";
          throw new ProblemException(ProblemType.NOT_FOUND, TakenValues.unseen(by).detail());
        }
        SupplierData after = SupplierCheck.of(before, wish.edit().apply(before), fields);
        SupplierData stored = target == null ? null : before;
        references.check(stored, after);
        rule.check(stored, after);
        if (target != null
            && before.externalId() != null
            && wish.externalId() != null
            && !before.externalId().equals(wish.externalId())) {
          throw ProblemException.taken(
              "number",
              "The supplier "
                  + target.supplier.id()
                  + " has the same number, and another external id.");
        }
        return new Draft(target, before, after, null);
      } catch (ProblemException e) {
        return new Draft(target, before, null, e);
      }
    }

    private Result fulfil(Wish wish, Draft first, TakenValues taken) {
      Known target = target(wish);
      Draft draft = first.holds(target) ? first : draft(wish, target);
      SupplierData after = draft.after();
      if (after == null) {
        throw Objects.requireNonNull(draft.problem());
      }
      if (target == null) {
        taken.refuse(null, after);
        return Result.of(Outcome.CREATED, create(wish, after, taken));
      }
      if (after.equals(target.data)) {
        return Result.of(Outcome.UNCHANGED, target);
      }
      taken.refuse(target.supplier.id(), after);
      change(target, after, taken);
      return Result.of(Outcome.UPDATED, target);
    }

    private Known create(Wish wish, SupplierData data, TakenValues taken) {
      SupplierData numbered = data.number() == null ? data.numbered(nextNumber(taken)) : data;
      UUID id = UUID.randomUUID();
      if (taken.take(id, null, numbered)) {
        settle();
      }
      Supplier supplier = new Supplier(id, organisationId, numbered, RecordedActor.of(actor), now);
      open.put(id, new Done(supplier, SupplierAction.CREATED, null));
      Known known = new Known(supplier, numbered);
      byId.put(id, known);
      index(known);
      if (wish.origin() != null) {
        byOrigin.put(wish.origin(), known);
      }
      if (!dryRun) {
        entities.persist(supplier);
        if (wish.origin() != null) {
          entities.persist(new SupplierOrigin(organisationId, wish.origin(), id));
        }
      }
      return known;
    }

    private String nextNumber(TakenValues taken) {
      if (dryRun) {
        // No supplier can have it, for it is no text that the check lets pass.
        return "\n" + byId.size();
      }
      String number = null;
      while (number == null || taken.hasNumber(number)) {
        number = freeNumbers.isEmpty() ? registers.nextNumber(register) : freeNumbers.removeFirst();
      }
      return number;
    }

    private void change(Known known, SupplierData after, TakenValues taken) {
      Supplier supplier = known.supplier;
      supplier.refuseArchived();
      // Each change of a supplier is a version of its own.
      boolean again = open.containsKey(supplier.id());
      if (taken.take(supplier.id(), known.data, after) || again) {
        settle();
      }
      SupplierState before = SupplierState.of(supplier);
      supplier.write(after, now);
      open.put(supplier.id(), new Done(supplier, SupplierAction.CHANGED, before));
      byNumber.remove(known.data.number());
      byExternalId.remove(known.data.externalId());
      known.data = after;
      index(known);
    }

    /** Writes what is done so far. */
    private void settle() {
      if (!dryRun && !open.isEmpty()) {
        List<Done> done = List.copyOf(open.values());
        entities.flush();
        SupplierIndex index = new SupplierIndex(entities);
        index.update(done.stream().filter(d -> d.before() != null).map(Done::supplier).toList());
        index.add(done.stream().filter(d -> d.before() == null).map(Done::supplier).toList());
        history.record(done, actor);
        // What a supplier has given up is gone now, so that another may have it.
        entities.flush();
      }
      open.clear();
    }
  }
}
