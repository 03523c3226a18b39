package io.keyturn.supplier;

import io.keyturn.database.BulkTable;
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
  static final BulkTable<SupplierLocation> TABLE =
      BulkTable.<SupplierLocation>named("supplier_location")
          .uuid("organisation_id", place -> place.organisationId.value())
          .uuid("supplier_id", place -> place.supplierId)
          .uuid("location_id", place -> place.locationId);

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
