package io.keyturn.supplier;

import io.keyturn.http.Versioned;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
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
  "approval",
  "onboardingStatus",
  "hold",
  "preferred",
  "tags",
  "customFields",
  "locations",
  "departments",
  "owners",
  "country",
  "addresses",
  "contacts",
  "identifiers",
  "categories",
  "industry",
  "website",
  "description",
  "language",
  "currency",
  "paymentTerms",
  "scores",
  "createdAt",
  "updatedAt",
  "archivedAt",
  "createdBy",
  "version"
})
@Schema(name = "Supplier", description = "A company or person from which the organisation buys.")
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
    @Schema(nullable = true) @Nullable Approval approval,
    @Schema(
            name = "onboarding_status",
            nullable = true,
            examples = "in_progress",
            description = "`not_started`, `in_progress`, `to_review` or `completed`.")
        @Nullable String onboardingStatus,
    @Schema(nullable = true) @Nullable Hold hold,
    boolean preferred,
    List<String> tags,
    @Schema(
            name = "custom_fields",
            type = SchemaType.OBJECT,
            additionalProperties = Schema.True.class,
            description = "Values by the names of the organisation's custom fields.")
        Map<String, Object> customFields,
    @Schema(description = "The buyer's locations that it delivers to.") List<Reference> locations,
    @Schema(description = "The buyer's departments that it works for.") List<Reference> departments,
    @Schema(description = "The users who look after it.") List<Reference> owners,
    @Schema(nullable = true, examples = "DE", description = "That of the primary address.")
        @Nullable String country,
    List<Address> addresses,
    List<Contact> contacts,
    List<Identifier> identifiers,
    List<Category> categories,
    @Schema(nullable = true) @Nullable String industry,
    @Schema(nullable = true, examples = "https://nordwind.example") @Nullable String website,
    @Schema(nullable = true) @Nullable String description,
    @Schema(nullable = true, examples = "de", description = "BCP 47.") @Nullable String language,
    @Schema(nullable = true, examples = "EUR", description = "ISO 4217.") @Nullable String currency,
    @Schema(name = "payment_terms", nullable = true, examples = "Net 30")
        @Nullable String paymentTerms,
    @Schema(nullable = true) @Nullable Scores scores,
    @Schema(name = "created_at") Instant createdAt,
    @Schema(name = "updated_at") Instant updatedAt,
    @Schema(name = "archived_at", nullable = true) @Nullable Instant archivedAt,
    @Schema(
            name = "created_by",
            nullable = true,
            description = "Null for suppliers from before Keyturn recorded it.")
        @Nullable RecordedActor createdBy,
    @Schema(description = "Grows with each change; the header ETag holds it too.") int version)
    implements Versioned, SupplierNames.Referring {

  /**
   * The answers about suppliers.
   *
   * @param names tells the names of what they refer to
   */
  static List<SupplierView> of(
      List<SupplierRecord> suppliers,
      Function<SupplierNames.Ids, Map<UUID, SupplierNames.Name>> names) {
    List<SupplierData> data = suppliers.stream().map(SupplierRecord::data).toList();
    Map<UUID, SupplierNames.Name> known = names.apply(SupplierNames.Ids.of(data));
    return IntStream.range(0, data.size())
        .mapToObj(i -> of(suppliers.get(i), data.get(i), known))
        .toList();
  }

  private static SupplierView of(
      SupplierRecord supplier, SupplierData data, Map<UUID, SupplierNames.Name> names) {
    return new SupplierView(
        supplier.id(),
        supplier.number(),
        data.externalId(),
        supplier.name(),
        data.legalName(),
        String.valueOf(data.type()),
        supplier.status().code(),
        supplier.approval(),
        data.onboardingStatus(),
        data.hold(),
        Boolean.TRUE.equals(data.preferred()),
        data.tags(),
        data.customFields(),
        named(data.locations(), names),
        named(data.departments(), names),
        named(data.owners(), names),
        supplier.country(),
        data.addresses(),
        data.contacts(),
        data.identifiers(),
        data.categories(),
        data.industry(),
        data.website(),
        data.description(),
        data.language(),
        data.currency(),
        data.paymentTerms(),
        data.scores(),
        supplier.createdAt(),
        supplier.updatedAt(),
        supplier.archivedAt(),
        supplier.creator(),
        supplier.version());
  }

  /**
   * With their names, sorted by them. Whoever was removed has no name any more, and is left out.
   */
  private static List<Reference> named(
      List<Reference> references, Map<UUID, SupplierNames.Name> names) {
    if (references.isEmpty()) {
      return references;
    }
    return references.stream()
        .map(reference -> names.get(Objects.requireNonNull(reference.id())))
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(SupplierNames.Name::folded))
        .map(SupplierNames.Name::reference)
        .toList();
  }
}
