package io.keyturn.supplier.rest;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.Body;
import io.keyturn.http.IfMatch;
import io.keyturn.json.JsonText;
import io.keyturn.json.MergePatch;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Page;
import io.keyturn.paging.Paging;
import io.keyturn.paging.PagingParameters;
import io.keyturn.supplier.ListedSupplier;
import io.keyturn.supplier.SupplierChangeView;
import io.keyturn.supplier.SupplierData;
import io.keyturn.supplier.SupplierEdits;
import io.keyturn.supplier.SupplierField;
import io.keyturn.supplier.SupplierFilter;
import io.keyturn.supplier.SupplierHistory;
import io.keyturn.supplier.SupplierView;
import io.keyturn.supplier.Suppliers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Lists, shows and writes suppliers. */
@Path("suppliers")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers", description = "The companies from which the organisation buys")
@APIResponse(responseCode = "401", description = SupplierRequest.REFUSED)
@APIResponse(responseCode = "403", description = SupplierRequest.LACKS)
@APIResponse(responseCode = "422", description = SupplierRequest.WRONG)
public class SuppliersResource {
  private static final String TAKEN =
      "Another supplier, which may be archived, has the number, the external id or an identifier:"
          + " the member `id` names it. Or the supplier itself is archived: the member"
          + " `supplier_status` says so.";

  @Inject private SupplierRequest request;
  @Inject private Suppliers suppliers;
  @Inject private SupplierEdits edits;
  @Inject private SupplierHistory history;

  /** What a list answers: its rows have the members that were asked for. */
  @Schema(name = "SupplierList")
  public record Rows(List<SupplierView> data, Page page) {}

