package io.keyturn.supplier.rest;

import io.keyturn.problem.FieldErrors;
import io.keyturn.supplier.SupplierFilter;
import io.keyturn.supplier.SupplierSort;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of the list of suppliers. A {@code @BeanParam}. Values with commas between
 * them are alternatives, as {@link io.keyturn.supplier.CommaList} reads them.
 */
public class SupplierParameters {
  static final int MAX_TEXT = 100;

  private static final String COMMA = " A comma within a value is written as `\\,`.";

  @QueryParam("status")
  @Parameter(
      description =
          "Suppliers of these statuses, with commas between them, or of `all`. Default: `active`.",
      schema = @Schema(type = SchemaType.STRING, defaultValue = "active"))
  private @Nullable String status;

  @QueryParam("location")
  @Parameter(
      description =
          "Suppliers of these locations: ids, or names in upper or lower case, with commas between"
              + " them."
              + COMMA)
  private @Nullable String location;

  @QueryParam("department")
  @Parameter(
      description =
          "Suppliers of these departments: ids, or names in upper or lower case, with commas"
              + " between them."
              + COMMA)
  private @Nullable String department;

  @QueryParam("country")
  @Parameter(
      description =
          "Suppliers of these countries (ISO 3166-1 alpha-2), such as `DE,AT`, in upper or lower"
              + " case.")
  private @Nullable String country;

  @QueryParam("category")
  @Parameter(
      description =
          "Suppliers of categories whose codes begin so, such as `60,34`; of one scheme with"
              + " `cpv:60`."
              + COMMA)
  private @Nullable String category;

  @QueryParam("industry")
  @Parameter(description = "Suppliers of these industries, with commas between them." + COMMA)
  private @Nullable String industry;

  @QueryParam("owner")
  @Parameter(description = "Suppliers that these users look after: ids with commas between them.")
  private @Nullable String owner;

  @QueryParam("onboarding_status")
  @Parameter(
      description =
          "`not_started`, `in_progress`, `to_review`, `completed`, or several with commas between"
              + " them.")
  private @Nullable String onboardingStatus;

  @QueryParam("currency")
  @Parameter(description = "Suppliers with these currencies (ISO 4217), such as `EUR,CHF`.")
  private @Nullable String currency;

  @QueryParam("preferred")
  @Parameter(
      description = "Whether the suppliers are preferred.",
      schema = @Schema(type = SchemaType.BOOLEAN))
  private @Nullable String preferred;

  @QueryParam("on_hold")
  @Parameter(
      description = "Whether the suppliers have a hold that has not ended.",
      schema = @Schema(type = SchemaType.BOOLEAN))
  private @Nullable String onHold;

  @QueryParam("tag")
  @Parameter(
      description =
          "Suppliers with one of these tags, with commas between them. Case and accents do not matter."
              + COMMA)
  private @Nullable String tag;

  @QueryParam("q")
  @Parameter(
      description =
          "Suppliers whose name, legal name, number, external id or identifiers contain this text."
              + " Case and accents do not matter.",
      schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = MAX_TEXT))
  private @Nullable String q;

  @QueryParam("external_id")
  @Parameter(description = "Suppliers with these external ids, with commas between them." + COMMA)
  private @Nullable String externalId;

  @QueryParam("identifier")
  @Parameter(
      description =
          "Suppliers with these identifiers: scheme and value, such as `vat:DE136695976`. A value"
              + " of `tax_id` or `company_number` may have a country before it:"
              + " `company_number:DE:HRB1234`.")
  private @Nullable String identifier;

  @QueryParam("created_since")
  @Parameter(
      description = "Suppliers that were created at this time or later (RFC 3339, UTC).",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  private @Nullable String createdSince;

  @QueryParam("updated_since")
  @Parameter(
      description = "Suppliers that were changed at this time or later (RFC 3339, UTC).",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  private @Nullable String updatedSince;

  @QueryParam("sort")
  @Parameter(
      description = "The order; `-` reverses it.",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {
                "name",
                "-name",
                "number",
                "-number",
                "created_at",
                "-created_at",
                "updated_at",
                "-updated_at"
              },
              defaultValue = "name"))
  private @Nullable String sort;

  /** No parameter is given. */
  public SupplierParameters() {}

  /** With these values by the names of the parameters. */
  public SupplierParameters(Map<String, String> values) {
    status = values.get("status");
    location = values.get("location");
    department = values.get("department");
    country = values.get("country");
    category = values.get("category");
    industry = values.get("industry");
    owner = values.get("owner");
    onboardingStatus = values.get("onboarding_status");
    currency = values.get("currency");
    preferred = values.get("preferred");
    onHold = values.get("on_hold");
    tag = values.get("tag");
    q = values.get("q");
    externalId = values.get("external_id");
    identifier = values.get("identifier");
    createdSince = values.get("created_since");
    updatedSince = values.get("updated_since");
    sort = values.get("sort");
  }

  /**
   * The filter that the parameters describe. Whether locations and departments exist is checked
   * later.
   *
   * @throws io.keyturn.problem.ProblemException 422 naming each parameter at fault
   */
  public SupplierFilter filter() {
    FieldErrors errors = new FieldErrors();
    SupplierFilter filter =
        new SupplierFilter(
            errors.or(Set.of(), () -> FilterValues.statuses(status)),
            errors.or(List.of(), () -> FilterValues.texts("location", location)),
            errors.or(List.of(), () -> FilterValues.texts("department", department)),
            errors.or(List.of(), () -> FilterValues.countries(country)),
            errors.or(List.of(), () -> FilterValues.texts("category", category)),
            errors.or(List.of(), () -> FilterValues.texts("industry", industry)),
            errors.or(List.of(), () -> FilterValues.ids("owner", owner)),
            errors.or(Set.of(), () -> FilterValues.onboardingStatuses(onboardingStatus)),
            errors.or(List.of(), () -> FilterValues.currencies(currency)),
            errors.orNull(() -> FilterValues.flag("preferred", preferred)),
            errors.orNull(() -> FilterValues.flag("on_hold", onHold)),
            errors.or(List.of(), () -> FilterValues.texts("tag", tag)),
            errors.orNull(() -> q == null ? null : FilterValues.search(q)),
            errors.or(List.of(), () -> FilterValues.texts("external_id", externalId)),
            errors.or(List.of(), () -> FilterValues.identifiers(identifier)),
            errors.orNull(() -> FilterValues.time("created_since", createdSince)),
            errors.orNull(() -> FilterValues.time("updated_since", updatedSince)),
            errors.or(
                SupplierSort.DEFAULT,
                () -> sort == null ? SupplierSort.DEFAULT : FilterValues.sort(sort)));
    errors.refuse();
    return filter;
  }
}
