package io.keyturn.supplier.rest;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.Body;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.SupplierBatch;
import io.keyturn.supplier.SupplierData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Writes many suppliers with one request. */
@Path("suppliers")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Suppliers")
@APIResponse(responseCode = "401", description = SupplierRequest.REFUSED)
@APIResponse(responseCode = "403", description = SupplierRequest.LACKS)
@APIResponse(responseCode = "422", description = SupplierRequest.WRONG + " Nothing was written.")
public class SupplierBulkResource {
  private static final int MOST = 100;

  @Inject private SupplierRequest request;
  @Inject private SupplierBatch batch;

  /** The suppliers to write. */
  @Schema(
      name = "SupplierBulk",
      requiredProperties = "suppliers",
      examples =
          "{\"suppliers\": [{\"external_id\": \"ERP-1\", \"name\": \"Nordwind\"}, {\"name\": \"Ostwind\"}]}")
  public record Bulk(
      @Schema(minItems = 1, maxItems = MOST) @Nullable List<SupplierData> suppliers) {}

  /** What became of each supplier. */
  @Schema(
      name = "SupplierBulkResult",
      examples =
          "{\"results\": [{\"status\": 201, \"id\": \"0b5a1d4c-9c0e-4b7f-8d6e-2a1b3c4d5e6f\","
              + " \"number\": \"S-000501\", \"supplier_status\": null, \"code\": null,"
              + " \"detail\": null, \"errors\": []}, {\"status\": 422, \"id\": null,"
              + " \"number\": null, \"supplier_status\": null, \"code\": \"invalid\","
              + " \"detail\": \"The request has invalid values.\", \"errors\": [{\"field\": \"name\","
              + " \"message\": \"must be given\"}]}]}")
  public record Result(
      @Schema(description = "One entry for each supplier that was sent, in the same order.")
          List<Row> results) {}

  /** What became of one supplier. */
  @Schema(name = "SupplierBulkRow")
  public record Row(
      @Schema(
              description =
                  "201: it was created. 200: it was replaced. Otherwise the status that a request for"
                      + " this supplier alone would get.")
          int status,
      @Schema(
              nullable = true,
              description =
                  "The supplier that was written. With the status 409, the supplier that has the"
                      + " number, the external id or an identifier, or that is archived. Else null.")
          @Nullable UUID id,
      @Schema(nullable = true, description = "Null when it was not written.")
          @Nullable String number,
      @Schema(
              name = "supplier_status",
              nullable = true,
              description = "The status of a supplier that cannot be changed in it; else null.")
          @Nullable String supplierStatus,
      @Schema(nullable = true, description = "The problem's code; null when it was written.")
          @Nullable String code,
      @Schema(nullable = true, description = "What went wrong; null when it was written.")
          @Nullable String detail,
      @Schema(description = "What is wrong with each member.") List<FieldError> errors) {

    static Row of(SupplierBatch.Result result) {
      ProblemException problem = result.problem();
      return problem == null
          ? new Row(
              result.outcome() == SupplierBatch.Outcome.CREATED ? 201 : 200,
              result.id(),
              result.number(),
              null,
              null,
              null,
              List.of())
          : refused(problem);
    }

    private static Row refused(ProblemException problem) {
      Object id = problem.members().get("id");
      Object status = problem.members().get("supplier_status");
      return new Row(
          problem.type().status(),
          id == null ? null : UUID.fromString(id.toString()),
          null,
          status == null ? null : status.toString(),
          problem.type().code(),
          problem.detail(),
          problem.errors());
    }
  }

  @POST
  @Path("bulk")
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.SUPPLIERS_WRITE)
  @Operation(
      operationId = "writeSuppliers",
      summary = "Create or Replace Many Suppliers",
      description =
          "Up to 100 suppliers. One with an `external_id` is created or replaced as by `PUT"
              + " /suppliers/external/{external_id}`, so that the request may be repeated; one without"
              + " is created, once for each `Idempotency-Key` within 24 hours. One that is refused"
              + " does not stop the others.")
  @APIResponse(
      responseCode = "200",
      description = "What became of each supplier.",
      content = @Content(schema = @Schema(implementation = Result.class)))
  @APIResponse(responseCode = "409", description = "The same request is still running.")
  public Response write(
      @HeaderParam("Idempotency-Key") @Parameter(description = SupplierRequest.REPEAT)
          @Nullable String idempotencyKey,
      @Nullable Bulk body) {
    Bulk bulk = Body.given(body);
    List<SupplierData> suppliers = bulk.suppliers();
    if (suppliers == null || suppliers.isEmpty() || suppliers.size() > MOST) {
      throw ProblemException.invalid("suppliers", "must have 1 to " + MOST + " entries");
    }
    return request.done("writeSuppliers", idempotencyKey, bulk, () -> write(suppliers));
  }

  private Result write(List<SupplierData> suppliers) {
    List<SupplierBatch.Wish> wishes = suppliers.stream().map(SupplierBatch.Wish::whole).toList();
    return new Result(
        batch.write(request.reach(), wishes, request.actor(), false).stream()
            .map(Row::of)
            .toList());
  }
}
