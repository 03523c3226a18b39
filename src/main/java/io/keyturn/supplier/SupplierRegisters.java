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
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
    String number = register.nextNumber();
    while (withValue("number", register.organisationId(), number) != null) {
      number = register.nextNumber();
    }
    return number;
  }

  /** The supplier with this external id, archived or not. */
  @Nullable UUID withExternalId(OrganisationId organisationId, String externalId) {
    return withValue("externalId", organisationId, externalId);
  }

  private @Nullable UUID withValue(String attribute, OrganisationId organisationId, String value) {
    return entities
        .createQuery(
            "select s.id from Supplier s where s.organisationId = :organisation and s."
                + attribute
                + " = :value",
            UUID.class)
        .setParameter("organisation", organisationId)
        .setParameter("value", value)
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
    OrganisationId organisationId = reach.organisationId();
    if (data.number() != null) {
      refuse(reach, "number", self, withValue("number", organisationId, data.number()));
    }
    if (data.externalId() != null) {
      refuse(reach, "external_id", self, withExternalId(organisationId, data.externalId()));
    }
    for (int i = 0; i < data.identifiers().size(); i++) {
      List<UUID> others =
          entities
              .createQuery(
                  "select t.supplierId from SupplierTerm t where t.organisationId = :organisation"
                      + " and t.uniqueTerm = :term",
                  UUID.class)
              .setParameter("organisation", organisationId)
              .setParameter("term", data.identifiers().get(i).term())
              .getResultList();
      refuse(reach, "identifiers[" + i + "]", self, others.isEmpty() ? null : others.get(0));
    }
  }

  private void refuse(Reach reach, String field, @Nullable UUID self, @Nullable UUID other) {
    if (other == null || other.equals(self)) {
      return;
    }
    Supplier found = entities.find(Supplier.class, other);
    if (found == null || !new SupplierReach(entities, reach).sees(found)) {
      throw ProblemException.taken(
          field, "A supplier that the API key does not see has the same " + field + " already.");
    }
    throw ProblemException.taken(
            field, "The supplier " + other + " has the same " + field + " already.")
        .member("id", other.toString());
  }
}
