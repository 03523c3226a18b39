package io.keyturn.supplier.rest;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.Body;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
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
@APIResponse(responseCode = "200", description = SupplierRequest.NOW)
@APIResponse(responseCode = "401", description = SupplierRequest.REFUSED)
@APIResponse(responseCode = "403", description = SupplierRequest.LACKS)
@APIResponse(responseCode = "404", description = SupplierRequest.GONE)
@APIResponse(
    responseCode = "409",
    description = "The supplier's status does not allow it; the member `supplier_status` names it.")
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
  public SupplierView submit(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Parameter(description = MATCH) @Nullable String ifMatch) {
    return edits.submit(
        request.reach(),
        SupplierRequest.supplier(id),
        SupplierRequest.anyOr(ifMatch),
        request.actor());
  }

  @POST
  @Path("{id}/approve")
  @RequiresScope(Scope.SUPPLIERS_APPROVE)
  @Operation(
      operationId = "approveSupplier",
      summary = "Approve a Supplier",
      description = "Of an unapproved supplier, which is `active` then. The body may be absent.")
  @Parameter(name = "id", description = SupplierRequest.ID)
  public SupplierView approve(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Parameter(description = MATCH) @Nullable String ifMatch,
      @RequestBody(required = false) @Nullable Decision body) {
    return edits.approve(
        request.reach(),
        SupplierRequest.supplier(id),
        SupplierRequest.anyOr(ifMatch),
        reason(body),
        request.actor());
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
  public SupplierView reject(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Parameter(description = MATCH) @Nullable String ifMatch,
      @Nullable Rejection body) {
    return edits.reject(
        request.reach(),
        SupplierRequest.supplier(id),
        SupplierRequest.anyOr(ifMatch),
        Body.given(body).reason(),
        request.actor());
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
  public SupplierView archive(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Parameter(description = MATCH) @Nullable String ifMatch,
      @RequestBody(required = false) @Nullable Decision body) {
    return edits.archive(
        request.reach(),
        SupplierRequest.supplier(id),
        SupplierRequest.anyOr(ifMatch),
        reason(body),
        request.actor());
  }

  @POST
  @Path("{id}/unarchive")
  @RequiresScope(Scope.SUPPLIERS_APPROVE)
  @Operation(
      operationId = "unarchiveSupplier",
      summary = "Take a Supplier out of the Archive",
      description = "The supplier has the status again that it had before.")
  @Parameter(name = "id", description = SupplierRequest.ID)
  public SupplierView unarchive(
      @PathParam("id") String id,
      @HeaderParam("If-Match") @Parameter(description = MATCH) @Nullable String ifMatch) {
    return edits.unarchive(
        request.reach(),
        SupplierRequest.supplier(id),
        SupplierRequest.anyOr(ifMatch),
        request.actor());
  }
}
