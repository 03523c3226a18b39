package io.keyturn.supplier;

import io.keyturn.access.PersonId;
import io.keyturn.database.InList;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The names of what suppliers refer to: locations, departments and users, in one query. */
final class SupplierNames {
  /** No row has it. It stands where a list of ids would be empty. */
  private static final UUID NOBODY = new UUID(0, 0);

  /**
   * A name.
   *
   * @param folded by which names are sorted
   */
  record Name(String text, String folded) {}

  private final EntityManager entities;
  private final OrganisationId organisationId;

  SupplierNames(EntityManager entities, OrganisationId organisationId) {
    this.entities = entities;
    this.organisationId = organisationId;
  }

  Map<UUID, Name> of(Collection<SupplierData> suppliers) {
    Set<UUID> locations = ids(suppliers, SupplierData::locations);
    Set<UUID> departments = ids(suppliers, SupplierData::departments);
    List<PersonId> owners =
        ids(suppliers, SupplierData::owners).stream().map(PersonId::new).toList();
    TypedQuery<Object[]> query =
        entities.createQuery(
            "select cast(l.id as String), l.name from Location l"
                + " where l.organisationId = :organisation and l.id in "
                + InList.of("location", locations.size())
                + " union all select cast(d.id as String), d.name from Department d"
                + " where d.organisationId = :organisation and d.id in "
                + InList.of("department", departments.size())
                + " union all select cast(u.id as String), u.name from User u"
                + " where u.organisationId = :organisation and u.id in "
                + InList.of("owner", owners.size()),
            Object[].class);
    InList.set(query, "location", locations);
    InList.set(query, "department", departments);
    InList.set(query, "owner", owners);
    Map<UUID, Name> names = new HashMap<>();
    query
        .setParameter("organisation", organisationId)
        .getResultList()
        .forEach(
            row -> {
              String name = (String) row[1];
              names.put(UUID.fromString((String) row[0]), new Name(name, Names.fold(name)));
            });
    return names;
  }

  private static Set<UUID> ids(
      Collection<SupplierData> suppliers, Function<SupplierData, List<Reference>> list) {
    Set<UUID> ids = new LinkedHashSet<>();
    suppliers.forEach(
        data -> list.apply(data).forEach(r -> ids.add(Objects.requireNonNull(r.id()))));
    if (ids.isEmpty()) {
      ids.add(NOBODY);
    }
    return ids;
  }
}
