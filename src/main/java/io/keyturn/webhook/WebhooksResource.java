package io.keyturn.webhook;

import io.keyturn.access.Caller;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.Body;
import io.keyturn.http.IfMatch;
import io.keyturn.idempotency.Answer;
import io.keyturn.idempotency.Idempotency;
import io.keyturn.idempotency.RequestDigest;
import io.keyturn.json.JsonText;
import io.keyturn.json.RecordWriter;
import io.keyturn.paging.ListView;
import io.keyturn.paging.PagingParameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The webhooks of the calling key's organisation. */
@Path("webhooks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks", description = "Be told of events")
@APIResponse(
    responseCode = "401",
    description = "The secret is not accepted; the problem says why.")
@APIResponse(
    responseCode = "403",
    description = "The calling key lacks a scope; the problem names it.")
@APIResponse(
    responseCode = "422",
    description = "A member or parameter is unknown or wrong; the problem names it.")
public class WebhooksResource {
  static final String ID = "The webhook's id.";
  static final String GONE = "The organisation has no such webhook.";
  private static final String DISABLED = "The webhook is disabled.";
  private static final Duration OVERLAP = Duration.ofHours(24);

  @Inject private WebhookRequest request;
  @Inject private Webhooks webhooks;
  @Inject private DeliveryHistory history;
  @Inject private Idempotency idempotency;
  @Context private UriInfo uri;

  @GET
  @RequiresScope(Scope.WEBHOOKS_READ)
  @Operation(
      operationId = "listWebhooks",
      summary = "Get List of Webhooks",
      description =
          "One page of the organisation's webhooks, the newest first. A key that is limited to"
              + " locations sees only its own webhooks, here and elsewhere.")
  @APIResponse(responseCode = "200", description = "One page, the newest first.")
  public ListView<WebhookView> list(@BeanParam PagingParameters paging) {
    Caller caller = request.caller();
    return webhooks.page(
        caller.organisationId(),
        caller.reach().locations().limited() ? caller.keyId().value() : null,
        paging.of(WebhookQuery.WEBHOOKS));
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "createWebhook",
      summary = "Create a Webhook",
      description =
          "The address is told of events from now on. The secret that signs is in this answer"
              + " only. The webhook belongs to the calling key by its id, so that a refreshed"
              + " secret changes nothing; it ends with the key.")
  @APIResponse(
      responseCode = "201",
      description = "The webhook with its secret.",
      content = @Content(schema = @Schema(implementation = CreatedWebhookView.class)))
  @APIResponse(
      responseCode = "409",
      description = "The organisation has 100 webhooks, or the same request is still running.")
  public Response create(
      @HeaderParam("Idempotency-Key")
          @Parameter(description = "1 to 255 visible ASCII characters of your choice.")
          @Nullable String idempotencyKey,
      WebhookRequests.@Nullable Create body) {
    WebhookRequests.Create read = Body.given(body);
    return once(idempotencyKey, RequestDigest.of("createWebhook", read), () -> create(read));
  }

  /** Answers with a webhook and its new secret, once for each {@code Idempotency-Key}. */
  private Response once(
      @Nullable String idempotencyKey, RequestDigest digest, Supplier<Answer> work) {
    Caller caller = request.caller();
    Answer answer =
        idempotency.answer(
            caller.organisationId(), caller.keyId(), idempotencyKey, digest, work, repeated -> {});
    JsonObject webhook = RecordWriter.object(answer.body()).getJsonObject("webhook");
    return Response.fromResponse(answer.response())
        .tag(webhook.getJsonNumber("version").toString())
        .build();
  }

  private Answer create(WebhookRequests.Create body) {
    Caller caller = request.caller();
    CreatedWebhookView created =
        CreatedWebhookView.of(
            webhooks.create(
                caller.organisationId(),
                body.wish(),
                WishCheck.readable(caller, body.types()),
                request.actor()));
    String location = uri.getRequestUri().getRawPath() + "/" + created.webhook().id();
    return new Answer(201, location, JsonText.of(created));
  }

  @GET
  @Path("{id}")
  @RequiresScope(Scope.WEBHOOKS_READ)
  @Operation(
      operationId = "getWebhook",
      summary = "Get a Webhook",
      description = "Never with its secret.")
  @Parameter(name = "id", description = ID)
  @APIResponse(responseCode = "200", description = "The webhook, with its version as ETag.")
  @APIResponse(responseCode = "404", description = GONE)
  public WebhookView get(@PathParam("id") String id) {
    return webhooks.get(request.organisation(), request.webhook(id));
  }

