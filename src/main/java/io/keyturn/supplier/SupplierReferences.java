package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether all that a supplier refers to is there. */
final class SupplierReferences {
  private final EntityManager entities;
  private final OrganisationId organisationId;

  /** What was found already, each under the member that refers to it. */
  private final Set<Found> found = new HashSet<>();

  /** What the supplier that is checked has referred to before. */
  private final Set<Found> kept = new HashSet<>();

  private record Found(String field, UUID id) {}

  SupplierReferences(EntityManager entities, OrganisationId organisationId) {
    this.entities = entities;
    this.organisationId = organisationId;
  }

  /**
   * Refuses data that refer to what the organisation does not have. What was referred to before may
   * stay: an owner whose invitation was withdrawn must not hinder other changes.
   *
   * @param before null for a new supplier
   * @throws ProblemException 422 naming each entry at fault
   */
  void check(@Nullable SupplierData before, SupplierData data) {
    Map<String, List<Reference>> lists = lists(data);
    if (before != null) {
      lists(before)
          .forEach(
              (field, references) ->
                  references.forEach(
                      reference ->
                          kept.add(new Found(field, Objects.requireNonNull(reference.id())))));
    }
    try {
      checkFound(lists, data);
    } finally {
      kept.clear();
    }
  }

  private static Map<String, List<Reference>> lists(SupplierData data) {
    Map<String, List<Reference>> lists = new LinkedHashMap<>();
    lists.put("locations", data.locations());
    lists.put("departments", data.departments());
    lists.put("owners", data.owners());
    return lists;
  }

  private void checkFound(Map<String, List<Reference>> lists, SupplierData data) {
    if (absent(lists).isEmpty()) {
      return;
    }
    Set<UUID> ids =
        new SupplierNames(entities, organisationId)
            .of(SupplierNames.Ids.of(List.of(data)))
            .keySet();
    lists.forEach(
        (field, references) ->
            references.stream()
                .map(reference -> Objects.requireNonNull(reference.id()))
                .filter(ids::contains)
                .forEach(id -> found.add(new Found(field, id))));
    List<FieldError> errors = absent(lists);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  private List<FieldError> absent(Map<String, List<Reference>> lists) {
    List<FieldError> errors = new ArrayList<>();
    lists.forEach(
        (field, references) -> {
          for (int i = 0; i < references.size(); i++) {
            Found wanted = new Found(field, Objects.requireNonNull(references.get(i).id()));
            if (!found.contains(wanted) && !kept.contains(wanted)) {
              errors.add(
                  new FieldError(field + "[" + i + "].id", "is not the id of one of the " + field));
            }
          }
        });
    return errors;
  }
}
