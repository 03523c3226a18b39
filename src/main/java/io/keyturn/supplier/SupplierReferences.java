package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Whether all that a supplier refers to is there. */
final class SupplierReferences {
  private final EntityManager entities;
  private final OrganisationId organisationId;

  SupplierReferences(EntityManager entities, OrganisationId organisationId) {
    this.entities = entities;
    this.organisationId = organisationId;
  }

  /**
   * Refuses data that refer to what the organisation does not have.
   *
   * @throws ProblemException 422 naming each entry at fault
   */
  void check(SupplierData data) {
    if (data.locations().isEmpty() && data.departments().isEmpty() && data.owners().isEmpty()) {
      return;
    }
    Map<UUID, SupplierNames.Name> names =
        new SupplierNames(entities, organisationId).of(List.of(data));
    List<FieldError> errors = new ArrayList<>();
    check("locations", data.locations(), names, errors);
    check("departments", data.departments(), names, errors);
    check("owners", data.owners(), names, errors);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  private static void check(
      String field,
      List<Reference> references,
      Map<UUID, SupplierNames.Name> names,
      List<FieldError> errors) {
    for (int i = 0; i < references.size(); i++) {
      if (!names.containsKey(Objects.requireNonNull(references.get(i).id()))) {
        errors.add(
            new FieldError(field + "[" + i + "].id", "is not the id of one of the " + field));
      }
    }
  }
}
