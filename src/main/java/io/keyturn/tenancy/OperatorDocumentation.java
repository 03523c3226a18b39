package io.keyturn.tenancy;

import io.keyturn.access.OperatorGate;
import io.keyturn.platform.OperatorSettings;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/** Takes the operator's addresses out of the OpenAPI document where there is no operator. */
public class OperatorDocumentation implements OASFilter {
  private static final String BASE = "/api/v1";

  /** What the bodies of those addresses alone are made of. */
  private static final List<String> SCHEMAS =
      List.of(
          "Invitation",
          "ListViewOrganisationView",
          "MadeOrganisation",
          "NewAdministrator",
          "NewOrganisation",
          "Organisation",
          "OrganisationChange",
          "Suspension");

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (OperatorSettings.load().present()) {
      return;
    }
    List.copyOf(document.getPaths().getPathItems().keySet()).stream()
        .filter(path -> path.startsWith(BASE + "/"))
        .filter(path -> OperatorGate.isOperators(path.substring(BASE.length())))
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
