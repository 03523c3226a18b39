package io.keyturn;

import io.keyturn.access.OperatorPathFilter;
import io.keyturn.access.OperatorSettings;
import io.keyturn.apikey.rest.ApiKeyActionsResource;
import io.keyturn.apikey.rest.ApiKeysResource;
import io.keyturn.apikey.rest.RevocationsResource;
import io.keyturn.apikey.rest.UsageResource;
import io.keyturn.audit.AuditEventsResource;
import io.keyturn.document.Operations;
import io.keyturn.document.Schemas;
import io.keyturn.document.Vocabulary;
import io.keyturn.operator.OperatorAuditResource;
import io.keyturn.operator.OrganisationsResource;
import io.keyturn.renewal.TokenResource;
import io.keyturn.supplier.rest.CustomFieldsResource;
import io.keyturn.supplier.rest.DepartmentsResource;
import io.keyturn.supplier.rest.LocationsResource;
import io.keyturn.supplier.rest.ReferenceListsResource;
import io.keyturn.supplier.rest.SupplierActionsResource;
import io.keyturn.supplier.rest.SupplierBulkResource;
import io.keyturn.supplier.rest.SuppliersResource;
import io.keyturn.verification.IntrospectionResource;
import io.keyturn.verification.MeResource;
import io.keyturn.verification.VerifyResource;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/**
 * Completes the OpenAPI document beyond the annotations. Removes the operator's endpoints where no
 * operator is configured.
 */
public class ApiDocument implements OASFilter {
  /** The resources whose methods the document describes. */
  static final List<Class<?>> RESOURCES =
      List.of(
          ApiKeyActionsResource.class,
          ApiKeysResource.class,
          AuditEventsResource.class,
          CustomFieldsResource.class,
          DepartmentsResource.class,
          IntrospectionResource.class,
          LocationsResource.class,
          MeResource.class,
          OperatorAuditResource.class,
          OrganisationsResource.class,
          ReferenceListsResource.class,
          RevocationsResource.class,
          StatusResource.class,
          SupplierActionsResource.class,
          SupplierBulkResource.class,
          SuppliersResource.class,
          TokenResource.class,
          UsageResource.class,
          VerifyResource.class);

  private static final String BASE = "/api/v1";

  /** The schemas that only the operator's endpoints use. */
  private static final List<String> SCHEMAS =
      List.of(
          "AdministratorInvitation",
          "CreatedOrganisation",
          "Invitation",
          "ListViewOrganisationView",
          "Organisation",
          "OrganisationChange",
          "OrganisationCreation",
          "Suspension");

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (!OperatorSettings.load().present()) {
      removeOperator(document);
    }
    Operations.complete(document, RESOURCES);
    Vocabulary.add(document);
    Schemas.complete(document);
  }

  private static void removeOperator(OpenAPI document) {
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
