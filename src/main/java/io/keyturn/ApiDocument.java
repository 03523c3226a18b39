package io.keyturn;

import io.keyturn.access.OperatorGate;
import io.keyturn.platform.OperatorSettings;
import io.keyturn.problem.Problem;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/**
 * Says in the OpenAPI document what holds for all operations: a failure is a problem document.
 * Takes the operator's addresses out where there is no operator.
 */
public class ApiDocument implements OASFilter {
  private static final String BASE = "/api/v1";

  /** What the bodies of the operator's addresses alone are made of. */
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
    if (!OperatorSettings.load().present()) {
      removeOperator(document);
    }
    document.getComponents().addSchema("Problem", problem());
    document.getPaths().getPathItems().values().forEach(ApiDocument::bodiesAreJson);
    document.getPaths().getPathItems().values().stream()
        .flatMap(path -> path.getOperations().values().stream())
        .flatMap(operation -> operation.getResponses().getAPIResponses().entrySet().stream())
        .filter(response -> response.getKey().matches("[45].."))
        .map(Map.Entry::getValue)
        .filter(response -> response.getContent() == null)
        .forEach(ApiDocument::answersProblem);
  }

  /**
   * Resources that read records declare no type, since their reader refuses other types after the
   * secret was looked at.
   */
  private static void bodiesAreJson(PathItem path) {
    path.getOperations()
        .forEach(
            (method, operation) -> {
              RequestBody body = operation.getRequestBody();
              MediaType any =
                  body == null || body.getContent() == null
                      ? null
                      : body.getContent().getMediaType("*/*");
              if (any != null) {
                Content content = OASFactory.createContent().addMediaType("application/json", any);
                if (method == PathItem.HttpMethod.PATCH) {
                  content.addMediaType("application/merge-patch+json", any);
                }
                body.setContent(content);
              }
            });
  }

  private static void answersProblem(APIResponse response) {
    response.content(
        OASFactory.createContent()
            .addMediaType(
                Problem.MEDIA_TYPE,
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem"))));
  }

  /** RFC 9457, with members of ours. */
  private static Schema problem() {
    Schema error =
        object()
            .addProperty("field", text("The member or parameter."))
            .addProperty("message", text("What it must be."));
    return object()
        .description("Why a request failed (RFC 9457).")
        .addProperty("type", text("Where the problem is explained."))
        .addProperty("title", text("The problem in few words."))
        .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
        .addProperty("code", text("The same as the last part of the type."))
        .addProperty("detail", text("What went wrong this time."))
        .addProperty("request_id", text("The same as `X-Request-Id`."))
        .addProperty(
            "errors",
            OASFactory.createSchema()
                .addType(Schema.SchemaType.ARRAY)
                .description("Only with status 422.")
                .items(error));
  }

  private static Schema object() {
    return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
  }

  private static Schema text(String description) {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
  }

  private static void removeOperator(OpenAPI document) {
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
