package io.keyturn.operator;

import io.keyturn.access.Operator;
import io.keyturn.audit.Actor;
import io.keyturn.http.Body;
import io.keyturn.http.ClientAddress;
import io.keyturn.http.Ids;
import io.keyturn.http.IfMatch;
import io.keyturn.mail.Sent;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.ListView;
import io.keyturn.paging.PagingParameters;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.invitation.IssuedLink;
import io.keyturn.user.invitation.LinkMail;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** All organisations of the platform, for its operator. */
@Path("organisations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Organisations", description = "For the operator of the platform, by its token")
@SecurityRequirement(name = "operator")
@APIResponse(responseCode = "401", description = "The operator's token is absent or wrong.")
@APIResponse(
    responseCode = "422",
    description = "A member or parameter is unknown or wrong; the problem names it.")
public class OrganisationsResource {
  private static final String GONE = "There is no such organisation.";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  @Inject private PlatformOrganisations organisations;
  @Inject private OrganisationExport export;
  @Inject private OrganisationRemoval removal;
  @Inject private LinkMail mail;
  @Context private HttpServletRequest request;
  @Context private UriInfo uri;

  @GET
  @Operator
  @Operation(
      operationId = "listOrganisations",
      summary = "Get List of Organisations",
      description = "One page of all organisations of the platform, by domain.")
  @APIResponse(responseCode = "200", description = "One page, by domain.")
  public ListView<OrganisationView> list(
      @QueryParam("name")
          @Parameter(
              description = "A part of the name or domain, in upper or lower case. Empty: any.")
          @Nullable String name,
      @BeanParam PagingParameters paging) {
    return organisations.page(Search.of(name), paging.of(PlatformOrganisations.LIST));
  }

