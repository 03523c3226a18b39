package io.keyturn.supplier;

import io.keyturn.http.Versioned;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A supplier as the API answers it. */
@JsonbPropertyOrder({
  "id",
  "number",
  "externalId",
  "name",
  "legalName",
  "type",
  "status",
  "onboardingStatus",
  "locations",
  "country",
  "categories",
  "currency",
  "createdAt",
  "updatedAt",
  "version"
})
@Schema(name = "Supplier", description = "A company from which the organisation buys.")
public record SupplierView(
    UUID id,
    @Schema(examples = "S-000123", description = "Unique within the organisation.") String number,
    @Schema(
            name = "external_id",
            nullable = true,
            examples = "ERP-40123",
            description = "Its id in the buyer's own systems.")
        @Nullable String externalId,
    @Schema(examples = "Nordwind Logistics") String name,
    @Schema(name = "legal_name", nullable = true, examples = "Nordwind Logistics GmbH")
        @Nullable String legalName,
    @Schema(enumeration = {"company", "individual"}) String type,
    @Schema(enumeration = {"active", "unapproved", "rejected", "archived"}) String status,
    @Schema(
            name = "onboarding_status",
            enumeration = {"not_started", "invited", "in_progress", "completed"})
        String onboardingStatus,
    @Schema(description = "The buyer's locations that it delivers to.")
        List<LocationView> locations,
    @Schema(examples = "DE", description = "ISO 3166-1 alpha-2.") String country,
    List<String> categories,
    @Schema(examples = "EUR", description = "ISO 4217.") String currency,
    @Schema(name = "created_at") Instant createdAt,
    @Schema(name = "updated_at") Instant updatedAt,
    @Schema(description = "Grows with each change; the header ETag holds it too.") int version)
    implements Versioned {

  static SupplierView of(Supplier supplier, List<LocationView> locations) {
    return new SupplierView(
        supplier.id(),
        supplier.number(),
        supplier.externalId(),
        supplier.name(),
        supplier.legalName(),
        supplier.type().code(),
        supplier.status().code(),
        supplier.onboardingStatus().code(),
        locations,
        supplier.country(),
        supplier.categories(),
        supplier.currency(),
        supplier.createdAt(),
        supplier.updatedAt(),
        supplier.version());
  }
}
