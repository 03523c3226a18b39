package io.keyturn.verification;

import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.apikey.rest.KeyLimitView;
import io.keyturn.http.ClientAddress;
import io.keyturn.http.FormBody;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.usage.Client;
import io.keyturn.usage.UsageRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Token introspection (RFC 7662): tells another service of the same organisation what a secret that
 * was sent to it is worth.
 */
@ApplicationScoped
@Path("oauth/introspect")
@Tag(name = "Verification", description = "These keys for other services of the organisation")
public class IntrospectionResource {
  @Inject private CurrentCaller current;
  @Inject private SecretVerification secrets;
  @Inject private UsageRecorder usage;

  /** What is sent, as a form; for the documentation only. */
  @Schema(name = "IntrospectionRequest", requiredProperties = "token")
  record Form(
      @Schema(examples = "kt_live_…", description = "The secret that was sent to the service")
          String token,
      @Schema(name = "token_type_hint", description = "Ignored") String tokenTypeHint) {}

  /**
   * What an accepted secret is worth (RFC 7662 §2.2).
   *
   * @param clientId the key's id
   * @param exp when this secret stops working, in seconds since 1970
   * @param sub the key's id
   */
  @Schema(name = "Introspection", requiredProperties = "active")
  public record View(
      boolean active,
      @Schema(examples = "suppliers:read suppliers:write", description = "With spaces between")
          String scope,
      @Schema(name = "client_id") UUID clientId,
      @Schema(name = "token_type", examples = "Bearer") String tokenType,
      @Schema(examples = "1772366400") long exp,
      UUID sub,
      @Schema(examples = "acme") String organisation,
      @Schema(name = "key_name", examples = "ERP") String keyName,
      String environment,
      @Schema(
              examples = "[\"192.0.2.0/24\"]",
              description = "The networks from which the key may be used; empty for every network")
          List<String> networks,
      @Schema(nullable = true) @Nullable KeyLimitView restrict) {
    static View of(Caller caller) {
      return new View(
          true,
          Scope.format(caller.scopes()),
          caller.keyId().value(),
          "Bearer",
          caller.secretExpiresAt().getEpochSecond(),
          caller.keyId().value(),
          caller.organisationDomain(),
          caller.keyName(),
          caller.environment(),
          caller.restrictions().networks().list(),
          KeyLimitView.of(caller.restrictions().locations()));
    }
  }

  /** Of one that is not accepted, nothing more is told. */
  public record Inactive(boolean active) {}

  @POST
  @RequiresScope(Scope.KEYS_VERIFY)
  @AcceptsRenewalCredential
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "introspect",
      summary = "Introspect a Secret",
      description =
          "RFC 7662. The service authenticates by a key with the scope keys:verify: it"
              + " sends the secret of the key as bearer token, or the client id and client"
              + " secret of the key's renewal credential, by HTTP Basic or in the form. A"
              + " secret of another organisation, or a secret that is not accepted for any"
              + " reason, is not active. The introspection counts as a request of the key"
              + " whose secret is introspected: in its usage as 200, or as 401 if the secret"
              + " has ended. No quota refuses it. The service must compare the key's networks"
              + " with the client's address itself, and keep to the key's locations.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_FORM_URLENCODED,
              schema = @Schema(implementation = Form.class)))
  @APIResponse(
      responseCode = "200",
      description = "The key of the secret; only active: false if the secret is not accepted",
      content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(responseCode = "400", description = "The form is malformed or has no token")
  public Response introspect(@Context HttpServletRequest request, byte @Nullable [] body) {
    String token;
    try {
      token =
          FormBody.read(request.getContentType(), body == null ? new byte[0] : body).get("token");
    } catch (FormBody.Unreadable e) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
    }
    if (token == null) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, "token is missing.");
    }
    Client client = Client.of(ClientAddress.of(request), request.getHeader(HttpHeaders.USER_AGENT));
    Verification outcome =
        secrets.verify(
            new PresentedSecret(
                token,
                Optional.of(current.get().organisationDomain()),
                client,
                client.address(),
                Use.INTROSPECTION));
    // What is noted is what the key's own request would have been answered.
    if (outcome instanceof Verification.Accepted accepted) {
      usage.answered(accepted.presented(), 200);
      return Response.ok(View.of(accepted.caller())).build();
    }
    if (outcome instanceof Verification.Ended ended) {
      usage.answered(ended.presented(), 401);
    }
    return Response.ok(new Inactive(false)).build();
  }
}
