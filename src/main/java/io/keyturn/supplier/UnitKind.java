package io.keyturn.supplier;

import io.keyturn.audit.AuditAction;
import io.keyturn.organisation.OrganisationId;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * A kind of the buyer's units.
 *
 * @param noun as problems and the audit log name it
 */
public record UnitKind<T extends Unit>(
    Class<T> type,
    String noun,
    AuditAction created,
    AuditAction renamed,
    BiFunction<OrganisationId, String, T> create) {

  public static final UnitKind<Location> LOCATION =
      new UnitKind<>(
          Location.class,
          "location",
          AuditAction.LOCATION_CREATED,
          AuditAction.LOCATION_RENAMED,
          (organisation, name) -> new Location(UUID.randomUUID(), organisation, name));

  public static final UnitKind<Department> DEPARTMENT =
      new UnitKind<>(
          Department.class,
          "department",
          AuditAction.DEPARTMENT_CREATED,
          AuditAction.DEPARTMENT_RENAMED,
          (organisation, name) -> new Department(UUID.randomUUID(), organisation, name));

  /** The list and its only order, as a cursor names it. */
  public String list() {
    return noun + "s/name";
  }
}
