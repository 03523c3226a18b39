package io.keyturn.document;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The headers of answers, and the headers of requests that no resource method reads itself. */
final class Headers {
  private static final String REQUEST_ID = "X-Request-Id";
  private static final String EXPIRES_AT = "X-API-Key-Expires-At";
  private static final String RETIRED_AT = "X-API-Key-Retired-At";
  private static final String POLICY = "RateLimit-Policy";
  private static final String STATE = "RateLimit";
  private static final String RETRY_AFTER = "Retry-After";
  private static final String AUTHENTICATE = "WWW-Authenticate";
  private static final String ETAG = "ETag";
  private static final String LOCATION = "Location";
  private static final String LINK = "Link";
  private static final String ACCEPT_PATCH = "Accept-Patch";
  private static final String IF_NONE_MATCH = "If-None-Match";

  private Headers() {}

  static void declare(OpenAPI document) {
    header(
        document,
        REQUEST_ID,
        text("uuid"),
        "The request's id, which finds the request in the server's log.");
    header(document, EXPIRES_AT, text("date-time"), "When the secret that was sent stops working.");
    header(
        document,
        RETIRED_AT,
        text("date-time"),
        "When the secret that was sent was refreshed; absent unless it was.");
    header(
        document,
        POLICY,
        text(null).addExample("\"minute\";q=6000;w=60"),
        "The key's quotas: how many requests (q) in how many seconds (w)"
            + " (draft-ietf-httpapi-ratelimit-headers).");
    header(
        document,
        STATE,
        text(null).addExample("\"minute\";r=5999;t=1"),
        "The requests that are left of each quota (r), and after how many seconds the"
            + " quota is full again (t).");
    header(
        document,
        RETRY_AFTER,
        OASFactory.createSchema().addType(Schema.SchemaType.INTEGER).minimum(BigDecimal.ONE),
        "After how many seconds to try again.");
    header(
        document, AUTHENTICATE, text(null), "How to authenticate, and what was wrong (RFC 6750).");
    header(
        document,
        ETAG,
        text(null).addExample("\"3\""),
        "The object's version: send it as If-Match with a change, as If-None-Match with a read.");
    header(document, LOCATION, text("uri"), "The address of what was created.");
    header(document, LINK, text(null), "The address of the next page, if there is one (RFC 8288).");
    header(
        document, ACCEPT_PATCH, text(null), "The media types that a change may have (RFC 5789).");
    document
        .getComponents()
        .addParameter(
            IF_NONE_MATCH,
            OASFactory.createParameter()
                .name(IF_NONE_MATCH)
                .in(Parameter.In.HEADER)
                .description("The ETag of the version that you have: 304 if it is still current.")
                .schema(text(null)));
  }

  private static Schema text(@Nullable String format) {
    return Schemas.string().format(format);
  }

  private static void header(OpenAPI document, String name, Schema schema, String description) {
    document
        .getComponents()
        .addHeader(name, OASFactory.createHeader().schema(schema).description(description));
  }

  private static void add(APIResponse response, String name) {
    Map<String, ?> known = response.getHeaders();
    if (known == null || !known.containsKey(name)) {
      response.addHeader(name, OASFactory.createHeader().ref(name));
    }
  }

  /** The headers of each failure with a status. */
  static void ofFailure(APIResponse response, String status) {
    add(response, REQUEST_ID);
    switch (status) {
      case "401", "403" -> add(response, AUTHENTICATE);
      case "429", "503" -> add(response, RETRY_AFTER);
      default -> {}
    }
  }

  /** The headers of each successful answer of an operation. */
  static void ofSuccess(OpenAPI document, Endpoint endpoint, String status, APIResponse response) {
    add(response, REQUEST_ID);
    if (endpoint.ofKeys()) {
      add(response, EXPIRES_AT);
      add(response, RETIRED_AT);
      add(response, POLICY);
      add(response, STATE);
    }
    if (status.equals("201")) {
      add(response, LOCATION);
    }
    if (endpoint.verb() == PathItem.HttpMethod.PATCH) {
      add(response, ACCEPT_PATCH);
    }
    Content content = response.getContent();
    if (content == null) {
      return;
    }
    Schema body =
        content.getMediaTypes().values().stream()
            .map(media -> Schemas.resolve(document, media.getSchema()))
            .findFirst()
            .orElseGet(OASFactory::createSchema);
    if (Schemas.properties(body).containsKey("page")) {
      add(response, LINK);
    }
    if (versioned(document, body)) {
      add(response, ETAG);
      if (endpoint.verb() == PathItem.HttpMethod.GET) {
        notModified(endpoint);
      }
    }
  }

  /** Whether the body is an object with a version, or contains one. */
  private static boolean versioned(OpenAPI document, Schema body) {
    return hasVersion(body)
        || Schemas.properties(body).values().stream()
            .map(Schema::getRef)
            .filter(Objects::nonNull)
            .map(ref -> Schemas.resolve(document, OASFactory.createSchema().ref(ref)))
            .anyMatch(Headers::hasVersion);
  }

  /** Whether the object counts its changes. The platform's own version is a text. */
  private static boolean hasVersion(Schema object) {
    Schema version = Schemas.properties(object).get("version");
    return version != null && List.of(Schema.SchemaType.INTEGER).equals(version.getType());
  }

  private static void notModified(Endpoint endpoint) {
    endpoint.operation().addParameter(OASFactory.createParameter().ref(IF_NONE_MATCH));
    APIResponse same =
        OASFactory.createAPIResponse()
            .description("The object is still at the version that If-None-Match names.");
    add(same, REQUEST_ID);
    add(same, ETAG);
    endpoint.operation().getResponses().addAPIResponse("304", same);
  }
}
