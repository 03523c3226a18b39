package io.keyturn.supplier;

import io.keyturn.database.InList;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a supplier as they are stored: lists are texts. A list of suppliers reads them
 * without entities, which cost as much as all else that the database does for a page.
 *
 * @param sortName the sort key of the name
 * @param createdBy as of {@link RecordedActor#format}
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these records.
record SupplierRecord(
    UUID id,
    String number,
    @Nullable String externalId,
    String name,
    byte[] sortName,
    @Nullable String legalName,
    SupplierType type,
    SupplierStatus status,
    @Nullable OnboardingStatus onboardingStatus,
    @Nullable HoldScope holdScope,
    @Nullable Instant holdUntil,
    @Nullable String holdReason,
    @Nullable Instant approvalRequestedAt,
    @Nullable Instant approvalDecidedAt,
    @Nullable String approvalDecidedBy,
    @Nullable String approvalReason,
    @Nullable String country,
    @Nullable String currency,
    @Nullable String website,
    @Nullable String description,
    @Nullable String language,
    @Nullable String industry,
    @Nullable String paymentTerms,
    boolean preferred,
    @Nullable BigDecimal performanceScore,
    @Nullable BigDecimal riskScore,
    @Nullable BigDecimal sustainabilityScore,
    String tags,
    String locations,
    String departments,
    String owners,
    String categories,
    String addresses,
    String contacts,
    String identifiers,
    String customFields,
    @Nullable String createdBy,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant archivedAt,
    int version) {

  /** The columns that a list does not read unasked. */
  private static final Set<String> LARGE =
      Set.of("description", "addresses", "contacts", "identifiers", "customFields");

  /** The JPQL that reads them of a supplier {@code s}. */
  static final String ALL = select(Set.of());

  private static final String OF_A_LIST = select(LARGE);

  /** Suppliers without the columns that a list does not read unasked: these are empty. */
  static List<SupplierRecord> ofAList(
      EntityManager entities, OrganisationId organisationId, List<UUID> ids) {
    TypedQuery<SupplierRecord> query =
        entities.createQuery(
            OF_A_LIST
                + " from Supplier s where s.organisationId = :organisation and s.id in "
                + InList.of("id", ids.size()),
            SupplierRecord.class);
    return InList.set(query, "id", ids)
        .setParameter("organisation", organisationId)
        .getResultList();
  }

  private static String select(Set<String> without) {
    return Arrays.stream(SupplierRecord.class.getRecordComponents())
        .map(RecordComponent::getName)
        .map(column -> without.contains(column) ? "''" : "s." + column)
        .collect(
            Collectors.joining(", ", "select new " + SupplierRecord.class.getName() + "(", ")"));
  }

  /** What can be written of the supplier. */
  SupplierData data() {
    Scores scores = new Scores(performanceScore, riskScore, sustainabilityScore);
    return new SupplierData(
        number,
        externalId,
        name,
        legalName,
        type.code(),
        website,
        description,
        language,
        onboardingStatus == null ? null : onboardingStatus.code(),
        holdScope == null ? null : new Hold(holdScope.code(), holdUntil, holdReason),
        preferred,
        SupplierLists.lines(tags),
        SupplierLists.map(customFields),
        SupplierLists.references(locations),
        SupplierLists.references(departments),
        SupplierLists.references(owners),
        SupplierLists.read(Address.class, addresses),
        SupplierLists.read(Contact.class, contacts),
        SupplierLists.read(Identifier.class, identifiers),
        SupplierLists.categories(categories),
        industry,
        currency,
        paymentTerms,
        scores.equals(Scores.NONE) ? null : scores);
  }

  @Nullable Approval approval() {
    return approvalRequestedAt == null && approvalDecidedAt == null
        ? null
        : new Approval(
            approvalRequestedAt,
            approvalDecidedAt,
            RecordedActor.parse(approvalDecidedBy),
            approvalReason);
  }

  @Nullable RecordedActor creator() {
    return RecordedActor.parse(createdBy);
  }
}
