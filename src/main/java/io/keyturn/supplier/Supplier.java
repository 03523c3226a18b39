package io.keyturn.supplier;

import io.keyturn.json.JsonText;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A company or person from which an organisation buys, or may buy. */
@Entity
public class Supplier {
  @Id private UUID id;
  private OrganisationId organisationId;
  private String number;
  private @Nullable String externalId;
  private String name;
  private byte[] sortName;
  private @Nullable String legalName;

  /** Only {@link SupplierQuery} reads it. */
  @SuppressWarnings("UnusedVariable")
  private String searchText;

  /** Only {@link SupplierQuery} reads it. */
  @SuppressWarnings("UnusedVariable")
  private String filterTerms;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private SupplierType type;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private SupplierStatus status;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private @Nullable SupplierStatus statusBefore;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private @Nullable OnboardingStatus onboardingStatus;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private @Nullable HoldScope holdScope;

  private @Nullable Instant holdUntil;
  private @Nullable String holdReason;
  private @Nullable Instant approvalRequestedAt;
  private @Nullable Instant approvalDecidedAt;
  private @Nullable String approvalDecidedBy;
  private @Nullable String approvalReason;
  private @Nullable String country;
  private @Nullable String currency;
  private @Nullable String website;
  private @Nullable String description;
  private @Nullable String language;
  private @Nullable String industry;
  private @Nullable String paymentTerms;
  private boolean preferred;
  private @Nullable BigDecimal performanceScore;
  private @Nullable BigDecimal riskScore;
  private @Nullable BigDecimal sustainabilityScore;
  private String tags;
  private String locations;
  private String departments;
  private String owners;
  private String categories;
  private String addresses;
  private String contacts;
  private String identifiers;
  private String customFields;
  private @Nullable String createdBy;
  private Instant createdAt;
  private Instant updatedAt;
  private @Nullable Instant archivedAt;
  @Version private int version;

  protected Supplier() {}

  /**
   * A new supplier, not yet approved.
   *
   * @param data checked, with a number
   */
  Supplier(
      UUID id,
      OrganisationId organisationId,
      SupplierData data,
      RecordedActor createdBy,
      Instant now) {
    this.id = id;
    this.organisationId = organisationId;
    this.status = SupplierStatus.UNAPPROVED;
    this.createdBy = createdBy.format();
    this.createdAt = now;
    write(data, now);
  }

  /**
   * Replaces all data.
   *
   * @param data checked, with a number
   * @throws ProblemException 409 while it is archived
   */
  final void write(SupplierData data, Instant now) {
    refuseArchived();
    number = Objects.requireNonNull(data.number());
    externalId = data.externalId();
    name = Objects.requireNonNull(data.name());
    sortName = Names.sortKey(name);
    legalName = data.legalName();
    searchText = searchText(data);
    type = SupplierType.valueOf(capitals(Objects.requireNonNull(data.type())));
    onboardingStatus =
        data.onboardingStatus() == null
            ? null
            : OnboardingStatus.valueOf(capitals(data.onboardingStatus()));
    Hold hold = data.hold();
    holdScope = hold == null ? null : HoldScope.valueOf(capitals(String.valueOf(hold.scope())));
    holdUntil = hold == null ? null : hold.until();
    holdReason = hold == null ? null : hold.reason();
    currency = data.currency();
    website = data.website();
    description = data.description();
    language = data.language();
    industry = data.industry();
    paymentTerms = data.paymentTerms();
    preferred = Boolean.TRUE.equals(data.preferred());
    Scores scores = Objects.requireNonNullElse(data.scores(), Scores.NONE);
    performanceScore = scores.performance();
    riskScore = scores.risk();
    sustainabilityScore = scores.sustainability();
    tags = String.join("\n", data.tags());
    locations = ids(data.locations());
    departments = ids(data.departments());
    owners = ids(data.owners());
    categories = data.categories().stream().map(SupplierLists::line).collect(joined());
    addresses = JsonText.dense(data.addresses());
    country = SupplierLists.country(data.addresses());
    contacts = JsonText.dense(data.contacts());
    identifiers = JsonText.dense(data.identifiers());
    customFields = JsonText.dense(data.customFields());
    filterTerms = FilterTerms.text(data);
    updatedAt = now;
  }

  /**
   * Refuses to be changed.
   *
   * @throws ProblemException 409 while it is archived
   */
  final void refuseArchived() {
    if (status == SupplierStatus.ARCHIVED) {
      throw refused("be changed before it is unarchived");
    }
  }