  @POST
  @Operator
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "createOrganisation",
      summary = "Create an Organisation",
      description = "Also invites the first administrator, by a link that is only in this answer.")
  @APIResponse(
      responseCode = "201",
      description = "The organisation, and the invitation to pass on.",
      content = @Content(schema = @Schema(implementation = CreatedView.class)))
  @APIResponse(responseCode = "409", description = "The domain or the address is taken.")
  public Response create(OrganisationRequests.@Nullable Create body) {
    OrganisationRequests.Complete wanted = Body.given(body).complete();
    PlatformOrganisations.Created created =
        organisations.create(
            wanted.domain(), wanted.name(), wanted.administratorEmail(), operator());
    OrganisationView view = created.organisation();
    return Response.status(Response.Status.CREATED)
        .header("Location", uri.getRequestUri().getRawPath() + "/" + view.id())
        .entity(new CreatedView(view, handed(created.invited())))
        .build();
  }

  @GET
  @Path("{id}")
  @Operator
  @Operation(
      operationId = "getOrganisation",
      summary = "Get an Organisation",
      description = "Active or suspended.")
  @APIResponse(
      responseCode = "200",
      description = "The organisation, with its version as ETag.",
      content = @Content(schema = @Schema(implementation = OrganisationView.class)))
  @APIResponse(responseCode = "404", description = GONE)
  public Response get(@PathParam("id") String id) {
    return tagged(organisations.get(organisation(id)));
  }

  @PATCH
  @Path("{id}")
  @Operator
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "renameOrganisation",
      summary = "Rename an Organisation",
      description = "Its domain stays as it is.")
  @APIResponse(
      responseCode = "200",
      description = "The organisation as it is now.",
      content = @Content(schema = @Schema(implementation = OrganisationView.class)))
  @APIResponse(responseCode = "404", description = GONE)
  @APIResponse(
      responseCode = "412",
      description = "The organisation is at another version than `If-Match` names.")
  @APIResponse(responseCode = "428", description = "There is no `If-Match`.")
  public Response rename(
      @PathParam("id") String id,
      @HeaderParam("If-Match")
          @Parameter(description = "The ETag of what was read.", required = true)
          @Nullable String ifMatch,
      OrganisationRequests.@Nullable Change body) {
    IfMatch versions = IfMatch.of(ifMatch);
    String name = OrganisationRequests.given("name", Body.given(body).name());
    return tagged(organisations.rename(organisation(id), versions, name, operator()));
  }

  @POST
  @Path("{id}/suspend")
  @Operator
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "suspendOrganisation",
      summary = "Suspend an Organisation",
      description =
          "Its keys and people are refused within a second. Its data stay, and its keys"
              + " go on refreshing. The request may be repeated.")
  @APIResponse(
      responseCode = "200",
      description = "The organisation as it is now.",
      content = @Content(schema = @Schema(implementation = OrganisationView.class)))
  @APIResponse(responseCode = "404", description = GONE)
  public Response suspend(
      @PathParam("id") String id, OrganisationRequests.@Nullable Suspension body) {
    return tagged(organisations.suspend(organisation(id), Body.given(body).reason(), operator()));
  }

  @POST
  @Path("{id}/resume")
  @Operator
  @Operation(
      operationId = "resumeOrganisation",
      summary = "Resume an Organisation",
      description = "Accepts its keys and people again. The request may be repeated.")
  @APIResponse(
      responseCode = "200",
      description = "The organisation as it is now.",
      content = @Content(schema = @Schema(implementation = OrganisationView.class)))
  @APIResponse(responseCode = "404", description = GONE)
  public Response resume(@PathParam("id") String id) {
    return tagged(organisations.resume(organisation(id), operator()));
  }

  @POST
  @Path("{id}/administrators")
  @Operator
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "inviteAdministrator",
      summary = "Invite an Administrator",
      description = "An administrator who has not followed the earlier link yet gets a new link.")
  @APIResponse(
      responseCode = "200",
      description = "The invitation to pass on.",
      content = @Content(schema = @Schema(implementation = InvitationView.class)))
  @APIResponse(responseCode = "404", description = GONE)
  @APIResponse(responseCode = "409", description = "The address has an account.")
  public InvitationView invite(
      @PathParam("id") String id, OrganisationRequests.@Nullable Administrator body) {
    String email =
        OrganisationRequests.given("administrator_email", Body.given(body).administratorEmail());
    return handed(organisations.invite(organisation(id), email, operator()));
  }

  @GET
  @Path("{id}/export")
  @Operator
  @Operation(
      operationId = "exportOrganisation",
      summary = "Export an Organisation",
      description =
          "All its data as one JSON document, table by table, without secrets and"
              + " without their digests.")
  @APIResponse(
      responseCode = "200",
      description = "The document. A deletion asks for its SHA-256.",
      content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(responseCode = "404", description = GONE)
  public Response export(@PathParam("id") String id) {
    OrganisationExport.Exported exported = export.export(organisation(id), operator());
    StreamingOutput body =
        out -> {
          try {
            Files.copy(exported.file(), out);
          } finally {
            Files.delete(exported.file());
          }
        };
    return Response.ok(body)
        .header("Content-Disposition", "attachment; filename=\"" + exported.name() + "\"")
        .build();
  }

  @DELETE
  @Path("{id}")
  @Operator
  @Produces(MediaType.WILDCARD) // Nothing is answered, so that whatever Accept says is kept.
  @Operation(
      operationId = "deleteOrganisation",
      summary = "Delete an Organisation",
      description =
          "Deletes the organisation with all its data, for good. Suspend it first, then"
              + " export it.")
  @APIResponse(responseCode = "204", description = "The organisation is deleted.")
  @APIResponse(responseCode = "404", description = GONE)
  @APIResponse(responseCode = "409", description = "The organisation is not suspended.")
  @APIResponse(
      responseCode = "412",
      description = "`export` is not the newest export, or is too old.")
  public void delete(
      @PathParam("id") String id,
      @QueryParam("export")
          @Parameter(
              required = true,
              description =
                  "The SHA-256 of the newest export, which must be younger than the suspension and"
                      + " than 24 hours.",
              schema = @Schema(type = SchemaType.STRING, pattern = "^[0-9a-f]{64}$"))
          @Nullable String sha256) {
    if (sha256 == null || !SHA256.matcher(sha256).matches()) {
      throw ProblemException.invalid(
          "export", "must be the SHA-256 of the newest export, 64 hexadecimal digits");
    }
    removal.delete(organisation(id), sha256, operator());
  }

  private InvitationView handed(IssuedLink invited) {
    Sent sent = mail.send(invited, null, request);
    return InvitationView.of(invited, mail.address(invited, request), sent);
  }

  private static Response tagged(OrganisationView view) {
    return Response.ok(view).build();
  }

  private static OrganisationId organisation(String id) {
    return new OrganisationId(Ids.inPath("organisation", id));
  }

  private Actor operator() {
    return Actor.operator(ClientAddress.of(request));
  }
}
