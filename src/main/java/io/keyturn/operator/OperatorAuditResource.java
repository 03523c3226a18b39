package io.keyturn.operator;

import io.keyturn.access.Operator;
import io.keyturn.audit.AuditChain;
import io.keyturn.audit.AuditEventView;
import io.keyturn.audit.AuditEventsResource.VerificationView;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.AuditParameters;
import io.keyturn.organisation.Organisation;
import io.keyturn.paging.ListView;
import io.keyturn.paging.PagingParameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit log of the platform: the actions of its operator. */
@Path("operator/audit-events")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Organisations")
@SecurityRequirement(name = "operator")
@APIResponse(responseCode = "401", description = "The operator's token is absent or wrong.")
@APIResponse(
    responseCode = "422",
    description = "A parameter is unknown or has a wrong value; the problem names it.")
public class OperatorAuditResource {
  @Inject private AuditLog log;
  @Inject private AuditChain chain;

  @GET
  @Operator
  @Operation(
      operationId = "listOperatorEvents",
      summary = "Get List of Operator Events",
      description =
          "One page of the platform's own audit log, the newest events first. The"
              + " events stay when an organisation is deleted.")
  @APIResponse(responseCode = "200", description = "One page.")
  public ListView<AuditEventView> list(
      @BeanParam AuditParameters parameters, @BeanParam PagingParameters paging) {
    return log.find(Organisation.PLATFORM, parameters.filter(), paging.of(AuditLog.LIST));
  }

  @GET
  @Path("verification")
  @Operator
  @Operation(
      operationId = "verifyOperatorEvents",
      summary = "Verify the Operator Events",
      description =
          "Verifies the platform's own audit log, as the audit log of an organisation"
              + " is verified.")
  @APIResponse(responseCode = "200", description = "All events are as they were written.")
  @APIResponse(
      responseCode = "409",
      description = "`audit_log_broken` names the first broken link.")
  public VerificationView verify(
      @Parameter(description = "The `newest` of an earlier verification.") @QueryParam("noted")
          @Nullable String noted) {
    return VerificationView.of(chain, Organisation.PLATFORM, noted);
  }
}
