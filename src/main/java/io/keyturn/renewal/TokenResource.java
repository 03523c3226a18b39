package io.keyturn.renewal;

import io.keyturn.access.Anonymous;
import io.keyturn.access.Scope;
import io.keyturn.http.ClientAddress;
import io.keyturn.organisation.HostNames;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.renewal.Renewals.Candidate;
import io.keyturn.requestlog.RenewingKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The token endpoint (RFC 6749 §3.2). It answers a key's current secret to the holder of the key's
 * renewal credential. Its errors are those of the RFC, because its clients speak OAuth 2.0.
 */
@ApplicationScoped
@Path("oauth/token")
@Tag(name = "Renewal", description = "A key's current secret, by OAuth 2.0 client credentials")
public class TokenResource {
  @Inject private Renewals renewals;
  @Inject private RenewalClients clients;
  @Inject private HostNames hosts;
  @Inject private Clock clock;

  private final RenewalSettings settings = RenewalSettings.load();
  private final TokenRefusals refusals = new TokenRefusals();

  /** The form in a request; for the documentation only. */
  @Schema(
      name = "TokenRequest",
      requiredProperties = "grant_type",
      examples = "{\"grant_type\": \"client_credentials\"}")
  record Form(
      @Schema(name = "grant_type", enumeration = "client_credentials") String grantType,
      @Schema(name = "client_id", description = "The key's id, unless HTTP Basic has it")
          String clientId,
      @Schema(name = "client_secret", description = "Unless HTTP Basic has it") String clientSecret,
      @Schema(description = "Some of the key's scopes, with spaces between") String scope) {}

  /** A successful answer; for the documentation only. */
  @Schema(name = "Token")
  record Token(
      @Schema(name = "access_token", description = "The key's current secret") String accessToken,
      @Schema(name = "token_type", enumeration = "Bearer") String tokenType,
      @Schema(
              name = "expires_in",
              description =
                  "Seconds after which to ask again: until this secret stops working, but no more"
                      + " than an hour unless the operator says otherwise")
          long expiresIn,
      @Schema(
              description =
                  "The scopes that were asked for, else all of the key's. The secret may do all"
                      + " that the key may do, also when the client asked for fewer scopes")
          String scope) {}

  /** An answer after a failure; for the documentation only. */
  @Schema(name = "TokenError")
  record Failure(String error, @Schema(name = "error_description") String errorDescription) {}

  @POST
  @Anonymous
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @SecurityRequirements
  @Operation(
      operationId = "renewSecret",
      summary = "Renew a Secret",
      description =
          "RFC 6749 client credentials: client_id is the key's id, and client_secret is"
              + " the secret of its renewal credential, by HTTP Basic or in the body. The"
              + " access_token is the key's current secret. Ask again when expires_in is"
              + " over: as long as the key is not refreshed, the answer is the same secret.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_FORM_URLENCODED,
              schema = @Schema(implementation = Form.class)))
  @APIResponse(
      responseCode = "200",
      description = "The current secret",
      content = @Content(schema = @Schema(implementation = Token.class)))
  @APIResponse(
      responseCode = "400",
      description = "invalid_request, invalid_grant, unsupported_grant_type or invalid_scope",
      content = @Content(schema = @Schema(implementation = Failure.class)))
  @APIResponse(
      responseCode = "401",
      description = "invalid_client",
      content = @Content(schema = @Schema(implementation = Failure.class)))
  @APIResponse(
      responseCode = "429",
      description = "Too many wrong credentials came from this address",
      content = @Content(schema = @Schema(implementation = Failure.class)))
  public Response renew(@Context HttpServletRequest request, byte[] body) {
    try {
      TokenRequest wanted =
          TokenRequest.read(
              request.getContentType(),
              Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)),
              body);
      Renewal outcome = renewal(wanted, request);
      return answer(wanted, outcome.orElseThrow(refusals::of).secret()).build();
    } catch (TokenRefusal refused) {
      return answer(refused).build();
    }
  }

  private Renewal renewal(TokenRequest wanted, HttpServletRequest request) {
    String address = ClientAddress.of(request);
    return clients
        .identifyToRenew(wanted.client(), hosts.label(request), address)
        .map(
            client -> {
              request.setAttribute(
                  RenewingKey.PROPERTY, new RenewingKey(client.organisationId(), client.keyId()));
              return renewal(client, wanted, address);
            },
            Renewal.UnknownClient::new,
            Renewal.TooManyFailures::new);
  }

  private Renewal renewal(Candidate client, TokenRequest wanted, String address) {
    try {
      return renewals.renew(client, wanted.scopes(), address);
    } catch (ProblemException e) {
      if (e.type() == ProblemType.NOT_FOUND || e.type() == ProblemType.CONFLICT) {
        // Between our check and our lock the key ended, or it was tampered with.
        return new Renewal.JustEnded();
      }
      throw e;
    }
  }

  /**
   * The answer with the secret.
   *
   * <p>{@code expires_in} is at most an hour, or what the operator has set. Fetching is cheap, and
   * a client that fetches only when that time is over still has the new secret within that time
   * after a manual refresh.
   *
   * <p>{@code scope} repeats the scopes asked for, because strict libraries refuse other scopes
   * (RFC 6749 §3.3). The secret may still do all that its key may.
   */
  private Response.ResponseBuilder answer(TokenRequest wanted, RenewedSecret secret) {
    long seconds = Duration.between(clock.instant(), secret.until()).toSeconds();
    return answer(200)
        .entity(
            Json.createObjectBuilder()
                .add("access_token", secret.secret().reveal())
                .add("token_type", "Bearer")
                .add("expires_in", Math.min(Math.max(seconds, 0), settings.longestSeconds()))
                .add(
                    "scope",
                    wanted.scopes().isEmpty()
                        ? Scope.format(secret.scopes())
                        : String.join(" ", wanted.scopes()))
                .build()
                .toString());
  }

  private static Response.ResponseBuilder answer(TokenRefusal refused) {
    Response.ResponseBuilder answer =
        answer(refused.error().status())
            .entity(
                Json.createObjectBuilder()
                    .add("error", refused.error().code())
                    .add("error_description", refused.description())
                    .build()
                    .toString());
    // The header is sent even where Basic was not used, because each 401 must name a scheme (RFC
    // 9110 §15.5.2).
    return refused.error() == TokenError.INVALID_CLIENT
        ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"keyturn\", charset=\"UTF-8\"")
        : answer;
  }

  private static Response.ResponseBuilder answer(int status) {
    // Every answer of the API has Cache-Control: no-store already.
    return Response.status(status).type(MediaType.APPLICATION_JSON).header("Pragma", "no-cache");
  }
}
