package io.keyturn.operator;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The bodies of the operator's requests; any other member is 422. */
final class OrganisationRequests {
  private OrganisationRequests() {}

  /** A new organisation. */
  @Schema(
      name = "OrganisationCreation",
      requiredProperties = {"domain", "name", "administrator_email"},
      examples =
          """
          {"domain": "acme", "name": "Acme Ltd", "administrator_email": "admin@acme.example"}\
          """)
  record Create(
      @Schema(
              pattern = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
              description = "The start of its host's name. It never changes.")
          @Nullable String domain,
      @Schema(minLength = 1, maxLength = 200) @Nullable String name,
      @Schema(name = "administrator_email", description = "The administrator to invite.")
          @Nullable String administratorEmail) {

    /**
     * This request, when it is complete.
     *
     * @throws ProblemException 422 naming each missing member
     */
    Complete complete() {
      List<FieldError> errors = new ArrayList<>();
      Complete complete =
          new Complete(
              required(errors, "domain", domain),
              required(errors, "name", name),
              required(errors, "administrator_email", administratorEmail));
      if (!errors.isEmpty()) {
        throw ProblemException.invalid(errors);
      }
      return complete;
    }
  }

  /** A new organisation with all members. */
  record Complete(String domain, String name, String administratorEmail) {}

  /** A new name. */
  @Schema(
      name = "OrganisationChange",
      requiredProperties = "name",
      examples = "{\"name\": \"Acme Group\"}")
  record Change(@Schema(minLength = 1, maxLength = 200) @Nullable String name) {}

  /** The reason for a suspension. */
  @Schema(name = "Suspension", examples = "{\"reason\": \"The contract has ended\"}")
  record Suspension(@Schema(maxLength = 500) @Nullable String reason) {}

  /** The administrator to invite. */
  @Schema(
      name = "AdministratorInvitation",
      requiredProperties = "administrator_email",
      examples = "{\"administrator_email\": \"second@acme.example\"}")
  record Administrator(@Schema(name = "administrator_email") @Nullable String administratorEmail) {}

  private static String required(List<FieldError> errors, String field, @Nullable String value) {
    if (value == null) {
      errors.add(new FieldError(field, "must be given"));
    }
    return value == null ? "" : value;
  }

  /**
   * A required member.
   *
   * @throws ProblemException 422
   */
  static String given(String field, @Nullable String value) {
    if (value == null) {
      throw ProblemException.invalid(field, "must be given");
    }
    return value;
  }
}
