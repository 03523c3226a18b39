package io.keyturn.supplier;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A kind of goods or services that a supplier offers: as it is sent, stored and answered. */
@Schema(
    name = "Category",
    requiredProperties = "code",
    description = "A kind of goods or services that the supplier offers.")
public record Category(
    @Schema(
            enumeration = {"cpv", "unspsc", "custom"},
            defaultValue = "custom")
        @Nullable String scheme,
    @Schema(
            examples = "60100000",
            description =
                "cpv: 8 digits, with or without the check digit. unspsc: 2, 4, 6 or 8 digits."
                    + " custom: up to 100 characters.")
        @Nullable String code,
    @Schema(
            nullable = true,
            maxLength = 200,
            examples = "Road transport services",
            description = "Default: the code.")
        @Nullable String label) {

  /** The text by which it is found. */
  String term() {
    return scheme + ":" + code;
  }
}
