package io.keyturn.supplier;

import io.keyturn.paging.Search;
import io.keyturn.supplier.identifier.IdentifierScheme;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A number of a supplier in a register: as it is sent, stored and answered. */
@Schema(
    name = "Identifier",
    requiredProperties = {"scheme", "value"},
    description = "The supplier's number in a register. No two suppliers have the same.")
public record Identifier(
    @Schema(enumeration = {"vat", "tax_id", "company_number", "duns", "lei", "gln", "peppol"})
        @Nullable String scheme,
    @Schema(
            examples = "DE136695976",
            description =
                "Stored in capitals, without spaces and punctuation. Check digits must be right. A VAT"
                    + " number begins with the country, as in `EL` for Greece, and is stored without"
                    + " the letters behind Swiss and Norwegian numbers.")
        @Nullable String value,
    @Schema(
            nullable = true,
            examples = "DE",
            description =
                "ISO 3166-1 alpha-2. Must be given with `tax_id` and `company_number`; that of a"
                    + " VAT number follows from the number.")
        @Nullable String country) {

  /** An identifier that says nothing. */
  static final Identifier NONE = new Identifier(null, null, null);

  /** The text by which it is found and which no other supplier may have. */
  String term() {
    boolean byCountry = "tax_id".equals(scheme) || "company_number".equals(scheme);
    return scheme + ":" + (byCountry ? country + ":" : "") + value;
  }

  /**
   * A pattern of LIKE for the terms of an identifier.
   *
   * @param country null: of any country
   */
  public static String pattern(IdentifierScheme scheme, String value, @Nullable String country) {
    String any = scheme.needsCountry() ? (country == null ? "__" : country) + ":" : "";
    return Search.escaped(scheme.code()) + ":" + any + Search.escaped(value);
  }
}