  @GET
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listSuppliers",
      summary = "Get List of Suppliers",
      description =
          "One page of the suppliers; active suppliers, unless `status` says otherwise. Values with"
              + " commas between them are alternatives; within a value, `\\,` is a comma and `\\\\` a"
              + " backslash. All parameters together must match.")
  @APIResponse(
      responseCode = "200",
      description = "One page.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Rows.class)))
  public Response list(
      @BeanParam SupplierParameters parameters,
      @QueryParam("fields")
          @Parameter(
              description =
                  "The members to answer, with commas between them; `id` is always among them."
                      + " Default: all members but `addresses`, `contacts`, `identifiers`,"
                      + " `custom_fields` and `description`.")
          @Nullable String fields,
      @BeanParam PagingParameters paging) {
    SupplierFilter filter = parameters.filter();
    Set<SupplierField> wanted = FilterValues.fields(fields);
    Paging part = paging.of(filter.sort().list());
    return Response.ok(
            SupplierField.large(wanted)
                ? suppliers
                    .whole(request.reach(), filter, part)
                    .map(members(wanted, Function.identity()))
                : suppliers
                    .list(request.reach(), filter, part)
                    .map(
                        wanted.equals(SupplierField.OF_A_LIST)
                            ? ListedSupplier::answer
                            : members(wanted, ListedSupplier::view)))
        .build();
  }

  private static <T> Function<T, Object> members(
      Set<SupplierField> wanted, Function<T, SupplierView> view) {
    Set<String> names = SupplierField.codes(wanted);
    return row -> new JsonText.Members(view.apply(row), names);
  }

  @GET
  @Path("{id}")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "getSupplier",
      summary = "Get a Supplier",
      description = "In any status, with all members.")
  @Parameter(name = "id", description = SupplierRequest.ID)
  @APIResponse(
      responseCode = "200",
      description = "The supplier.",
      content = @Content(schema = @Schema(implementation = SupplierView.class)))
  @APIResponse(responseCode = "404", description = SupplierRequest.GONE)
  public Response get(@PathParam("id") String id) {
    return Response.ok(suppliers.get(request.reach(), SupplierRequest.supplier(id))).build();
  }

  @GET
  @Path("{id}/changes")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listSupplierChanges",
      summary = "Get List of a Supplier's Changes",
      description = "Who did what to the supplier, the newest first.")
  @Parameter(name = "id", description = SupplierRequest.ID)
  @APIResponse(responseCode = "200", description = "One page, the newest first.")
  @APIResponse(responseCode = "404", description = SupplierRequest.GONE)
  public ListView<SupplierChangeView> changes(
      @PathParam("id") String id, @BeanParam PagingParameters paging) {
    return history.changes(
        request.reach(), SupplierRequest.supplier(id), paging.of(SupplierHistory.LIST));
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "createSupplier",
      summary = "Create a Supplier",
      description =
          "The supplier is `unapproved`. Send an `Idempotency-Key` to be able to repeat the request:"
              + " within 24 hours the same `Idempotency-Key` gets the same answer.")
  @APIResponse(
      responseCode = "201",
      description = "The new supplier.",
      content = @Content(schema = @Schema(implementation = SupplierView.class)))
  @APIResponse(
      responseCode = "404",
      description = "The same request created it before. " + SupplierRequest.OUTSIDE)
  @APIResponse(responseCode = "409", description = TAKEN + " Or the same request is still running.")
  public Response create(
      @HeaderParam("Idempotency-Key") @Parameter(description = SupplierRequest.REPEAT)
          @Nullable String idempotencyKey,
      @Nullable SupplierData body) {
    SupplierData read = Body.given(body);
    return request.ofSupplier(
        request.created(
            "createSupplier",
            idempotencyKey,
            read,
            () -> edits.create(request.reach(), read, request.actor()),
            SupplierView::id));
  }

  @PATCH
  @Path("{id}")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "changeSupplier",
      summary = "Change a Supplier",
      description =
          "A JSON Merge Patch (RFC 7396): absent members stay as they are, null removes a value, and"
              + " a list replaces the whole list. A hold and the onboarding status are changed here"
              + " too; the status is changed by actions.")
  @Parameter(name = "id", description = SupplierRequest.ID)
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SupplierData.class)))
  @APIResponse(
      responseCode = "200",
      description = SupplierRequest.NOW,
      content = @Content(schema = @Schema(implementation = SupplierView.class)))
  @APIResponse(responseCode = "404", description = SupplierRequest.GONE)
  @APIResponse(responseCode = "409", description = TAKEN)
  @APIResponse(responseCode = "412", description = SupplierRequest.VERSION)
  @APIResponse(responseCode = "428", description = "There is no `If-Match`.")
  public Response change(
      @PathParam("id") String id,
      @HeaderParam("If-Match")
          @Parameter(description = "The ETag of what was read.", required = true)
          @Nullable String ifMatch,
      @Nullable MergePatch body) {
    IfMatch versions = IfMatch.of(ifMatch);
    return Response.ok(
            edits.change(
                request.reach(),
                SupplierRequest.supplier(id),
                versions,
                Body.given(body).of(SupplierData.class),
                request.actor()))
        .build();
  }

  @PUT
  @Path("external/{external_id}")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "putSupplier",
      summary = "Create or Replace a Supplier by its External Id",
      description =
          "Creates the supplier with this external id, or replaces all that can be written of it:"
              + " absent members lose their values, except for the number. The request may be"
              + " repeated.")
  @Parameter(
      name = "external_id",
      description =
          "The supplier's id in your own systems. An id with `/`, `\\` or `#` cannot stand in a path;"
              + " `POST /suppliers/bulk` writes it.",
      schema = @Schema(type = SchemaType.STRING, maxLength = 100))
  @APIResponse(
      responseCode = "200",
      description = SupplierRequest.NOW,
      content = @Content(schema = @Schema(implementation = SupplierView.class)))
  @APIResponse(
      responseCode = "201",
      description = "The new supplier.",
      content = @Content(schema = @Schema(implementation = SupplierView.class)))
  @APIResponse(responseCode = "404", description = SupplierRequest.OUTSIDE)
  @APIResponse(responseCode = "409", description = TAKEN)
  @APIResponse(responseCode = "412", description = SupplierRequest.VERSION)
  public Response put(
      @PathParam("external_id") String externalId,
      @HeaderParam("If-Match")
          @Parameter(description = "The ETag of what was read. Absent: any version.")
          @Nullable String ifMatch,
      @Nullable SupplierData body) {
    SupplierEdits.Written written =
        edits.put(
            request.reach(),
            externalId,
            Body.given(body),
            ifMatch == null ? null : IfMatch.of(ifMatch),
            request.actor());
    Response.ResponseBuilder answer =
        Response.status(written.created() ? 201 : 200).entity(written.supplier());
    return written.created()
        ? answer.header("Location", "/api/v1/suppliers/" + written.supplier().id()).build()
        : answer.build();
  }
}
