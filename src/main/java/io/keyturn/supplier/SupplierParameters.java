package io.keyturn.supplier;

import io.keyturn.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query parameters of the list of suppliers. A {@code @BeanParam}. */
public class SupplierParameters {
  private static final String ALL = "all";
  private static final int MAX_TEXT = 100;
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  @QueryParam("status")
  @Parameter(
      description = "Suppliers of this status, or of `all`.",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"active", "unapproved", "rejected", "archived", ALL},
              defaultValue = "active"))
  private @Nullable String status;

  @QueryParam("location")
  @Parameter(
      description = "Suppliers of this location: its id, or its name in upper or lower case.",
      schema = @Schema(type = SchemaType.STRING))
  private @Nullable String location;

  @QueryParam("country")
  @Parameter(
      description =
          "Suppliers of this country (ISO 3166-1 alpha-2), such as `DE`, in upper or"
              + " lower case.",
      schema = @Schema(type = SchemaType.STRING, pattern = "^[A-Za-z]{2}$"))
  private @Nullable String country;

  @QueryParam("q")
  @Parameter(
      description =
          "Suppliers whose name, legal name, number or external id contains this text,"
              + " in upper or lower case.",
      schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = MAX_TEXT))
  private @Nullable String q;

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

  SupplierParameters(
      @Nullable String status,
      @Nullable String location,
      @Nullable String country,
      @Nullable String q,
      @Nullable String sort) {
    this.status = status;
    this.location = location;
    this.country = country;
    this.q = q;
    this.sort = sort;
  }

  /**
   * The filter that the parameters describe. Whether the location exists is checked later.
   *
   * @throws ProblemException 422 naming the parameter at fault
   */
  public SupplierFilter filter() {
    return new SupplierFilter(
        status == null ? SupplierStatus.ACTIVE : status(status),
        location,
        country == null ? null : country(country),
        q == null ? null : text(q),
        sort == null ? SupplierSort.DEFAULT : sort(sort));
  }

  private static @Nullable SupplierStatus status(String text) {
    if (text.equals(ALL)) {
      return null;
    }
    return SupplierStatus.of(text)
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "status", "must be active, unapproved, rejected, archived or all"));
  }

  private static String country(String code) {
    String text = code.toUpperCase(Locale.ROOT);
    if (!COUNTRIES.contains(text)) {
      throw ProblemException.invalid(
          "country", "must be a country's code of two capitals (ISO 3166-1), such as DE");
    }
    return text;
  }

  private static String text(String text) {
    int length = text.codePointCount(0, text.length());
    // PostgreSQL refuses a text with NUL.
    if (length < 1 || length > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.invalid(
          "q", "must have 1 to " + MAX_TEXT + " characters, none of them control characters");
    }
    return text;
  }

  private static SupplierSort sort(String text) {
    return SupplierSort.of(text)
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "sort",
                    "must be name, number, created_at or updated_at, or - before one of these names"));
  }
}
