package io.keyturn.supplier.rest;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.csv.CsvDialect;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.SupplierFilter;
import io.keyturn.supplier.file.SupplierExport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Suppliers as a file. */
@Path("suppliers/export")
@ApplicationScoped
@Tag(name = "Suppliers")
public class SupplierExportResource {
  static final String CSV = "text/csv";
  static final String CSV_UTF_8 = CSV + ";charset=UTF-8";
  private static final String NDJSON = "application/x-ndjson";

  @Inject private SupplierRequest request;
  @Inject private SupplierExport export;

  @GET
  @Produces(MediaType.WILDCARD) // The parameter says the format, so that a link does, too.
  @RequiresScope(Scope.SUPPLIERS_READ)
  @Operation(
      operationId = "exportSuppliers",
      summary = "Export Suppliers",
      description =
          "All suppliers that the list would answer on all its pages, with all their members, in"
              + " the same order. An import reads the CSV again without loss.")
  @APIResponse(
      responseCode = "200",
      description = "The file.",
      content = {
        @Content(
            mediaType = CSV,
            schema =
                @Schema(
                    type = SchemaType.STRING,
                    format = "binary",
                    examples =
                        "id,number,external_id,name,…\n0b5a1d4c-…,S-000501,ERP-1,Nordwind,…\n")),
        @Content(
            mediaType = NDJSON,
            schema =
                @Schema(
                    type = SchemaType.STRING,
                    format = "binary",
                    examples =
                        "{\"id\":\"0b5a1d4c-…\",\"number\":\"S-000501\",\"name\":\"Nordwind\",…}\n"))
      })
  @APIResponse(responseCode = "401", description = SupplierRequest.REFUSED)
  @APIResponse(responseCode = "403", description = SupplierRequest.LACKS)
  @APIResponse(responseCode = "422", description = SupplierRequest.WRONG)
  public Response export(
      @BeanParam SupplierParameters parameters,
      @QueryParam("format")
          @Parameter(
              description = "`csv`, or `ndjson`: each supplier as JSON in a line of its own.",
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      enumeration = {"csv", "ndjson"},
                      defaultValue = "csv"))
          @Nullable String format,
      @QueryParam("dialect")
          @Parameter(
              description =
                  "Of CSV. `plain`: for programs. `spreadsheet`: with a byte order mark, for"
                      + " spreadsheet programs with English settings. `spreadsheet_semicolon`: with"
                      + " semicolons and decimal commas, for German settings. All are UTF-8.",
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      enumeration = {"plain", "spreadsheet", "spreadsheet_semicolon"},
                      defaultValue = "plain"))
          @Nullable String dialect) {
    SupplierFilter filter = parameters.filter();
    return switch (format == null ? "csv" : format) {
      case "csv" ->
          answer(
              export.csv(request.reach(), filter, dialect(dialect), request.actor()),
              CSV_UTF_8,
              "suppliers.csv");
      case "ndjson" -> {
        if (dialect != null) {
          throw ProblemException.invalid("dialect", "is of the format csv");
        }
        yield answer(
            export.ndjson(request.reach(), filter, request.actor()), NDJSON, "suppliers.ndjson");
      }
      default -> throw ProblemException.invalid("format", "must be csv or ndjson");
    };
  }

  private static CsvDialect dialect(@Nullable String code) {
    return code == null
        ? CsvDialect.PLAIN
        : CsvDialect.of(code)
            .orElseThrow(
                () ->
                    ProblemException.invalid(
                        "dialect", "must be one of " + String.join(", ", CsvDialect.codes())));
  }

  static Response answer(SupplierExport.File file, String type, String name) {
    StreamingOutput body = file::write;
    return Response.ok(body, type)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .build();
  }
}
