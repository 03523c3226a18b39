package io.keyturn.supplier.rest;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.Body;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.LongPagingParameters;
import io.keyturn.supplier.CustomFieldView;
import io.keyturn.supplier.CustomFields;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The members that the organisation added to its suppliers. */
@Path("custom-fields")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers")
@APIResponse(responseCode = "401", description = SupplierRequest.REFUSED)
@APIResponse(responseCode = "403", description = SupplierRequest.LACKS)
@APIResponse(responseCode = "422", description = SupplierRequest.WRONG)
public class CustomFieldsResource {
  private static final String LIST = "custom-fields";

  @Inject private SupplierRequest request;
  @Inject private CustomFields fields;

  /** A custom field to create. */
  @Schema(
      name = "CustomFieldCreation",
      requiredProperties = {"name", "type"},
      examples = "{\"name\": \"cost_centre\", \"label\": \"Cost centre\", \"type\": \"text\"}")
  public record Create(
      @Schema(
              pattern = "^[a-z][a-z0-9_]{0,49}$",
              description = "Its name in `custom_fields`. It never changes.")
          @Nullable String name,
      @Schema(nullable = true, maxLength = 200, description = "Default: the name.")
          @Nullable String label,
      @Schema(
              enumeration = {"text", "number", "boolean", "date", "choice"},
              description = "It never changes.")
          @Nullable String type,
      @Schema(maxItems = 100, description = "The values of a choice.")
          @Nullable List<String> choices) {}

  @GET
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "listCustomFields",
      summary = "Get List of Custom Fields",
      description = "The custom fields, by name: all on one page, unless `limit` is smaller.")
  @APIResponse(responseCode = "200", description = "One page.")
  public ListView<CustomFieldView> list(@BeanParam LongPagingParameters paging) {
    return ListView.of(
        fields.list(request.organisation()),
        paging.of(LIST),
        field -> new Cursor(LIST, field.name(), field.id()));
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "createCustomField",
      summary = "Create a Custom Field",
      description = "Suppliers can have a value for it from now on.")
  @APIResponse(
      responseCode = "201",
      description = "The new custom field.",
      content = @Content(schema = @Schema(implementation = CustomFieldView.class)))
  @APIResponse(
      responseCode = "409",
      description =
          "Another custom field has this name: the member `id` names it. Or there are 50 already, or"
              + " the same request is still running.")
  public Response create(
      @HeaderParam("Idempotency-Key") @Parameter(description = SupplierRequest.REPEAT)
          @Nullable String idempotencyKey,
      @Nullable Create body) {
    Create read = Body.given(body);
    return request.created(
        "createCustomField",
        idempotencyKey,
        read,
        () ->
            fields.create(
                request.reach(),
                read.name(),
                read.label(),
                read.type(),
                Objects.requireNonNullElse(read.choices(), List.of()),
                request.actor()),
        CustomFieldView::id);
  }
}
