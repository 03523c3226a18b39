package io.keyturn.webhook;

import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.http.Body;
import io.keyturn.http.ClientAddress;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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
  private static final String ID = "The webhook's id.";

  @Inject private CurrentCaller current;
  @Inject private Webhooks webhooks;
  @Inject private ClientCertificates certificates;
  @Inject private HttpServletRequest request;

  @PUT
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "putWebhookClientCertificate",
      summary = "Set a Webhook's Client Certificate",
      description =
          "For a receiver that admits known clients only (mutual TLS). The private key is kept"
              + " encrypted and is never answered.")
  @Parameter(name = "id", description = ID)
  @APIResponse(responseCode = "200", description = "The webhook as it is now.")
  @APIResponse(responseCode = "404", description = "The organisation has no such webhook.")
  @APIResponse(responseCode = "409", description = "The webhook's address has no TLS.")
  @APIResponse(
      responseCode = "422",
      description =
          "The certificate has expired, is not for clients or does not fit the private key, or a"
              + " text cannot be read; the problem says what.")
  public WebhookView put(@PathParam("id") String id, WebhookRequests.@Nullable Certificate body) {
    WebhookRequests.Certificate given = Body.given(body);
    Caller caller = current.get();
    return certificates.set(
        caller.organisationId(),
        webhooks.visible(caller, id),
        given.certificateChain(),
        given.privateKey(),
        actor());
  }

  @DELETE
  @RequiresScope(Scope.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "deleteWebhookClientCertificate",
      summary = "Delete a Webhook's Client Certificate",
      description = "From now on Keyturn identifies itself to the receiver by signatures alone.")
  @Parameter(name = "id", description = ID)
  @APIResponse(responseCode = "204", description = "The certificate is deleted.")
  @APIResponse(
      responseCode = "404",
      description = "The organisation has no such webhook, or the webhook no certificate.")
  public void delete(@PathParam("id") String id) {
    Caller caller = current.get();
    certificates.remove(caller.organisationId(), webhooks.visible(caller, id), actor());
  }

  private Actor actor() {
    return Actor.of(current.get(), ClientAddress.of(request));
  }
}
