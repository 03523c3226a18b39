package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.UUID;

/**
 * From what a supplier was created that was sent with neither number nor external id. When the same
 * is sent again, it means that supplier.
 */
@Entity
@IdClass(SupplierOrigin.Key.class)
class SupplierOrigin {
  @Id private OrganisationId organisationId;
  @Id private String digest;
  private UUID supplierId;

  /** The identity of a row. */
  record Key(OrganisationId organisationId, String digest) {}

  protected SupplierOrigin() {}

  SupplierOrigin(OrganisationId organisationId, String digest, UUID supplierId) {
    this.organisationId = organisationId;
    this.digest = digest;
    this.supplierId = supplierId;
  }

  String digest() {
    return digest;
  }

  UUID supplierId() {
    return supplierId;
  }
}
