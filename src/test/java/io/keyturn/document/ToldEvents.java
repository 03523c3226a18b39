package io.keyturn.document;

import io.keyturn.event.EventType;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** What Keyturn sends to webhooks: a request for each type of event, taken from the code. */
final class ToldEvents {
  private static final String TEST = "webhook.test";

  private ToldEvents() {}

  /** Adds the requests. */
  static void add(OpenAPI document) {
    for (EventType type : EventType.values()) {
      add(
          document,
          type.code(),
          type.description(),
          "Sent to webhooks whose owner has the scope " + type.scope() + ".",
          type == EventType.AUDIT_RECORDED ? "RecordedEvent" : "Event");
    }
    add(
        document,
        TEST,
        "Somebody tests the webhook.",
        "Sent when somebody asks for a test; it changes nothing and is not in the feed.",
        "Event");
  }

  private static void add(
      OpenAPI document, String code, String description, String whenItIsSent, String schema) {
    Operation operation =
        OASFactory.createOperation()
            .operationId(operationId(code))
            .summary("Event " + code)
            .description(description + " " + whenItIsSent)
            .addTag("Webhooks")
            .addParameter(header("webhook-id", "The event's id, the same each time it is sent."))
            .addParameter(header("webhook-timestamp", "When it is sent: seconds since 1970."))
            .addParameter(
                header(
                    "webhook-signature",
                    "The signature of id, timestamp and body after Standard Webhooks; two"
                        + " signatures, with a space between, while two secrets count."))
            .requestBody(
                OASFactory.createRequestBody()
                    .required(true)
                    .content(
                        OASFactory.createContent()
                            .addMediaType(
                                "application/json",
                                OASFactory.createMediaType().schema(Schemas.ref(schema)))))
            .responses(
                OASFactory.createAPIResponses()
                    .addAPIResponse(
                        "200",
                        OASFactory.createAPIResponse()
                            .description("The receiver has the event. Any 2xx says so."))
                    .addAPIResponse(
                        "410",
                        OASFactory.createAPIResponse()
                            .description(
                                "The receiver wants no more events: the webhook is disabled.")));
    operation.setSecurity(List.of());
    document.addWebhook(code, OASFactory.createPathItem().POST(operation));
  }

  private static Parameter header(String name, String description) {
    return OASFactory.createParameter()
        .name(name)
        .in(Parameter.In.HEADER)
        .required(true)
        .description(description)
        .schema(Schemas.string());
  }

  /** {@code api_key.retired_secret_used} becomes {@code onApiKeyRetiredSecretUsed}. */
  private static String operationId(String code) {
    StringBuilder id = new StringBuilder("on");
    for (String word : code.split("[._]")) {
      id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return id.toString();
  }
}
