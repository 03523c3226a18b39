package io.keyturn.renewal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.SortedMap;
import java.util.UUID;

/** The rows that say when renewal credentials were last used. */
@ApplicationScoped
@Transactional
class RenewalUses {
  @PersistenceContext private EntityManager entities;

  /** Writes the times in the order of the ids. All nodes lock the rows in this order. */
  void write(SortedMap<UUID, Instant> uses) {
    uses.forEach(
        (id, at) ->
            entities
                .createQuery(
                    "update RenewalCredential r set r.lastUsedAt = :at where r.id = :id and"
                        + " (r.lastUsedAt is null or r.lastUsedAt < :at)")
                .setParameter("at", at)
                .setParameter("id", id)
                .executeUpdate());
  }
}
