package io.keyturn.supplier;

import io.keyturn.access.CurrentCaller;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.Ids;
import io.keyturn.paging.ListView;
import io.keyturn.paging.PagingParameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lists and shows suppliers. */
@Path("suppliers")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers", description = "The companies from which the organisation buys")
public class SuppliersResource {
  @Inject private CurrentCaller current;
  @Inject private Suppliers suppliers;

  @GET
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listSuppliers",
      summary = "Get List of Suppliers",
      description = "One page of the suppliers; active suppliers, unless `status` says otherwise.")
  @APIResponse(
      responseCode = "200",
      description = "One page.",
      headers =
          @Header(
              name = "Link",
              description = "The address of the next page, if there is one (RFC 8288).",
              schema = @Schema(type = SchemaType.STRING)))
  @APIResponse(
      responseCode = "401",
      description = "The secret is not accepted; the problem says why.")
  @APIResponse(responseCode = "403", description = "The API key lacks the scope suppliers:read.")
  @APIResponse(
      responseCode = "422",
      description = "A parameter is unknown or has a wrong value; the problem names it.")
  public ListView<SupplierView> list(
      @BeanParam SupplierParameters parameters, @BeanParam PagingParameters paging) {
    SupplierFilter filter = parameters.filter();
    return suppliers.list(current.get().organisationId(), filter, paging.of(filter.sort().list()));
  }

  @GET
  @Path("{id}")
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "getSupplier",
      summary = "Get a Supplier",
      description = "In any status.")
  @Parameter(
      name = "id",
      description = "The supplier's id.",
      schema = @Schema(type = SchemaType.STRING, format = "uuid"))
  @APIResponse(
      responseCode = "200",
      description = "The supplier.",
      headers =
          @Header(
              name = "ETag",
              description = "The supplier's version, in quotation marks.",
              schema = @Schema(type = SchemaType.STRING)),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SupplierView.class)))
  @APIResponse(
      responseCode = "401",
      description = "The secret is not accepted; the problem says why.")
  @APIResponse(responseCode = "403", description = "The API key lacks the scope suppliers:read.")
  @APIResponse(responseCode = "404", description = "The organisation has no such supplier.")
  @APIResponse(
      responseCode = "422",
      description = "A query parameter was sent; this address has none.")
  public Response get(@PathParam("id") String id) {
    SupplierView supplier =
        suppliers.get(current.get().organisationId(), Ids.inPath("supplier", id));
    return Response.ok(supplier).build();
  }
}
