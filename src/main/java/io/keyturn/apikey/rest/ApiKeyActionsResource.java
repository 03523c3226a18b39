package io.keyturn.apikey.rest;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Caller;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.access.SecretTimes;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.http.Body;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Ends the secrets of one key, or the key itself. */
@Path("api-keys")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
@APIResponse(
    responseCode = "401",
    description = "The secret is not accepted; the problem says why.")
@APIResponse(
    responseCode = "403",
    description = "The calling key lacks a scope; the problem names it.")
@APIResponse(
    responseCode = "422",
    description = "A member or parameter is unknown or wrong; the problem names it.")
public class ApiKeyActionsResource {

  @Context private HttpServletResponse response;
  @Inject private KeyRequest request;
  @Inject private ApiKeys keys;
  @Inject private ApiRefreshes refreshes;

  @POST
  @Path("{id}/refresh")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.API_KEYS_MANAGE)
  @Operation(
      operationId = "refreshApiKey",
      summary = "Refresh an API Key",
      description =
          "Replaces the secret with the given number by the next secret. The request"
              + " may be repeated: the same number gets the same successor.")
  @Parameter(name = "id", description = KeyRequest.ID)
  @APIResponse(responseCode = "200", description = KeyRequest.ISSUED)
  @APIResponse(responseCode = "404", description = KeyRequest.GONE)
  @APIResponse(
      responseCode = "409",
      description =
          "The number is that of an earlier secret; the member `current_number` is the"
              + " number of the current secret.")
  public IssuedView refresh(@PathParam("id") String id, ApiKeyRequests.@Nullable Refresh body) {
    return refresh(KeyRequest.key(id), Body.given(body));
  }

  @POST
  @Path("self/refresh")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.API_KEYS_REFRESH_SELF)
  @Operation(
      operationId = "refreshSelf",
      summary = "Refresh the Calling API Key",
      description =
          "Works also with a secret in its grace period, so that each of several"
              + " replicas can fetch the successor of its secret. An organisation in strict"
              + " mode keeps no secrets: there only one replica can fetch the successor. If"
              + " the automatic refresh created a successor that nobody has seen, the replica"
              + " gets the secret after it.")
  @APIResponse(responseCode = "200", description = KeyRequest.ISSUED)
  @APIResponse(
      responseCode = "409",
      description =
          "The number is that of an earlier secret; the member `current_number` is the"
              + " number of the current secret.")
  public IssuedView refreshSelf(ApiKeyRequests.@Nullable Refresh body) {
    ApiKeyRequests.Refresh read = Body.given(body);
    Caller caller = request.caller();
    if (read.number() > caller.secretNumber()) {
      throw ProblemException.invalid(
          "replaces", "must be the number of the secret that was sent, " + caller.secretNumber());
    }
    return refresh(caller.keyId(), read);
  }

  private IssuedView refresh(ApiKeyId id, ApiKeyRequests.Refresh body) {
    return answer(refreshes.refresh(request.caller(), id, body, request.actor()));
  }

  @POST
  @Path("{id}/leaked")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.API_KEYS_MANAGE)
  @Operation(
      operationId = "stopLeakedApiKey",
      summary = "Stop an API Key's Leaked Secret",
      description =
          "All secrets of the key and its renewal credential stop working at once; the key gets a"
              + " new secret. The reason must be given.")
  @Parameter(name = "id", description = KeyRequest.ID)
  @APIResponse(responseCode = "200", description = KeyRequest.ISSUED)
  @APIResponse(responseCode = "404", description = KeyRequest.GONE)
  public IssuedView leaked(@PathParam("id") String id, ApiKeyRequests.@Nullable Why body) {
    return answer(
        refreshes.leaked(
            request.caller(), KeyRequest.key(id), Body.given(body).reason(), request.actor()));
  }

  @POST
  @Path("{id}/revoke")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.API_KEYS_MANAGE)
  @Operation(
      operationId = "revokeApiKey",
      summary = "Revoke an API Key",
      description = "Ends the key for good, at once. The request may be repeated.")
  @Parameter(name = "id", description = KeyRequest.ID)
  @APIResponse(
      responseCode = "200",
      description = "The key as it is now.",
      content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
  @APIResponse(responseCode = "404", description = KeyRequest.GONE)
  public Response revoke(@PathParam("id") String id, ApiKeyRequests.@Nullable Why body) {
    keys.revoke(
        request.organisation(), KeyRequest.key(id), Body.given(body).reason(), request.actor());
    return KeyRequest.tagged(keys.get(request.organisation(), KeyRequest.key(id)));
  }

  /** The headers about the secret that was sent were set before its refresh; they are set again. */
  private IssuedView answer(ApiRefreshes.Answered answered) {
    SecretTimes.headers(answered.sentUntil(), answered.sentRetiredAt())
        .forEach(response::setHeader);
    return answered.issued();
  }
}
