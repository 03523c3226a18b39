package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private SupplierType type;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private SupplierStatus status;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private OnboardingStatus onboardingStatus;

  private String country;
  private String categories;
  private String currency;
  private Instant createdAt;
  private Instant updatedAt;
  @Version private int version;

  protected Supplier() {}

  /** A new supplier, not yet approved. */
  Supplier(
      UUID id, OrganisationId organisationId, String number, SupplierDetails details, Instant now) {
    this.id = id;
    this.organisationId = organisationId;
    this.number = number;
    this.status = SupplierStatus.UNAPPROVED;
    this.onboardingStatus = OnboardingStatus.NOT_STARTED;
    this.createdAt = now;
    this.updatedAt = now;
    this.externalId = details.externalId();
    this.name = details.name();
    this.sortName = Names.sortKey(details.name());
    this.legalName = details.legalName();
    this.searchText = searchText(number, details);
    this.type = details.type();
    this.country = details.country();
    this.categories = String.join("\n", details.categories());
    this.currency = details.currency();
  }

  private static String searchText(String number, SupplierDetails details) {
    return Stream.of(details.name(), details.legalName(), number, details.externalId())
        .filter(Objects::nonNull)
        .map(Names::lower)
        .collect(Collectors.joining("\n"));
  }

  /** Sets its status and its onboarding status. */
  void stand(SupplierStatus status, OnboardingStatus onboardingStatus, Instant now) {
    this.status = status;
    this.onboardingStatus = onboardingStatus;
    this.updatedAt = now;
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

  public @Nullable String externalId() {
    return externalId;
  }

  public String name() {
    return name;
  }

  /** The sort key of its name. */
  byte[] sortName() {
    return sortName.clone();
  }

  public @Nullable String legalName() {
    return legalName;
  }

  public SupplierType type() {
    return type;
  }

  public SupplierStatus status() {
    return status;
  }

  public OnboardingStatus onboardingStatus() {
    return onboardingStatus;
  }

  /** ISO 3166-1 alpha-2. */
  public String country() {
    return country;
  }

  /** The categories of what it delivers. */
  public List<String> categories() {
    return categories.lines().toList();
  }

  /** ISO 4217. */
  public String currency() {
    return currency;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }

  public int version() {
    return version;
  }
}
