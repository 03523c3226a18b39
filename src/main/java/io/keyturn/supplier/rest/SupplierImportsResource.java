package io.keyturn.supplier.rest;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.Ids;
import io.keyturn.paging.ListView;
import io.keyturn.paging.PagingParameters;
import io.keyturn.supplier.file.ImportBody;
import io.keyturn.supplier.file.ImportResult;
import io.keyturn.supplier.file.SupplierImportView;
import io.keyturn.supplier.file.SupplierImports;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Imports files of suppliers. */
@Path("supplier-imports")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers")
@APIResponse(responseCode = "401", description = SupplierRequest.REFUSED)
@APIResponse(responseCode = "403", description = SupplierRequest.LACKS)
@APIResponse(responseCode = "422", description = SupplierRequest.WRONG)
public class SupplierImportsResource {
  private static final String GONE = "The organisation has no such import.";

  @Inject private SupplierRequest request;
  @Inject private ImportBody imported;
  @Inject private SupplierImports imports;
  @Inject private ImportResult result;

  /** The parts of the body. */
  @Schema(name = "SupplierImportCreation", requiredProperties = "file")
  public record Parts(
      @Schema(
              type = SchemaType.STRING,
              format = "binary",
              examples = "external_id,name,country\nERP-1,Nordwind,DE\n",
              description =
                  "CSV with the names of columns in its first line: those of an export, in any"
                      + " order. Separated by commas, semicolons or tabs; in UTF-8, UTF-16 or"
                      + " Windows-1252. At most 64 MiB and 250000 rows.")
          @Nullable String file,
      @Schema(
              name = "dry_run",
              type = SchemaType.BOOLEAN,
              defaultValue = "false",
              description =
                  "Says what would become of the rows, and writes nothing. Rows are looked at in"
                      + " pieces of 500: what a row takes from a row of another piece, such as"
                      + " its identifier, only the import finds.")
          @Nullable Boolean dryRun) {}

  @POST
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "importSuppliers",
      summary = "Import Suppliers",
      description =
          "Begins an import, which goes on after the answer: ask `Location` how far it is. A row"
              + " changes the supplier with its `external_id`, else with its `number`; else it"
              + " creates a supplier. Columns that the file does not have stay as they are, and an"
              + " empty cell removes a value. The same file may be sent again: rows that say what is"
              + " known already change nothing. Cells that a row lacks at its end stay as they are.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = Parts.class)))
  @APIResponse(
      responseCode = "202",
      description = "The import, which goes on.",
      headers =
          @Header(
              name = HttpHeaders.LOCATION,
              description = "The address of the import.",
              schema = @Schema(type = SchemaType.STRING, format = "uri")),
      content = @Content(schema = @Schema(implementation = SupplierImportView.class)))
  @APIResponse(
      responseCode = "409",
      description =
          "Two imports of the organisation are not finished. Or the same request is still running.")
  @APIResponse(responseCode = "413", description = "The body is larger than 64 MiB.")
  public Response create(
      @HeaderParam("Idempotency-Key") @Parameter(description = SupplierRequest.REPEAT)
          @Nullable String idempotencyKey,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) @Nullable String contentType,
      @Parameter(hidden = true) InputStream body) {
    ImportBody.Received file =
        imported.receive(request.organisation(), contentType, body, request.actor());
    try {
      return request.accepted(
          "importSuppliers",
          idempotencyKey,
          new SameFile(file.digest(), file.dryRun()),
          () -> imports.queue(request.organisation(), file),
          SupplierImportView::id);
    } finally {
      // Of a repeated request the file arrives again. What is queued is not discarded.
      imports.discard(request.organisation(), file.id());
    }
  }

  /** By what a repeated request is known. */
  public record SameFile(String digest, boolean dryRun) {}

  @GET
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "listSupplierImports",
      summary = "Get List of Supplier Imports",
      description = "One page of the imports of the last 30 days, the newest first.")
  @APIResponse(responseCode = "200", description = "One page, the newest first.")
  public ListView<SupplierImportView> list(@BeanParam PagingParameters paging) {
    return imports.page(seen(), paging.of(SupplierImports.LIST));
  }

  @GET
  @Path("{id}")
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "getSupplierImport",
      summary = "Get a Supplier Import",
      description = "How far it is.")
  @APIResponse(
      responseCode = "200",
      description = "The import.",
      content = @Content(schema = @Schema(implementation = SupplierImportView.class)))
  @APIResponse(responseCode = "404", description = GONE)
  public Response get(@PathParam("id") String id) {
    return Response.ok(imports.get(seen(), id(id))).build();
  }

  @GET
  @Path("{id}/result")
  @Produces(MediaType.WILDCARD)
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "getSupplierImportResult",
      summary = "Get the Rejected Rows of a Supplier Import",
      description =
          "The rejected rows as they were sent, each with its line and the reason, as CSV for"
              + " spreadsheet programs. Correct it and send it again: the columns `import_line` and"
              + " `import_reason` are left alone.")
  @APIResponse(
      responseCode = "200",
      description = "The rows; only the header when no row was rejected.",
      content =
          @Content(
              mediaType = SupplierExportResource.CSV,
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      format = "binary",
                      examples =
                          "import_line,import_reason,external_id,name,country\n"
                              + "2,country must be a code of ISO 3166-1,ERP-1,Nordwind,XX\n")))
  @APIResponse(responseCode = "404", description = GONE)
  @APIResponse(responseCode = "409", description = "The import is not finished.")
  public Response result(@PathParam("id") String id) {
    return SupplierExportResource.answer(
        result.file(seen(), id(id)), SupplierExportResource.CSV_UTF_8, "rejected-suppliers.csv");
  }

  private SupplierImports.Seen seen() {
    return new SupplierImports.Seen(
        request.organisation(),
        request.reach().locations().limited() ? request.actor().id() : null);
  }

  private static UUID id(String text) {
    return Ids.inPath("import", text);
  }
}
