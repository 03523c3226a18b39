package io.keyturn.apikey;

import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.Grants;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.idempotency.Answer;
import io.keyturn.idempotency.Idempotency;
import io.keyturn.platform.Ids;
import io.keyturn.platform.IfMatch;
import io.keyturn.platform.JsonNames;
import io.keyturn.platform.ListView;
import io.keyturn.platform.PagingParameters;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The keys of the calling key's organisation. */
@Path("api-keys")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys", description = "Make, change, refresh and revoke API keys")
@APIResponse(
    responseCode = "401",
    description = "The secret is not accepted; the problem says why.",
    content = @Content(mediaType = Problem.MEDIA_TYPE))
@APIResponse(
    responseCode = "403",
    description = "The calling key lacks a scope; the problem names it.",
    content = @Content(mediaType = Problem.MEDIA_TYPE))
@APIResponse(
    responseCode = "422",
    description = "A member or parameter is unknown or wrong; the problem names it.",
    content = @Content(mediaType = Problem.MEDIA_TYPE))
public class ApiKeysResource {
  private static final String ID = "The key's id.";
  private static final String GONE = "The organisation has no such API key.";
  private static final String ISSUED = "The key with its current secret.";

  @Inject private CurrentCaller current;
  @Inject private ApiKeys keys;
  @Inject private Refreshes refreshes;
  @Inject private Callers callers;
  @Inject private Idempotency idempotency;
  @Context private HttpServletRequest request;
  @Context private UriInfo uri;