  private static String capitals(String code) {
    return code.toUpperCase(Locale.ROOT);
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining("\n");
  }

  private static String ids(List<Reference> references) {
    return references.stream().map(r -> String.valueOf(r.id())).collect(joined());
  }

  private static String searchText(SupplierData data) {
    return searchText(
        String.valueOf(data.name()),
        data.legalName(),
        String.valueOf(data.number()),
        data.externalId(),
        data.identifiers());
  }

  /** What the parameter {@code q} looks into. */
  static String searchText(
      String name,
      @Nullable String legalName,
      String number,
      @Nullable String externalId,
      List<Identifier> identifiers) {
    return Stream.concat(
            Stream.of(name, legalName, number, externalId),
            identifiers.stream().map(Identifier::value))
        .filter(Objects::nonNull)
        .map(Names::fold)
        .collect(joined());
  }

  /** The locations that it refers to. */
  List<Reference> locations() {
    return SupplierLists.references(locations);
  }

  /** What can be written of it, as it is now. */
  SupplierData data() {
    return record().data();
  }

  /** Its columns, as they are now. */
  SupplierRecord record() {
    return new SupplierRecord(
        id,
        number,
        externalId,
        name,
        sortName,
        legalName,
        type,
        status,
        onboardingStatus,
        holdScope,
        holdUntil,
        holdReason,
        approvalRequestedAt,
        approvalDecidedAt,
        approvalDecidedBy,
        approvalReason,
        country,
        currency,
        website,
        description,
        language,
        industry,
        paymentTerms,
        preferred,
        performanceScore,
        riskScore,
        sustainabilityScore,
        tags,
        locations,
        departments,
        owners,
        categories,
        addresses,
        contacts,
        identifiers,
        customFields,
        createdBy,
        createdAt,
        updatedAt,
        archivedAt,
        version);
  }

  /**
   * Asks for its approval, again after a rejection.
   *
   * @throws ProblemException 409 naming its status, where nothing is to be approved
   */
  void submit(Instant now) {
    if (status != SupplierStatus.UNAPPROVED && status != SupplierStatus.REJECTED) {
      throw refused("be submitted for approval");
    }
    status = SupplierStatus.UNAPPROVED;
    approvalRequestedAt = now;
    approvalDecidedAt = null;
    approvalDecidedBy = null;
    approvalReason = null;
    updatedAt = now;
  }

  /**
   * Decides on its approval.
   *
   * @param decided active or rejected
   * @throws ProblemException 409 naming its status, unless it is unapproved
   */
  void decide(
      SupplierStatus decided, @Nullable String reason, RecordedActor decidedBy, Instant now) {
    if (status != SupplierStatus.UNAPPROVED) {
      throw refused("be " + (decided == SupplierStatus.ACTIVE ? "approved" : "rejected"));
    }
    status = decided;
    approvalDecidedAt = now;
    approvalDecidedBy = decidedBy.format();
    approvalReason = reason;
    updatedAt = now;
  }

  /**
   * Puts it into the archive.
   *
   * @throws ProblemException 409 where it is there already
   */
  void archive(Instant now) {
    if (status == SupplierStatus.ARCHIVED) {
      throw refused("be archived");
    }
    statusBefore = status;
    status = SupplierStatus.ARCHIVED;
    archivedAt = now;
    updatedAt = now;
  }

  /**
   * Takes it out of the archive, with the status that it had. Where nobody knows that status, it is
   * to be approved anew.
   *
   * @throws ProblemException 409 naming its status, where it is not archived
   */
  void unarchive(Instant now) {
    if (status != SupplierStatus.ARCHIVED) {
      throw refused("be unarchived");
    }
    status = Objects.requireNonNullElse(statusBefore, SupplierStatus.UNAPPROVED);
    statusBefore = null;
    archivedAt = null;
    updatedAt = now;
  }

  private ProblemException refused(String what) {
    return new ProblemException(
            ProblemType.CONFLICT, "The supplier is " + status.code() + ", and cannot " + what + ".")
        .member("id", id.toString())
        .member("supplier_status", status.code());
  }

  public UUID id() {
    return id;
  }

  public OrganisationId organisationId() {
    return organisationId;
  }

  /** Its number within the organisation, such as {@code S-000123}. */
  public String number() {
    return number;
  }

  public String name() {
    return name;
  }

  public SupplierStatus status() {
    return status;
  }

  /** ISO 3166-1 alpha-2; null when its primary address has none. */
  public @Nullable String country() {
    return country;
  }

  public Instant updatedAt() {
    return updatedAt;
  }

  public int version() {
    return version;
  }
}
