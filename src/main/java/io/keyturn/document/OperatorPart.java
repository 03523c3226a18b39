package io.keyturn.document;

import io.keyturn.access.OperatorPathFilter;
import io.keyturn.access.OperatorSettings;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/** Removes the operator's endpoints from the OpenAPI document where no operator is configured. */
public class OperatorPart implements OASFilter {
  private static final String BASE = "/api/v1";

  /** The schemas that only the operator's endpoints use. */
  private static final List<String> SCHEMAS =
      List.of(
          "AdministratorInvitation",
          "CreatedOrganisation",
          "Invitation",
          "OrganisationList",
          "Organisation",
          "OrganisationChange",
          "OrganisationCreation",
          "Suspension");

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (!OperatorSettings.load().present()) {
      removeFrom(document);
    }
  }

  /** Removes the operator's endpoints, and what only they need. */
  static void removeFrom(OpenAPI document) {
    List.copyOf(document.getPaths().getPathItems().keySet()).stream()
        .filter(path -> path.startsWith(BASE + "/"))
        .filter(path -> OperatorPathFilter.isOperators(path.substring(BASE.length())))
        .forEach(document.getPaths()::removePathItem);
    document.getComponents().removeSecurityScheme("operator");
    SCHEMAS.forEach(document.getComponents()::removeSchema);
    List<Tag> tags = document.getTags();
    if (tags != null) {
      tags.stream()
          .filter(tag -> "Organisations".equals(tag.getName()))
          .toList()
          .forEach(document::removeTag);
    }
  }
}
