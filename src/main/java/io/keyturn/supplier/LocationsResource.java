package io.keyturn.supplier;

import io.keyturn.access.CurrentCaller;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.paging.ListView;
import io.keyturn.paging.PagingParameters;
import io.keyturn.paging.Search;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Lists locations, by which suppliers can be filtered. */
@Path("locations")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers")
public class LocationsResource {
  @Inject private CurrentCaller current;
  @Inject private Suppliers suppliers;

  @GET
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listLocations",
      summary = "Get List of Locations",
      description = "One page of the locations, by name.")
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
  public ListView<LocationView> list(
      @QueryParam("name")
          @Parameter(description = "A part of the name, in upper or lower case. Empty: any name.")
          @Nullable String name,
      @BeanParam PagingParameters paging) {
    return suppliers.locations(
        current.get().organisationId(), Search.of(name), paging.of(LocationQuery.LIST));
  }
}
