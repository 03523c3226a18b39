package io.keyturn.document;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/** Common parts of all operations: requests, answers and failures. */
final class Operations {
  private static final String JSON = "application/json";
  private static final String MERGE_PATCH = "application/merge-patch+json"; // RFC 7396

  private Operations() {}

  /**
   * Completes what the annotations say.
   *
   * @param resources the classes whose methods answer
   */
  static void complete(OpenAPI document, List<Class<?>> resources) {
    Failures.declare(document);
    Headers.declare(document);
    Access.declare(document);
    for (Endpoint endpoint : Endpoint.all(document, resources)) {
      bodyTypes(endpoint);
      Schemas.parameters(endpoint.operation()).forEach(Operations::parameter);
      Access.demand(endpoint);
      List.copyOf(endpoint.operation().getResponses().getAPIResponses().entrySet()).stream()
          .filter(response -> response.getKey().startsWith("2"))
          .forEach(
              response ->
                  Headers.ofSuccess(document, endpoint, response.getKey(), response.getValue()));
      Failures.add(document, endpoint);
    }
  }

  /** A change is a merge patch (RFC 7396), under each of its media types. */
  private static void bodyTypes(Endpoint endpoint) {
    RequestBody body = endpoint.operation().getRequestBody();
    if (body == null || body.getContent() == null) {
      return;
    }
    Content content = body.getContent();
    MediaType json = content.getMediaType("*/*");
    if (json == null) {
      json = content.getMediaType(JSON);
    }
    if (json == null) {
      return;
    }
    Content all = OASFactory.createContent().addMediaType(JSON, json);
    if (endpoint.verb() == PathItem.HttpMethod.PATCH) {
      all.addMediaType(MERGE_PATCH, json);
    }
    body.setContent(all);
  }

  private static void parameter(Parameter parameter) {
    if (parameter.getIn() == Parameter.In.PATH && "id".equals(parameter.getName())) {
      parameter.setSchema(Schemas.string().format("uuid"));
      if (parameter.getDescription() == null) {
        parameter.setDescription("The object's id.");
      }
    }
  }
}
