package io.keyturn.supplier.rest;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.Body;
import io.keyturn.http.Ids;
import io.keyturn.paging.ListView;
import io.keyturn.paging.PagingParameters;
import io.keyturn.paging.Search;
import io.keyturn.supplier.UnitKind;
import io.keyturn.supplier.UnitView;
import io.keyturn.supplier.Units;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The organisation's departments, by which suppliers can be filtered. */
@Path("departments")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers")
@APIResponse(responseCode = "401", description = SupplierRequest.REFUSED)
@APIResponse(responseCode = "403", description = SupplierRequest.LACKS)
@APIResponse(responseCode = "422", description = SupplierRequest.WRONG)
public class DepartmentsResource {
  @Inject private SupplierRequest request;
  @Inject private Units units;

  @GET
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listDepartments",
      summary = "Get List of Departments",
      description = "One page of the departments, by name.")
  @APIResponse(responseCode = "200", description = "One page.")
  public ListView<UnitView> list(
      @QueryParam("name")
          @Parameter(description = "A part of the name, in upper or lower case. Empty: any name.")
          @Nullable String name,
      @BeanParam PagingParameters paging) {
    return units.list(
        request.reach(),
        UnitKind.DEPARTMENT,
        Search.of(name),
        paging.of(UnitKind.DEPARTMENT.list()));
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "createDepartment",
      summary = "Create a Department",
      description = "With a name that no other department has.")
  @APIResponse(
      responseCode = "201",
      description = "The new department.",
      content = @Content(schema = @Schema(implementation = UnitView.class)))
  @APIResponse(
      responseCode = "409",
      description =
          "Another department has this name: the member `id` names it. Or the same request is still"
              + " running.")
  public Response create(
      @HeaderParam("Idempotency-Key") @Parameter(description = SupplierRequest.REPEAT)
          @Nullable String idempotencyKey,
      @Nullable UnitRequest body) {
    UnitRequest read = Body.given(body);
    return request.created(
        "createDepartment",
        idempotencyKey,
        read,
        () -> units.create(request.reach(), UnitKind.DEPARTMENT, read.name(), request.actor()),
        UnitView::id);
  }

  @PATCH
  @Path("{id}")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "renameDepartment",
      summary = "Rename a Department",
      description = "Its id stays the same.")
  @Parameter(name = "id", description = "The department's id.")
  @APIResponse(responseCode = "200", description = "The department as it is now.")
  @APIResponse(responseCode = "404", description = "The organisation has no such department.")
  @APIResponse(
      responseCode = "409",
      description = "Another department has this name: the member `id` names it.")
  public UnitView rename(@PathParam("id") String id, @Nullable UnitRequest body) {
    return units.rename(
        request.reach(),
        UnitKind.DEPARTMENT,
        Ids.inPath("department", id),
        Body.given(body).name(),
        request.actor());
  }
}
