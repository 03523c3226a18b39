package io.keyturn.supplier;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A place of a supplier: as it is sent, stored and answered. */
@Schema(name = "Address", description = "A place of the supplier.")
public record Address(
    @Schema(
            enumeration = {"registered", "postal", "billing", "delivery", "other"},
            defaultValue = "other")
        @Nullable String type,
    @Schema(maxItems = 6, description = "Street and house number, for example.") List<String> lines,
    @Schema(nullable = true, maxLength = 200) @Nullable String city,
    @Schema(
            nullable = true,
            examples = "DE-BE",
            description =
                "ISO 3166-2, of the same country. Its form is checked, not whether there is such a"
                    + " region.")
        @Nullable String region,
    @Schema(name = "postal_code", nullable = true, maxLength = 20) @Nullable String postalCode,
    @Schema(nullable = true, examples = "DE", description = "ISO 3166-1 alpha-2.")
        @Nullable String country,
    @Schema(
            defaultValue = "false",
            description =
                "The supplier's country is that of its primary address. If no address is said to be"
                    + " primary, the first is.")
        @Nullable Boolean primary) {

  /** An absent list is an empty list. */
  public Address {
    lines = SupplierData.list(lines);
  }
}
