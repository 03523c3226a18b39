package io.keyturn.supplier.identifier;

import java.util.Map;
import java.util.stream.Stream;

/**
 * Identifiers of Peppol participants. The schemes are those of Peppol's list of participant
 * identifier schemes whose values another check here knows. Of other schemes the form alone is
 * checked, so that no true identifier is refused.
 */
final class PeppolId {
  private static final String GLN = "0088";

  /** The schemes of VAT numbers by country (ISO 3166-1). */
  private static final Map<String, String> VAT =
      Map.ofEntries(
          Map.entry("0211", "IT"),
          Map.entry("9910", "HU"),
          Map.entry("9914", "AT"),
          Map.entry("9920", "ES"),
          Map.entry("9925", "BE"),
          Map.entry("9926", "BG"),
          Map.entry("9927", "CH"),
          Map.entry("9928", "CY"),
          Map.entry("9929", "CZ"),
          Map.entry("9930", "DE"),
          Map.entry("9931", "EE"),
          Map.entry("9932", "GB"),
          Map.entry("9933", "GR"),
          Map.entry("9934", "HR"),
          Map.entry("9935", "IE"),
          Map.entry("9937", "LT"),
          Map.entry("9938", "LU"),
          Map.entry("9939", "LV"),
          Map.entry("9943", "MT"),
          Map.entry("9944", "NL"),
          Map.entry("9945", "PL"),
          Map.entry("9946", "PT"),
          Map.entry("9947", "RO"),
          Map.entry("9949", "SI"),
          Map.entry("9950", "SK"),
          Map.entry("9957", "FR"));

  private PeppolId() {}

  /** Whether an identifier, a scheme of four digits and a colon before it, can be a true one. */
  static boolean checked(String identifier) {
    String scheme = identifier.substring(0, 4);
    String id = identifier.substring(5);
    String country = VAT.get(scheme);
    return country != null
        ? vat(country, id)
        : !scheme.equals(GLN) || IdentifierScheme.GLN.normal(id).filter(id::equals).isPresent();
  }

  /** Peppol's examples have the country's letters before the number; some participants do not. */
  private static boolean vat(String country, String id) {
    return Stream.of(id, country + id)
        .filter(number -> number.length() > 2)
        .map(VatNumber::canonical)
        .anyMatch(
            number ->
                VatNumber.country(number).filter(country::equals).isPresent()
                    && VatNumber.checked(number));
  }
}
