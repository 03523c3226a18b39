package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.UUID;

/**
 * States that a supplier delivers to a location of the same organisation. It follows from the
 * supplier's row.
 */
@Entity
@IdClass(SupplierLocation.Key.class)
public class SupplierLocation {
  @Id private OrganisationId organisationId;
  @Id private UUID supplierId;
  @Id private UUID locationId;

  /** The identity of a row. */
  public record Key(OrganisationId organisationId, UUID supplierId, UUID locationId) {}

  protected SupplierLocation() {}

  SupplierLocation(Supplier supplier, UUID locationId) {
    this.organisationId = supplier.organisationId();
    this.supplierId = supplier.id();
    this.locationId = locationId;
  }

  Key key() {
    return new Key(organisationId, supplierId, locationId);
  }
}
