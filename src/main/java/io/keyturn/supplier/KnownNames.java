package io.keyturn.supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.database.CacheValidity;
import io.keyturn.database.RowChanges;
import io.keyturn.organisation.OrganisationId;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Remembers the names of what suppliers refer to, for as long as {@link CacheValidity} says.
 * Reading them for each page took a tenth of its CPU. What is not there is not remembered.
 */
@ApplicationScoped
class KnownNames {
  private static final int MOST = 20_000;

  @Inject private RowChanges changes;

  private final Cache<UUID, Entry> remembered =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(MOST).build();
  private CacheValidity validity;

  private record Entry(
      OrganisationId organisationId, SupplierNames.Name name, CacheValidity.Moment asked) {}

  @PostConstruct
  void open() {
    validity = CacheValidity.listening(changes);
  }

  /** The names of those that there are in the organisation. */
  Map<UUID, SupplierNames.Name> of(
      EntityManager entities, OrganisationId organisationId, SupplierNames.Ids ids) {
    Map<UUID, SupplierNames.Name> names = new HashMap<>();
    ids.forEach(
        id -> {
          Entry entry = remembered.getIfPresent(id);
          if (entry != null && entry.organisationId().equals(organisationId) && counts(id, entry)) {
            names.put(id, entry.name());
          }
        });
    CacheValidity.Moment asked = validity.moment();
    new SupplierNames(entities, organisationId)
        .of(ids.without(names.keySet()))
        .forEach(
            (id, name) -> {
              remembered.put(id, new Entry(organisationId, name, asked));
              names.put(id, name);
            });
    return names;
  }

  private boolean counts(UUID id, Entry entry) {
    return validity.recent(entry.asked().at()) && !validity.changedSince(entry.asked().mark(), id);
  }
}
