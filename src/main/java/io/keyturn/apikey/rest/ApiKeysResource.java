package io.keyturn.apikey.rest;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyChanges;
import io.keyturn.apikey.ApiKeyQuery;
import io.keyturn.apikey.ApiKeyStatus;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Grantor;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.NewApiKey;
import io.keyturn.http.Body;
import io.keyturn.http.IfMatch;
import io.keyturn.idempotency.Answer;
import io.keyturn.idempotency.Idempotency;
import io.keyturn.idempotency.RequestDigest;
import io.keyturn.json.JsonText;
import io.keyturn.json.RecordWriter;
import io.keyturn.paging.ListView;
import io.keyturn.paging.PagingParameters;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
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
import java.util.EnumSet;
import java.util.Set;
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
@Tag(name = "API keys", description = "Create, change, refresh and revoke API keys")
@APIResponse(
    responseCode = "401",
    description = "The secret is not accepted; the problem says why.")
@APIResponse(
    responseCode = "403",
    description = "The calling key lacks a scope; the problem names it.")
@APIResponse(
    responseCode = "422",
    description = "A member or parameter is unknown or wrong; the problem names it.")
public class ApiKeysResource {

  @Inject private KeyRequest request;
  @Inject private ApiKeys keys;
  @Inject private ApiKeyChanges changes;
  @Inject private Idempotency idempotency;
  @Context private UriInfo uri;

  @GET
  @RequiresScope(Scope.API_KEYS_READ)
  @Operation(
      operationId = "listApiKeys",
      summary = "Get List of API Keys",
      description = "One page of the organisation's keys, the newest first; never with a secret.")
  @APIResponse(responseCode = "200", description = "One page, the newest first.")
  public ListView<ApiKeyView> list(
      @QueryParam("status")
          @Parameter(
              description =
                  "Which keys. `expired`: the planned end has come, and the key is not revoked."
                      + " `active`: neither expired nor revoked.",
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      enumeration = {"active", "expired", "revoked", "all"},
                      defaultValue = "active"))
          @Nullable String status,
      @QueryParam("name")
          @Parameter(description = "A part of the name, in upper or lower case. Empty: any name.")
          @Nullable String name,
      @BeanParam PagingParameters paging) {
    return keys.page(
        request.organisation(), statuses(status), Search.of(name), paging.of(ApiKeyQuery.LIST));
  }

  private static Set<ApiKeyStatus> statuses(@Nullable String code) {
    if (code == null) {
      return EnumSet.of(ApiKeyStatus.ACTIVE);
    }
    if (code.equals("all")) {
      return EnumSet.allOf(ApiKeyStatus.class);
    }
    return ApiKeyStatus.of(code)
        .map(EnumSet::of)
        .orElseThrow(
            () -> ProblemException.invalid("status", "must be active, expired, revoked or all"));
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.API_KEYS_MANAGE)
  @Operation(
      operationId = "createApiKey",
      summary = "Create an API Key",
      description =
          "The secret is in this answer. Send an `Idempotency-Key` to be able to repeat"
              + " the request: within 24 hours the same `Idempotency-Key` gets the same"
              + " answer.")
  @APIResponse(
      responseCode = "201",
      description = KeyRequest.ISSUED,
      content = @Content(schema = @Schema(implementation = IssuedView.class)))
  @APIResponse(
      responseCode = "409",
      description =
          "A key that is not revoked has this name, or the same request is still running.")
  public Response create(
      @HeaderParam("Idempotency-Key")
          @Parameter(description = "1 to 255 visible ASCII characters of your choice.")
          @Nullable String idempotencyKey,
      ApiKeyRequests.@Nullable Create body) {
    ApiKeyRequests.Create read = Body.given(body);
    NewApiKey wanted = read.wanted();
    grantor().refuseMore(wanted);
    Answer answer =
        idempotency.answer(
            request.organisation(),
            request.caller().keyId(),
            idempotencyKey,
            RequestDigest.of("createApiKey", read),
            () -> create(wanted),
            this::repeated);
    return Response.fromResponse(answer.response())
        .tag(keyOf(answer).getJsonNumber("version").toString())
        .build();
  }

  /**
   * The key as the answer tells it, even an answer of yesterday. The body of a stored answer is
   * sealed; its location is not.
   */
  private static JsonObject keyOf(Answer answer) {
    return RecordWriter.object(answer.body()).getJsonObject("api_key");
  }

  private Grantor grantor() {
    return Grantor.key(keys.get(request.organisation(), request.caller().keyId()));
  }

  private Answer create(NewApiKey wanted) {
    IssuedSecret issued = keys.create(request.organisation(), wanted, request.actor());
    String location = uri.getRequestUri().getRawPath() + "/" + issued.keyId();
    return new Answer(201, location, JsonText.of(view(issued)));
  }

  private void repeated(Answer answer) {
    ApiKeyId id = new ApiKeyId(UUID.fromString(keyOf(answer).getString("id")));
    keys.repeated(request.organisation(), id, grantor(), request.actor());
  }

  private IssuedView view(IssuedSecret issued) {
    return IssuedView.of(keys.get(request.organisation(), issued.keyId()), issued);
  }

  @GET
  @Path("{id}")
  @RequiresScope(Scope.API_KEYS_READ)
  @Operation(
      operationId = "getApiKey",
      summary = "Get an API Key",
      description = "Active, expired or revoked; never with a secret.")
  @Parameter(name = "id", description = KeyRequest.ID)
  @APIResponse(
      responseCode = "200",
      description = "The key in any state, with its version as ETag.",
      content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
  @APIResponse(responseCode = "404", description = KeyRequest.GONE)
  public Response get(@PathParam("id") String id) {
    return KeyRequest.tagged(keys.get(request.organisation(), KeyRequest.key(id)));
  }

  @PATCH
  @Path("{id}")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.API_KEYS_MANAGE)
  @Operation(
      operationId = "changeApiKey",
      summary = "Change an API Key",
      description =
          "Changes the name, scopes, restrictions, planned end or refresh policy of a"
              + " key. After a change of the policy, the next refresh is counted from the"
              + " key's creation, and the current secret stops working one grace period after"
              + " that refresh. The calling key cannot give a key more than it may do itself.")
  @Parameter(name = "id", description = KeyRequest.ID)
  @APIResponse(
      responseCode = "200",
      description = "The key as it is now.",
      content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
  @APIResponse(responseCode = "404", description = KeyRequest.GONE)
  @APIResponse(
      responseCode = "409",
      description = "The key is revoked, or another key that is not revoked has this name.")
  @APIResponse(
      responseCode = "412",
      description = "The key is at another version than `If-Match` names.")
  @APIResponse(responseCode = "428", description = "There is no `If-Match`.")
  public Response change(
      @PathParam("id") String id,
      @HeaderParam("If-Match")
          @Parameter(description = "The ETag of what was read.", required = true)
          @Nullable String ifMatch,
      ApiKeyRequests.@Nullable Change body) {
    IfMatch versions = IfMatch.of(ifMatch);
    return KeyRequest.tagged(
        changes.change(
            request.organisation(),
            KeyRequest.key(id),
            versions,
            Body.given(body).change(),
            grantor(),
            request.actor()));
  }
}