  @PATCH
  @Path("{id}")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "changeWebhook",
      summary = "Change a Webhook",
      description =
          "Changes address, description or types, or disables it. After it is enabled again, it"
              + " is also told of what happened meanwhile, for 30 days.")
  @Parameter(name = "id", description = ID)
  @APIResponse(responseCode = "200", description = "The webhook as it is now.")
  @APIResponse(responseCode = "404", description = GONE)
  @APIResponse(
      responseCode = "412",
      description = "The webhook is at another version than `If-Match` names.")
  @APIResponse(responseCode = "428", description = "There is no `If-Match`.")
  public WebhookView change(
      @PathParam("id") String id,
      @HeaderParam("If-Match")
          @Parameter(description = "The ETag of what was read.", required = true)
          @Nullable String ifMatch,
      WebhookRequests.@Nullable Change body) {
    IfMatch versions = IfMatch.of(ifMatch);
    WebhookRequests.Change read = Body.given(body);
    Caller caller = request.caller();
    return webhooks.change(
        caller.organisationId(),
        request.webhook(id),
        versions,
        read.wish(),
        WishCheck.readable(caller, read.types()),
        request.actor());
  }

  @DELETE
  @Path("{id}")
  @RequiresScope(Scope.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "deleteWebhook",
      summary = "Delete a Webhook",
      description = "Deletes the webhook and its deliveries. Nothing more is sent.")
  @Parameter(name = "id", description = ID)
  @APIResponse(responseCode = "204", description = "The webhook is deleted.")
  @APIResponse(responseCode = "404", description = GONE)
  public void delete(@PathParam("id") String id) {
    webhooks.delete(request.organisation(), request.webhook(id), request.actor());
  }

  @POST
  @Path("{id}/test")
  @RequiresScope(Scope.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "testWebhook",
      summary = "Send a Test Event",
      description =
          "Sends an event of the type `webhook.test` within seconds. What became of it is in the"
              + " list of deliveries.")
  @Parameter(name = "id", description = ID)
  @APIResponse(
      responseCode = "202",
      description = "The delivery.",
      content = @Content(schema = @Schema(implementation = WebhookDeliveryView.class)))
  @APIResponse(responseCode = "404", description = GONE)
  @APIResponse(responseCode = "409", description = DISABLED)
  public Response test(@PathParam("id") String id) {
    return Response.accepted(
            history.test(request.organisation(), request.webhook(id), request.actor()))
        .build();
  }

  @POST
  @Path("{id}/rotate-secret")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "rotateWebhookSecret",
      summary = "Rotate a Webhook's Secret",
      description =
          "The new secret is in this answer only. During the overlap each delivery has two"
              + " signatures, and the receiver may check either. Two secrets count at most: a further"
              + " rotation waits for the end of the overlap, or ends it with `PT0S`.")
  @Parameter(name = "id", description = ID)
  @APIResponse(
      responseCode = "200",
      description = "The webhook with its new secret.",
      content = @Content(schema = @Schema(implementation = CreatedWebhookView.class)))
  @APIResponse(responseCode = "404", description = GONE)
  @APIResponse(
      responseCode = "409",
      description =
          "The previous secret still counts: the member `previous_secret_until` says until when. Or"
              + " the same request is still running. In strict mode the answer is not repeated:"
              + " rotate again with `PT0S`, and give that secret to the receiver.")
  public Response rotateSecret(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key")
          @Parameter(description = "1 to 255 visible ASCII characters of your choice.")
          @Nullable String idempotencyKey,
      WebhookRequests.@Nullable Rotation body) {
    Duration given = Body.given(body).overlap();
    SecretChange change = new SecretChange(request.webhook(id), given == null ? OVERLAP : given);
    return once(
        idempotencyKey,
        RequestDigest.of("rotateWebhookSecret", change),
        () -> rotateSecret(change));
  }

  private Answer rotateSecret(SecretChange wanted) {
    CreatedWebhookView rotated =
        CreatedWebhookView.of(
            webhooks.rotateSecret(
                request.organisation(), wanted.webhook(), wanted.overlap(), request.actor()));
    return new Answer(200, null, JsonText.of(rotated));
  }

  /** What is asked for, by which a repeated request is known. */
  public record SecretChange(UUID webhook, Duration overlap) {}
}
