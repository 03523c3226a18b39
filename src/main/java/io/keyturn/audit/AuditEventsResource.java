package io.keyturn.audit;

import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.audit.ChainReport.BrokenLink;
import io.keyturn.audit.ChainReport.Link;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.ListView;
import io.keyturn.paging.PagingParameters;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reads and verifies the audit log. */
@Path("audit-events")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit log", description = "All that was done in the organisation")
public class AuditEventsResource {
  @Inject private CurrentCaller current;
  @Inject private AuditLog log;
  @Inject private AuditChain chain;

  /** The answer to a verification that found the chain intact. */
  @Schema(name = "AuditVerification")
  public record VerificationView(
      @Schema(description = "Always true; a broken chain is a problem.") boolean intact,
      @Schema(description = "How many events there are.") long events,
      @Schema(
              examples = "123:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
              description = "The newest event's number and MAC: note it elsewhere.")
          String newest) {

    /**
     * Verifies a chain.
     *
     * @param noted a link as text, if one was noted
     * @throws ProblemException 409 with member {@code sequence} when the chain is broken; 422 for
     *     {@code noted}
     */
    public static VerificationView of(
        AuditChain chain, OrganisationId organisationId, @Nullable String noted) {
      ChainReport report = chain.verify(organisationId, noted == null ? null : link(noted));
      BrokenLink broken = report.broken();
      if (broken != null) {
        throw new ProblemException(ProblemType.AUDIT_LOG_BROKEN, broken.sentence())
            .member("sequence", broken.sequence())
            .member("how", broken.how().name().toLowerCase(Locale.ROOT));
      }
      return new VerificationView(true, report.events(), String.valueOf(report.newest()));
    }
  }

  @GET
  @RequiresScope(Scope.AUDIT_LOG_READ)
  @Operation(
      operationId = "listAuditEvents",
      summary = "Get List of Audit Events",
      description = "One page of the audit log, the newest events first.")
  @APIResponse(
      responseCode = "200",
      description = "One page. While there are more, the header `Link` names the next page.")
  @APIResponse(
      responseCode = "401",
      description = "The secret is not accepted; the problem says why.")
  @APIResponse(
      responseCode = "403",
      description = "The API key lacks the scope audit-log:read, or is limited to locations.")
  @APIResponse(
      responseCode = "422",
      description = "A parameter is unknown or has a wrong value; the problem names it.")
  public ListView<AuditEventView> list(
      @BeanParam AuditParameters parameters, @BeanParam PagingParameters paging) {
    Caller caller = current.get();
    if (caller.reach().locations().limited()) {
      throw new ProblemException(
          ProblemType.LOCATION_NOT_ALLOWED,
          "The audit log tells of all suppliers, and the API key is limited to locations. Read"
              + " GET /events instead.");
    }
    return log.find(caller.organisationId(), parameters.filter(), paging.of(AuditLog.LIST));
  }

  @GET
  @Path("verification")
  @RequiresScope(Scope.AUDIT_LOG_READ)
  @Operation(
      operationId = "verifyAuditLog",
      summary = "Verify the Audit Log",
      description =
          "Computes the MAC of each event anew, from the first to the newest. A broken chain is"
              + " answered with 409, so that `curl --fail-with-body` tells by its exit code.")
  @APIResponse(
      responseCode = "200",
      description = "All events are as they were written.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = VerificationView.class)))
  @APIResponse(
      responseCode = "401",
      description = "The secret is not accepted; the problem says why.")
  @APIResponse(responseCode = "403", description = "The API key lacks the scope audit-log:read.")
  @APIResponse(
      responseCode = "409",
      description =
          "`audit_log_broken`: `sequence` names the first broken link, and `how` what"
              + " happened to it. `request_in_progress`: the log is being verified already.")
  @APIResponse(
      responseCode = "422",
      description = "A parameter is unknown or has a wrong value; the problem names it.")
  public VerificationView verify(
      @Parameter(
              description =
                  "The `newest` of an earlier verification: that event must still be there."
                      + " This finds a log that was put back to an earlier day.",
              schema = @Schema(type = SchemaType.STRING, pattern = "^[1-9][0-9]*:[0-9a-f]{64}$"))
          @QueryParam("noted")
          @Nullable String noted) {
    return VerificationView.of(chain, current.get().organisationId(), noted);
  }

  private static Link link(String text) {
    return Link.parse(text)
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "noted", "must be a number and a MAC, as a verification answers in newest"));
  }
}
