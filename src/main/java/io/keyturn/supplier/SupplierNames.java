package io.keyturn.supplier;

import io.keyturn.access.PersonId;
import io.keyturn.database.InList;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names of what suppliers refer to: locations, departments and users, in one query. */
final class SupplierNames {
  private final EntityManager entities;
  private final OrganisationId organisationId;

  /**
   * A name.
   *
   * @param reference with the name
   * @param folded by which names are sorted
   */
  record Name(Reference reference, String folded) {}

  /** What refers to locations, departments and users by their ids. */
  interface Referring {
    List<Reference> locations();

    List<Reference> departments();

    List<Reference> owners();
  }

  /** The ids of what suppliers refer to. */
  record Ids(Set<UUID> locations, Set<UUID> departments, Set<UUID> owners) {
    static Ids of(Collection<? extends Referring> suppliers) {
      return new Ids(
          ids(suppliers, Referring::locations),
          ids(suppliers, Referring::departments),
          ids(suppliers, Referring::owners));
    }

    private static Set<UUID> ids(
        Collection<? extends Referring> suppliers, Function<Referring, List<Reference>> list) {
      Set<UUID> ids = new LinkedHashSet<>();
      suppliers.forEach(
          supplier -> list.apply(supplier).forEach(r -> ids.add(Objects.requireNonNull(r.id()))));
      return ids;
    }

    /** Calls this consumer for each id. */
    void forEach(Consumer<UUID> consumer) {
      locations.forEach(consumer);
      departments.forEach(consumer);
      owners.forEach(consumer);
    }

    /** All but those that are known. */
    Ids without(Set<UUID> known) {
      return new Ids(
          without(locations, known), without(departments, known), without(owners, known));
    }

    private static Set<UUID> without(Set<UUID> ids, Set<UUID> known) {
      return ids.stream().filter(id -> !known.contains(id)).collect(Collectors.toSet());
    }
  }

  SupplierNames(EntityManager entities, OrganisationId organisationId) {
    this.entities = entities;
    this.organisationId = organisationId;
  }

  /** The names of those that there are in the organisation. */
  Map<UUID, Name> of(Ids ids) {
    Map<String, Collection<?>> wanted = new LinkedHashMap<>();
    want(wanted, "Location", ids.locations());
    want(wanted, "Department", ids.departments());
    want(wanted, "User", ids.owners().stream().map(PersonId::new).toList());
    return wanted.isEmpty() ? Map.of() : read(wanted);
  }

  private static void want(Map<String, Collection<?>> wanted, String entity, Collection<?> ids) {
    if (!ids.isEmpty()) {
      wanted.put(entity, ids);
    }
  }

  private Map<UUID, Name> read(Map<String, Collection<?>> wanted) {
    TypedQuery<Object[]> query =
        entities.createQuery(
            wanted.entrySet().stream()
                .map(
                    entry ->
                        "select cast(e.id as String), e.name from %1$s e where e.organisationId ="
                                .formatted(entry.getKey())
                            + " :organisation and e.id in "
                            + InList.of(entry.getKey(), entry.getValue().size()))
                .collect(Collectors.joining(" union all ")),
            Object[].class);
    wanted.forEach((entity, ids) -> InList.set(query, entity, ids));
    Map<UUID, Name> names = new HashMap<>();
    query
        .setParameter("organisation", organisationId)
        // What is read here is not written in the same transaction.
        .setFlushMode(FlushModeType.COMMIT)
        .getResultList()
        .forEach(row -> add(names, UUID.fromString((String) row[0]), (String) row[1]));
    return names;
  }

  private static void add(Map<UUID, Name> names, UUID id, String name) {
    names.put(id, new Name(new Reference(id, name), Names.fold(name)));
  }
}
