package io.keyturn.webhook;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.Body;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The client certificate of a webhook. */
@Path("webhooks/{id}/client-certificate")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks", description = "Be told of events")
@APIResponse(
    responseCode = "401",
    description = "The secret is not accepted; the problem says why.")
@APIResponse(
    responseCode = "403",
    description = "The calling key lacks a scope; the problem names it.")
public class ClientCertificateResource {
  @Inject private WebhookRequest request;
  @Inject private ClientCertificates certificates;

  @PUT
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "putWebhookClientCertificate",
      summary = "Set a Webhook's Client Certificate",
      description =
          "For a receiver that admits known clients only (mutual TLS). The private key is kept"
              + " encrypted and is never answered.")
  @Parameter(name = "id", description = WebhooksResource.ID)
  @APIResponse(responseCode = "200", description = "The webhook as it is now.")
  @APIResponse(responseCode = "404", description = WebhooksResource.GONE)
  @APIResponse(responseCode = "409", description = "The webhook's address has no TLS.")
  @APIResponse(
      responseCode = "422",
      description =
          "The certificate has expired, is not for clients or does not fit the private key, or a"
              + " text cannot be read; the problem says what.")
  public WebhookView put(@PathParam("id") String id, WebhookRequests.@Nullable Certificate body) {
    WebhookRequests.Certificate given = Body.given(body);
    return certificates.set(
        request.organisation(),
        request.webhook(id),
        given.certificateChain(),
        given.privateKey(),
        request.actor());
  }

  @DELETE
  @RequiresScope(Scope.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "deleteWebhookClientCertificate",
      summary = "Delete a Webhook's Client Certificate",
      description = "From now on Keyturn identifies itself to the receiver by signatures alone.")
  @Parameter(name = "id", description = WebhooksResource.ID)
  @APIResponse(responseCode = "204", description = "The certificate is deleted.")
  @APIResponse(
      responseCode = "404",
      description = "The organisation has no such webhook, or the webhook no certificate.")
  public void delete(@PathParam("id") String id) {
    certificates.remove(request.organisation(), request.webhook(id), request.actor());
  }
}
