package io.keyturn.supplier;

import io.keyturn.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * All that people and programs may write of a supplier. Its status is not among it. {@link
 * SupplierCheck} makes of what was sent what is stored.
 *
 * @param number its number within the organisation; null: the next free number
 * @param externalId its id in the buyer's own systems
 */
@Schema(
    name = "SupplierData",
    examples =
        """
        {"name": "Nordwind Logistics",
         "addresses": [{"type": "registered", "city": "Berlin", "country": "DE"}],
         "currency": "EUR", "tags": ["freight"]}\
        """,
    description =
        "All that can be written of a supplier. A new supplier must have a name. In a change, absent"
            + " members stay as they are, null removes a value, and a list replaces the whole list.")
public record SupplierData(
    @Schema(nullable = true, maxLength = 50, description = "Default: the next free number.")
        @Nullable String number,
    @Schema(name = "external_id", nullable = true, maxLength = 100) @Nullable String externalId,
    @Schema(minLength = 1, maxLength = 200, examples = "Nordwind Logistics") @Nullable String name,
    @Schema(name = "legal_name", nullable = true, maxLength = 200) @Nullable String legalName,
    @Schema(
            enumeration = {"company", "individual"},
            defaultValue = "company")
        @Nullable String type,
    @Schema(nullable = true, maxLength = 500, examples = "https://nordwind.example")
        @Nullable String website,
    @Schema(nullable = true, maxLength = 4000) @Nullable String description,
    @Schema(nullable = true, examples = "de", description = "BCP 47.") @Nullable String language,
    @Schema(
            name = "onboarding_status",
            nullable = true,
            examples = "in_progress",
            description = "`not_started`, `in_progress`, `to_review` or `completed`.")
        @Nullable String onboardingStatus,
    @Schema(nullable = true) @Nullable Hold hold,
    @Schema(defaultValue = "false") @Nullable Boolean preferred,
    @Schema(maxItems = 50) List<String> tags,
    @Schema(
            name = "custom_fields",
            type = SchemaType.OBJECT,
            additionalProperties = Schema.True.class,
            description = "Values by the names of the organisation's custom fields.")
        Map<String, Object> customFields,
    @Schema(maxItems = 100) List<Reference> locations,
    @Schema(maxItems = 100) List<Reference> departments,
    @Schema(maxItems = 100, description = "The users who look after the supplier.")
        List<Reference> owners,
    @Schema(maxItems = 20) List<Address> addresses,
    @Schema(maxItems = 50) List<Contact> contacts,
    @Schema(maxItems = 20) List<Identifier> identifiers,
    @Schema(maxItems = 50) List<Category> categories,
    @Schema(nullable = true, maxLength = 100) @Nullable String industry,
    @Schema(nullable = true, examples = "EUR", description = "ISO 4217.") @Nullable String currency,
    @Schema(name = "payment_terms", nullable = true, maxLength = 100, examples = "Net 30")
        @Nullable String paymentTerms,
    @Schema(nullable = true) @Nullable Scores scores)
    implements SupplierNames.Referring {

  /** Nothing is given. */
  public static final SupplierData EMPTY =
      new SupplierData(
          null, null, null, null, null, null, null, null, null, null, null, List.of(), Map.of(),
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null,
          null, null);

  /** Absent lists are empty lists. */
  public SupplierData {
    tags = list(tags);
    customFields = customFields == null ? Map.of() : customFields;
    locations = list(locations);
    departments = list(departments);
    owners = list(owners);
    addresses = list(addresses);
    contacts = list(contacts);
    identifiers = list(identifiers);
    categories = list(categories);
  }

  static <T> List<T> list(@Nullable List<T> values) {
    return values == null ? List.of() : values;
  }

  /** The same data under a number. */
  SupplierData numbered(@Nullable String other) {
    return identified(other, externalId, identifiers);
  }

  /**
   * The same data under an external id, as the address of a request names it.
   *
   * @throws ProblemException 422 for data with another external id
   */
  SupplierData withExternalId(String other) {
    if (externalId != null && !Names.clean(externalId).equals(Names.clean(other))) {
      throw ProblemException.invalid("external_id", "must be that of the address, or absent");
    }
    return identified(number, other, identifiers);
  }

  /** The same data with other values of those that no two suppliers may have alike. */
  SupplierData identified(
      @Nullable String otherNumber,
      @Nullable String otherExternalId,
      List<Identifier> otherIdentifiers) {
    return new SupplierData(
        otherNumber,
        otherExternalId,
        name,
        legalName,
        type,
        website,
        description,
        language,
        onboardingStatus,
        hold,
        preferred,
        tags,
        customFields,
        locations,
        departments,
        owners,
        addresses,
        contacts,
        otherIdentifiers,
        categories,
        industry,
        currency,
        paymentTerms,
        scores);
  }
}
