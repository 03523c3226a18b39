package io.keyturn.supplier.rest;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.Body;
import io.keyturn.http.IfMatch;
import io.keyturn.supplier.SupplierEdits;
import io.keyturn.supplier.SupplierView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The actions that change a supplier's status. */
@Path("suppliers")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Suppliers")
@APIResponse(
    responseCode = "200",
    description = SupplierRequest.NOW,
    content = @Content(schema = @Schema(implementation = SupplierView.class)))
@APIResponse(responseCode = "401", description = SupplierRequest.REFUSED)
@APIResponse(responseCode = "403", description = SupplierRequest.LACKS)
@APIResponse(responseCode = "404", description = SupplierRequest.GONE)
@APIResponse(
    responseCode = "409",
    description =
        "The supplier's status does not allow it; the member `supplier_status` names it. Or the same"
            + " request is still running.")
@APIResponse(responseCode = "412", description = SupplierRequest.VERSION)
@APIResponse(responseCode = "422", description = SupplierRequest.WRONG)
public class SupplierActionsResource {
  private static final String MATCH = "The ETag of what was read. Absent: any version.";

  @Inject private SupplierRequest request;
  @Inject private SupplierEdits edits;

  /** Why something is decided. */
  @Schema(name = "Decision", examples = "{\"reason\": \"All papers are there\"}")
  public record Decision(
      @Schema(nullable = true, maxLength = 500, description = "For the supplier's changes.")
          @Nullable String reason) {}

  /** Why a supplier is rejected. */
  @Schema(
      name = "Rejection",
      requiredProperties = "reason",
      examples = "{\"reason\": \"The insurance is missing\"}")
  public record Rejection(
      @Schema(minLength = 1, maxLength = 500, description = "What the supplier lacks.")
          @Nullable String reason) {}

  /**
   * What is asked for, by which a repeated request is known.
   *
   * @param versions the header If-Match
   */
  public record Action(UUID supplier, @Nullable String versions, @Nullable String reason) {}

  private Response done(
      String operation,
      @Nullable String idempotencyKey,
      Action action,
      Function<IfMatch, SupplierView> work) {
    IfMatch versions = SupplierRequest.anyOr(action.versions());
    return request.ofSupplier(
        request.done(operation, idempotencyKey, action, () -> work.apply(versions)));
  }

  private static @Nullable String reason(@Nullable Decision body) {
    return body == null ? null : body.reason();
  }

  @POST
  @Path("{id}/submit-for-approval")
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "submitSupplier",
      summary = "Submit a Supplier for Approval",
      description = "Of an unapproved or rejected supplier, which is `unapproved` then.")
  @Parameter(name = "id", description = SupplierRequest.ID)
  public Response submit(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Parameter(description = MATCH) @Nullable String ifMatch,
      @HeaderParam("Idempotency-Key") @Parameter(description = SupplierRequest.REPEAT)
          @Nullable String idempotencyKey) {
    Action action = new Action(SupplierRequest.supplier(id), ifMatch, null);
    return done(
        "submitSupplier",
        idempotencyKey,
        action,
        versions -> edits.submit(request.reach(), action.supplier(), versions, request.actor()));
  }

  @POST
  @Path("{id}/approve")
  @RequiresScope(Scope.SUPPLIERS_APPROVE)
  @Operation(
      operationId = "approveSupplier",
      summary = "Approve a Supplier",
      description = "Of an unapproved supplier, which is `active` then. The body may be absent.")
  @Parameter(name = "id", description = SupplierRequest.ID)
  public Response approve(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Parameter(description = MATCH) @Nullable String ifMatch,
      @HeaderParam("Idempotency-Key") @Parameter(description = SupplierRequest.REPEAT)
          @Nullable String idempotencyKey,
      @RequestBody(required = false) @Nullable Decision body) {
    Action action = new Action(SupplierRequest.supplier(id), ifMatch, reason(body));
    return done(
        "approveSupplier",
        idempotencyKey,
        action,
        versions ->
            edits.approve(
                request.reach(), action.supplier(), versions, action.reason(), request.actor()));
  }

  @POST
  @Path("{id}/reject")
  @RequiresScope(Scope.SUPPLIERS_APPROVE)
  @Operation(
      operationId = "rejectSupplier",
      summary = "Reject a Supplier",
      description =
          "Of an unapproved supplier, which is `rejected` then. It can be submitted again.")
  @Parameter(name = "id", description = SupplierRequest.ID)
  public Response reject(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Parameter(description = MATCH) @Nullable String ifMatch,
      @HeaderParam("Idempotency-Key") @Parameter(description = SupplierRequest.REPEAT)
          @Nullable String idempotencyKey,
      @Nullable Rejection body) {
    Action action = new Action(SupplierRequest.supplier(id), ifMatch, Body.given(body).reason());
    return done(
        "rejectSupplier",
        idempotencyKey,
        action,
        versions ->
            edits.reject(
                request.reach(), action.supplier(), versions, action.reason(), request.actor()));
  }

  @POST
  @Path("{id}/archive")
  @RequiresScope(Scope.SUPPLIERS_APPROVE)
  @Operation(
      operationId = "archiveSupplier",
      summary = "Archive a Supplier",
      description =
          "An archived supplier cannot be changed. It keeps its number, external id and identifiers."
              + " The body may be absent.")
  @Parameter(name = "id", description = SupplierRequest.ID)
  public Response archive(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Parameter(description = MATCH) @Nullable String ifMatch,
      @HeaderParam("Idempotency-Key") @Parameter(description = SupplierRequest.REPEAT)
          @Nullable String idempotencyKey,
      @RequestBody(required = false) @Nullable Decision body) {
    Action action = new Action(SupplierRequest.supplier(id), ifMatch, reason(body));
    return done(
        "archiveSupplier",
        idempotencyKey,
        action,
        versions ->
            edits.archive(
                request.reach(), action.supplier(), versions, action.reason(), request.actor()));
  }

  @POST
  @Path("{id}/unarchive")
  @RequiresScope(Scope.SUPPLIERS_APPROVE)
  @Operation(
      operationId = "unarchiveSupplier",
      summary = "Take a Supplier out of the Archive",
      description = "The supplier has the status again that it had before.")
  @Parameter(name = "id", description = SupplierRequest.ID)
  public Response unarchive(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Parameter(description = MATCH) @Nullable String ifMatch,
      @HeaderParam("Idempotency-Key") @Parameter(description = SupplierRequest.REPEAT)
          @Nullable String idempotencyKey) {
    Action action = new Action(SupplierRequest.supplier(id), ifMatch, null);
    return done(
        "unarchiveSupplier",
        idempotencyKey,
        action,
        versions -> edits.unarchive(request.reach(), action.supplier(), versions, request.actor()));
  }
}
