package io.keyturn.supplier;

import io.keyturn.access.Reach;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What only one supplier of an organisation can have: its number, external id and identifiers. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
class SupplierRegisters {
  /** The members that only one supplier can have with the same value. */
  static final Set<String> UNIQUE = Set.of("number", "external_id", "identifiers");

  @PersistenceContext private EntityManager entities;

  /** Locks the organisation's register until the transaction ends. */
  SupplierRegister lock(OrganisationId organisationId) {
    SupplierRegister register = find(organisationId);
    if (register == null) {
      // The first supplier of an organisation. Its row is locked, since there is no other.
      entities.find(Organisation.class, organisationId, LockModeType.PESSIMISTIC_WRITE);
      register = find(organisationId);
    }
    if (register == null) {
      register = new SupplierRegister(organisationId);
      entities.persist(register);
      entities.flush();
    }
    return register;
  }

  private @Nullable SupplierRegister find(OrganisationId organisationId) {
    return entities
        .createQuery(
            "select r from SupplierRegister r where r.organisationId = :id", SupplierRegister.class)
        .setParameter("id", organisationId)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getSingleResultOrNull();
  }

  /** The next number that no supplier has, not even by the wish of a person. */
  String nextNumber(SupplierRegister register) {
    return nextNumbers(register, 1).get(0);
  }

  /** The next numbers that no supplier has. */
  List<String> nextNumbers(SupplierRegister register, int count) {
    Set<String> free = new LinkedHashSet<>();
    while (free.size() < count) {
      List<String> next =
          IntStream.range(free.size(), count).mapToObj(i -> register.nextNumber()).toList();
      free.addAll(next);
      free.removeAll(TakenValues.numbers(entities, register.organisationId(), next));
    }
    return List.copyOf(free);
  }

  /** The supplier with this external id, archived or not. */
  @Nullable UUID withExternalId(OrganisationId organisationId, String externalId) {
    return entities
        .createQuery(
            "select s.id from Supplier s where s.organisationId = :organisation"
                + " and s.externalId = :value",
            UUID.class)
        .setParameter("organisation", organisationId)
        .setParameter("value", externalId)
        .getSingleResultOrNull();
  }

  /**
   * Refuses what another supplier has, archived or not.
   *
   * @param reach of whoever writes
   * @param self the supplier that is changed; null for a new supplier
   * @throws ProblemException 409 naming the other supplier, unless it is outside the reach
   */
  void refuseTaken(Reach reach, @Nullable UUID self, SupplierData data) {
    taken(reach, List.of(data)).refuse(self, data);
  }

  /** Who has the numbers, external ids and identifiers of these data already. */
  TakenValues taken(Reach reach, Collection<SupplierData> data) {
    return TakenValues.read(entities, reach, data);
  }
}
