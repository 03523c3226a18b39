package io.keyturn.webhook;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.Ids;
import io.keyturn.paging.ListView;
import io.keyturn.paging.PagingParameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a webhook was sent. */
@Path("webhooks/{id}/deliveries")
@ApplicationScoped
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
public class DeliveriesResource {
  @Inject private WebhookRequest request;
  @Inject private DeliveryHistory history;

  @GET
  @RequiresScope(Scope.WEBHOOKS_READ)
  @Operation(
      operationId = "listWebhookDeliveries",
      summary = "Get List of Deliveries",
      description =
          "One page of the webhook's deliveries of the last 30 days, the newest first, each with"
              + " its last attempt.")
  @Parameter(name = "id", description = WebhooksResource.ID)
  @APIResponse(responseCode = "200", description = "One page, the newest first.")
  @APIResponse(responseCode = "404", description = WebhooksResource.GONE)
  public ListView<WebhookDeliveryView> deliveries(
      @PathParam("id") String id,
      @QueryParam("state")
          @Parameter(
              description = "Which deliveries. Absent: all.",
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      enumeration = {"pending", "delivered", "failed"}))
          @Nullable String state,
      @BeanParam PagingParameters paging) {
    return history.page(
        request.organisation(),
        request.webhook(id),
        state,
        WishCheck.readable(request.caller(), null),
        request.caller().reach().locations(),
        paging.of(DeliveryHistory.LIST));
  }

  @POST
  @Path("{delivery}/send-again")
  @RequiresScope(Scope.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "sendDeliveryAgain",
      summary = "Send a Delivery Again",
      description = "Sends the same event once more within seconds, whatever became of it.")
  @Parameter(name = "id", description = WebhooksResource.ID)
  @APIResponse(
      responseCode = "202",
      description = "The delivery.",
      content = @Content(schema = @Schema(implementation = WebhookDeliveryView.class)))
  @APIResponse(responseCode = "404", description = "There is no such webhook or delivery.")
  @APIResponse(responseCode = "409", description = "The webhook is disabled.")
  public Response sendAgain(
      @PathParam("id") String id,
      @PathParam("delivery")
          @Parameter(description = "The delivery's id.", schema = @Schema(format = "uuid"))
          String delivery) {
    return Response.accepted(
            history.sendAgain(
                request.organisation(),
                request.webhook(id),
                Ids.inPath("delivery", delivery),
                WishCheck.readable(request.caller(), null),
                request.caller().reach().locations()))
        .build();
  }
}
