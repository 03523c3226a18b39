package io.keyturn.supplier;

import io.keyturn.access.Reach;
import io.keyturn.database.InList;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which supplier has some numbers, external ids and identifiers, archived or not. Whoever reads it
 * has locked the organisation's register before.
 */
final class TakenValues {
  private final Map<Value, UUID> holders = new HashMap<>();
  private final Set<Value> givenUp = new HashSet<>();
  private final Predicate<UUID> seen;

  /** What only one supplier can have with the same value. */
  private enum Kind {
    NUMBER(
        "select s.number, s.id from Supplier s where s.organisationId = :organisation"
            + " and s.number in "),
    EXTERNAL_ID(
        "select s.externalId, s.id from Supplier s where s.organisationId = :organisation"
            + " and s.externalId in "),
    IDENTIFIER(
        "select t.uniqueTerm, t.supplierId from SupplierTerm t"
            + " where t.organisationId = :organisation and t.uniqueTerm in ");

    private final String holders;

    Kind(String holders) {
      this.holders = holders;
    }
  }

  private record Value(Kind kind, String text) {}

  private TakenValues(Predicate<UUID> seen) {
    this.seen = seen;
  }

  /**
   * Reads who has the values of these data.
   *
   * @param reach of whoever wants them: other suppliers are not named
   */
  static TakenValues read(EntityManager entities, Reach reach, Collection<SupplierData> data) {
    TakenValues taken = new TakenValues(id -> sees(entities, reach, id));
    Set<Value> values = new LinkedHashSet<>();
    data.forEach(one -> values.addAll(values(one)));
    for (Kind kind : Kind.values()) {
      taken.read(
          entities,
          reach.organisationId(),
          kind,
          values.stream().filter(v -> v.kind() == kind).map(Value::text).toList());
    }
    return taken;
  }

  private static boolean sees(EntityManager entities, Reach reach, UUID id) {
    if (!reach.locations().limited()) {
      return true;
    }
    Supplier found = entities.find(Supplier.class, id);
    return found != null && new SupplierReach(entities, reach).sees(found);
  }

  /** The numbers among these that a supplier has. */
  static Set<String> numbers(
      EntityManager entities, OrganisationId organisationId, List<String> numbers) {
    TakenValues taken = new TakenValues(id -> true);
    taken.read(entities, organisationId, Kind.NUMBER, numbers);
    Set<String> known = new HashSet<>();
    taken.holders.keySet().forEach(value -> known.add(value.text()));
    return known;
  }

  private void read(
      EntityManager entities, OrganisationId organisationId, Kind kind, List<String> texts) {
    if (texts.isEmpty()) {
      return;
    }
    TypedQuery<Object[]> query =
        entities
            .createQuery(kind.holders + InList.of("value", texts.size()), Object[].class)
            .setParameter("organisation", organisationId);
    InList.set(query, "value", texts)
        .getResultList()
        .forEach(row -> holders.put(new Value(kind, (String) row[0]), (UUID) row[1]));
  }

  /** The values of these data by the fields in which they stand. */
  private static Map<String, Value> fields(SupplierData data) {
    Map<String, Value> fields = new LinkedHashMap<>();
    if (data.number() != null) {
      fields.put("number", new Value(Kind.NUMBER, data.number()));
    }
    if (data.externalId() != null) {
      fields.put("external_id", new Value(Kind.EXTERNAL_ID, data.externalId()));
    }
    for (int i = 0; i < data.identifiers().size(); i++) {
      Identifier identifier = data.identifiers().get(i);
      if (!identifier.equals(Identifier.NONE)) {
        fields.put("identifiers[" + i + "]", new Value(Kind.IDENTIFIER, identifier.term()));
      }
    }
    return fields;
  }

  private static Collection<Value> values(SupplierData data) {
    return fields(data).values();
  }

  /** Whether a supplier has this number, as far as it was asked for. */
  boolean hasNumber(String number) {
    return holders.containsKey(new Value(Kind.NUMBER, number));
  }

  /**
   * Refuses what another supplier has.
   *
   * @param self the supplier that is changed; null for a new supplier
   * @throws ProblemException 409 naming the other supplier, unless it is outside the reach
   */
  void refuse(@Nullable UUID self, SupplierData data) {
    List<ProblemException> problems = problems(self, data);
    if (!problems.isEmpty()) {
      throw problems.get(0);
    }
  }

  /**
   * What another supplier has.
   *
   * @param self the supplier that is changed; null for a new supplier
   * @return for each such field what {@link #refuse} throws
   */
  List<ProblemException> problems(@Nullable UUID self, SupplierData data) {
    List<ProblemException> problems = new ArrayList<>();
    fields(data)
        .forEach(
            (field, value) -> {
              UUID other = holders.get(value);
              if (other != null && !other.equals(self)) {
                problems.add(seen.test(other) ? seen(field, other) : unseen(field));
              }
            });
    return problems;
  }

  private static ProblemException seen(String field, UUID other) {
    return ProblemException.taken(
            field, "The supplier " + other + " has the same " + field + " already.")
        .member("id", other.toString());
  }

  /** The problem of a value that a supplier outside the reach has. */
  static ProblemException unseen(String field) {
    return ProblemException.taken(
        field, "A supplier that the API key does not see has the same " + field + " already.");
  }

  /**
   * Notes what a supplier gives up and what it takes.
   *
   * @param before null for a new supplier
   * @return whether it takes what another supplier has given up. What was given up must then be
   *     written first
   */
  boolean take(UUID id, @Nullable SupplierData before, SupplierData after) {
    Collection<Value> values = values(after);
    boolean again = values.stream().anyMatch(givenUp::contains);
    if (again) {
      givenUp.clear();
    }
    if (before != null) {
      for (Value value : values(before)) {
        if (!values.contains(value)) {
          holders.remove(value, id);
          givenUp.add(value);
        }
      }
    }
    values.forEach(value -> holders.put(value, id));
    return again;
  }
}