  @GET
  @RequiresScope(Scope.API_KEYS_READ)
  @Operation(operationId = "listApiKeys", summary = "Get List of API Keys")
  @APIResponse(responseCode = "200", description = "One page, the newest first.")
  public ListView<ApiKeyView> list(
      @QueryParam("status")
          @Parameter(
              description = "Which keys.",
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      enumeration = {"living", "revoked", "all"},
                      defaultValue = "living"))
          @Nullable String status,
      @BeanParam PagingParameters paging) {
    ApiKeyStatus wanted =
        status == null
            ? ApiKeyStatus.LIVING
            : ApiKeyStatus.of(status)
                .orElseThrow(
                    () -> ProblemException.invalid("status", "must be living, revoked or all"));
    return keys.page(organisation(), wanted, paging.of(ApiKeyQuery.LIST));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresScope(Scope.API_KEYS_MANAGE)
  @Operation(
      operationId = "makeApiKey",
      summary = "Make an API Key",
      description =
          "The secret is in this answer. Send an `Idempotency-Key` to be able to repeat the"
              + " request: within 24 hours the same one gets the same answer.")
  @APIResponse(
      responseCode = "201",
      description = ISSUED,
      content = @Content(schema = @Schema(implementation = IssuedView.class)))
  @APIResponse(
      responseCode = "409",
      description = "A living key has this name, or the same request is still running.",
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  public Response make(
      @HeaderParam("Idempotency-Key")
          @Parameter(description = "1 to 255 visible ASCII characters of your choice.")
          @Nullable String idempotencyKey,
      ApiKeyRequests.@Nullable Make body) {
    ApiKeyRequests.Make read = given(body);
    NewApiKey wanted = read.wanted();
    Grants.within(current.get().scopes(), wanted.scopes());
    return idempotency
        .answer(organisation(), current.get().keyId(), idempotencyKey, read, () -> make(wanted))
        .response();
  }

  private Answer make(NewApiKey wanted) {
    IssuedSecret issued = keys.create(organisation(), wanted, actor());
    String location = uri.getRequestUri().getRawPath() + "/" + issued.keyId();
    return new Answer(201, location, JsonNames.write(view(issued)));
  }

  private IssuedView view(IssuedSecret issued) {
    return IssuedView.of(keys.get(organisation(), issued.keyId()), issued);
  }

  @GET
  @Path("{id}")
  @RequiresScope(Scope.API_KEYS_READ)
  @Operation(operationId = "getApiKey", summary = "Get an API Key")
  @Parameter(name = "id", description = ID)
  @APIResponse(
      responseCode = "200",
      description = "The key, living or revoked, with its version as ETag.",
      content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
  @APIResponse(
      responseCode = "404",
      description = GONE,
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  public Response get(@PathParam("id") String id) {
    return tagged(keys.get(organisation(), key(id)));
  }

  @PATCH
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresScope(Scope.API_KEYS_MANAGE)
  @Operation(
      operationId = "changeApiKey",
      summary = "Change an API Key",
      description =
          "Its name, scopes or refresh policy. With another policy the next refresh is due by the"
              + " key's own clock, which began when it was made, and the current secret stops"
              + " working a grace period after that.")
  @Parameter(name = "id", description = ID)
  @APIResponse(
      responseCode = "200",
      description = "The key as it is now.",
      content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
  @APIResponse(
      responseCode = "404",
      description = GONE,
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  @APIResponse(
      responseCode = "409",
      description = "The key is revoked, or a living key has this name.",
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  @APIResponse(
      responseCode = "412",
      description = "The key is at another version than `If-Match` names.",
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  @APIResponse(
      responseCode = "428",
      description = "There is no `If-Match`.",
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  public Response change(
      @PathParam("id") String id,
      @HeaderParam("If-Match")
          @Parameter(description = "The ETag of what was read.", required = true)
          @Nullable String ifMatch,
      ApiKeyRequests.@Nullable Change body) {
    IfMatch versions = IfMatch.of(ifMatch);
    return tagged(
        keys.change(
            organisation(),
            key(id),
            versions,
            given(body).change(),
            current.get().scopes(),
            actor()));
  }

  @POST
  @Path("{id}/refresh")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresScope(Scope.API_KEYS_MANAGE)
  @Operation(
      operationId = "refreshApiKey",
      summary = "Refresh an API Key",
      description =
          "Replaces the secret of that number by the next one. It may be repeated: whoever names"
              + " the same number gets the same successor.")
  @Parameter(name = "id", description = ID)
  @APIResponse(responseCode = "200", description = ISSUED)
  @APIResponse(
      responseCode = "404",
      description = GONE,
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  @APIResponse(
      responseCode = "409",
      description = "The number is history; the member `current_number` names the current one.",
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  public IssuedView refresh(@PathParam("id") String id, ApiKeyRequests.@Nullable Refresh body) {
    return refresh(key(id), given(body));
  }

  @POST
  @Path("self/refresh")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresScope(Scope.API_KEYS_REFRESH_SELF)
  @Operation(
      operationId = "refreshSelf",
      summary = "Refresh the API Key That Calls",
      description =
          "Also with a secret in its grace period, so that each of several replicas can fetch the"
              + " successor of the secret that it has.")
  @APIResponse(responseCode = "200", description = ISSUED)
  @APIResponse(
      responseCode = "409",
      description = "The number is history; the member `current_number` names the current one.",
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  public IssuedView refreshSelf(ApiKeyRequests.@Nullable Refresh body) {
    ApiKeyRequests.Refresh read = given(body);
    Caller caller = current.get();
    if (read.number() > caller.secretNumber()) {
      throw ProblemException.invalid(
          "replaces", "must be the number of the secret that was sent, " + caller.secretNumber());
    }
    return refresh(caller.keyId(), read);
  }

  private IssuedView refresh(UUID id, ApiKeyRequests.Refresh body) {
    return view(
        refreshes.refresh(
            organisation(),
            id,
            body.number(),
            body.gracePeriod(),
            current.get().scopes(),
            actor()));
  }

  @POST
  @Path("{id}/leaked")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresScope(Scope.API_KEYS_MANAGE)
  @Operation(
      operationId = "stopLeakedApiKey",
      summary = "Stop an API Key's Leaked Secret",
      description =
          "All secrets of the key and its renewal credential stop working at once; the key gets a"
              + " new secret. The reason must be given.")
  @Parameter(name = "id", description = ID)
  @APIResponse(responseCode = "200", description = ISSUED)
  @APIResponse(
      responseCode = "404",
      description = GONE,
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  public IssuedView leaked(@PathParam("id") String id, ApiKeyRequests.@Nullable Why body) {
    return view(
        refreshes.leaked(
            organisation(), key(id), given(body).reason(), current.get().scopes(), actor()));
  }

  @POST
  @Path("{id}/revoke")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresScope(Scope.API_KEYS_MANAGE)
  @Operation(
      operationId = "revokeApiKey",
      summary = "Revoke an API Key",
      description = "Ends it for good, at once. It may be repeated.")
  @Parameter(name = "id", description = ID)
  @APIResponse(
      responseCode = "200",
      description = "The key as it is now.",
      content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
  @APIResponse(
      responseCode = "404",
      description = GONE,
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  public Response revoke(@PathParam("id") String id, ApiKeyRequests.@Nullable Why body) {
    keys.revoke(organisation(), key(id), given(body).reason(), actor());
    return tagged(keys.get(organisation(), key(id)));
  }

  @GET
  @Path("{id}/usage")
  @RequiresScope(Scope.API_KEYS_READ)
  @Operation(operationId = "getApiKeyUsage", summary = "Get Who Uses an API Key")
  @Parameter(name = "id", description = ID)
  @APIResponse(responseCode = "200", description = "The callers of its secrets.")
  @APIResponse(
      responseCode = "404",
      description = GONE,
      content = @Content(mediaType = Problem.MEDIA_TYPE))
  public UsageView usage(@PathParam("id") String id) {
    ApiKeyRow key = keys.get(organisation(), key(id));
    return UsageView.of(key, callers.all(organisation(), key.id()));
  }

  private static Response tagged(ApiKeyRow key) {
    return Response.ok(ApiKeyView.of(key)).tag(Integer.toString(key.version())).build();
  }

  private UUID organisation() {
    return current.get().organisationId();
  }

  private static UUID key(String id) {
    return Ids.inPath("API key", id);
  }

  private Actor actor() {
    Caller caller = current.get();
    return new Actor(Actor.Type.API_KEY, caller.keyId(), caller.keyName(), request.getRemoteAddr());
  }

  private static <T> T given(@Nullable T body) {
    if (body == null) {
      throw ProblemException.malformed("Send a JSON object, {} at least.");
    }
    return body;
  }
}
