package io.keyturn.supplier;

import io.keyturn.access.Reach;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.event.EventView;
import io.keyturn.json.JsonText;
import io.keyturn.json.RecordWriter;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who did what to a supplier. Each change of a supplier is recorded here, and nowhere else. */
@ApplicationScoped
public class SupplierHistory {
  /** The list and its order, as a cursor names it. */
  public static final String LIST = "supplier-changes/-number";

  @Inject private AuditLog audit;
  @PersistenceContext private EntityManager entities;

  /** A value of a member before and after a change. An absent value is null. */
  private record Difference(@Nullable JsonValue before, @Nullable JsonValue after) {}

  /**
   * Records what was done to a supplier, in the transaction in which it was done: in its changes
   * and in the audit log.
   *
   * @param before what could be written of it before; null when it did not exist
   * @param reason why it was done
   */
  @Transactional(TxType.MANDATORY)
  void record(
      Supplier supplier,
      SupplierAction action,
      @Nullable SupplierState before,
      Actor actor,
      @Nullable String reason) {
    // Writes the row, so that its version is the new version.
    entities.flush();
    List<SupplierChange> changes = new ArrayList<>();
    note(new Done(supplier, action, before), actor, reason, changes)
        .forEach(
            e -> audit.append(e.organisationId(), e.actor(), e.action(), e.subject(), e.details()));
    SupplierChange.TABLE.insert(entities, changes);
  }

  /**
   * Something that was done to a supplier.
   *
   * @param before what could be written of it before; null when it did not exist
   */
  record Done(Supplier supplier, SupplierAction action, @Nullable SupplierState before) {}

  /** Records what was done to many suppliers of an organisation, each once, as {@link #record}. */
  @Transactional(TxType.MANDATORY)
  void record(List<Done> all, Actor actor) {
    entities.flush();
    List<SupplierChange> changes = new ArrayList<>();
    audit.appendAll(
        all.stream().flatMap(done -> note(done, actor, null, changes).stream()).toList());
    SupplierChange.TABLE.insert(entities, changes);
  }

  /** Adds to the changes what is returned for the audit log. */
  private static List<AuditLog.Entry> note(
      Done done, Actor actor, @Nullable String reason, List<SupplierChange> changes) {
    Supplier supplier = done.supplier();
    SupplierState before = done.before();
    SupplierState after = SupplierState.of(supplier);
    Map<String, JsonValue> members = differences(before, after);
    changes.add(
        new SupplierChange(
            supplier,
            supplier.updatedAt(),
            done.action(),
            RecordedActor.of(actor),
            JsonText.dense(members),
            reason));
    Map<String, String> facts = new TreeMap<>();
    if (reason != null) {
      facts.put("reason", reason);
    }
    if (done.action() == SupplierAction.CHANGED) {
      facts.put("changed", String.join(", ", members.keySet()));
    }
    Set<String> locations = new TreeSet<>(after.locations());
    if (before != null) {
      locations.addAll(before.locations());
    }
    if (!locations.isEmpty()) {
      facts.put(EventView.LOCATIONS, String.join(" ", locations));
    }
    List<AuditLog.Entry> entries = new ArrayList<>();
    entries.add(entry(supplier, actor, done.action().audited(), facts));
    if (after.onboarded() && (before == null || !before.onboarded())) {
      Map<String, String> where = new TreeMap<>(facts);
      where.keySet().retainAll(Set.of(EventView.LOCATIONS));
      entries.add(entry(supplier, actor, AuditAction.SUPPLIER_ONBOARDING_COMPLETED, where));
    }
    return entries;
  }

  private static AuditLog.Entry entry(
      Supplier supplier, Actor actor, AuditAction action, Map<String, String> facts) {
    return new AuditLog.Entry(
        supplier.organisationId(),
        actor,
        action,
        new Subject("supplier", supplier.id(), supplier.name()),
        facts);
  }

  private static Map<String, JsonValue> differences(
      @Nullable SupplierState before, SupplierState after) {
    JsonObject old = before == null ? JsonValue.EMPTY_JSON_OBJECT : before.json();
    JsonObject now = after.json();
    Map<String, JsonValue> members = new TreeMap<>();
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      JsonValue was = old.get(name);
      JsonValue is = now.get(name);
      if (was == null || !was.equals(is)) {
        members.put(name, RecordWriter.write(new Difference(was, is)));
      }
    }
    return members;
  }

  /**
   * A page of what was done to a supplier, the newest first.
   *
   * @throws ProblemException 404 when the reach has no such supplier; 422 for an invalid cursor
   */
  @Transactional
  public ListView<SupplierChangeView> changes(Reach reach, UUID supplierId, Paging paging) {
    new SupplierReach(entities, reach).one(supplierId, LockModeType.NONE);
    Cursor after = paging.after();
    String from =
        " from SupplierChange c where c.organisationId = :organisation and c.supplierId = :id";
    TypedQuery<SupplierChange> query =
        entities.createQuery(
            "select c"
                + from
                + (after == null ? "" : " and c.number < :number")
                + " order by c.number desc",
            SupplierChange.class);
    if (after != null) {
      query.setParameter("number", number(after));
    }
    List<SupplierChange> read =
        query
            .setParameter("organisation", reach.organisationId())
            .setParameter("id", supplierId)
            .setMaxResults(paging.fetch())
            .getResultList();
    Long total = null;
    if (paging.counted()) {
      total =
          entities
              .createQuery("select count(c)" + from, Long.class)
              .setParameter("organisation", reach.organisationId())
              .setParameter("id", supplierId)
              .getSingleResult();
    }
    return new ListView<>(
        paging.cut(read).stream().map(SupplierChangeView::of).toList(),
        paging.page(read, c -> new Cursor(LIST, Integer.toString(c.number()), supplierId), total));
  }

  private static int number(Cursor place) {
    try {
      return Integer.parseInt(place.value());
    } catch (NumberFormatException e) {
      throw Cursor.invalid();
    }
  }
}
