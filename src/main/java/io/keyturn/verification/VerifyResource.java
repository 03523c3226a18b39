package io.keyturn.verification;

import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.ClientAddress;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.RequestId;
import io.keyturn.usage.Client;
import io.keyturn.usage.CredentialNumber;
import io.keyturn.usage.UsageRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Forward authentication: a proxy asks with the headers of a request that it holds whether it may
 * let it through, as nginx does by {@code auth_request} and Traefik by {@code forwardAuth}.
 */
@ApplicationScoped
@Path("verify")
@Tag(name = "Verification", description = "These keys for other services of the organisation")
public class VerifyResource {
  /** Carries the problem document of a refused request: nginx throws the body away. */
  private static final String PROBLEM = "X-Keyturn-Problem";

  private static final String LOCATIONS = "X-Keyturn-Locations";

  @Inject private CurrentCaller current;
  @Inject private SecretVerification secrets;
  @Inject private VerificationProblems problems;
  @Inject private UsageRecorder usage;

  @GET
  @RequiresScope(Scope.KEYS_VERIFY)
  @VerifiesForOthers
  @AcceptsRenewalCredential
  @Parameter(
      name = SecretHeaders.VERIFIER,
      in = ParameterIn.HEADER,
      description =
          "The proxy's own key, which has the scope keys:verify: Basic with the client"
              + " id and client secret of its renewal credential, encoded as in HTTP Basic;"
              + " or the secret of the key",
      schema = @Schema(type = SchemaType.STRING))
  @Operation(
      operationId = "verify",
      summary = "Verify a Request for a Proxy",
      description =
          "The secret in Authorization or X-API-Key is verified with all its"
              + " restrictions and counted against its quotas. The proxy authenticates in the"
              + " header X-Keyturn-Verifier, because Authorization belongs to the client. The"
              + " proxy's key and the client's key belong to the same organisation.")
  @APIResponse(
      responseCode = "204",
      description = "The request may pass",
      headers = {
        @Header(
            name = "X-Keyturn-Organisation",
            description = "The domain of the organisation",
            schema = @Schema(type = SchemaType.STRING)),
        @Header(
            name = "X-Keyturn-Key",
            description = "The id of the key",
            schema = @Schema(type = SchemaType.STRING)),
        @Header(
            name = "X-Keyturn-Key-Name",
            description = "The name of the key, in percent-encoded UTF-8",
            schema = @Schema(type = SchemaType.STRING)),
        @Header(
            name = "X-Keyturn-Environment",
            description = "`live` or `test`",
            schema = @Schema(type = SchemaType.STRING)),
        @Header(
            name = "X-Keyturn-Scopes",
            description = "The scopes of the key, with spaces between",
            schema = @Schema(type = SchemaType.STRING)),
        @Header(
            name = LOCATIONS,
            description =
                "The ids of the locations to which the key is limited, with spaces between; absent"
                    + " without a limit",
            schema = @Schema(type = SchemaType.STRING))
      })
  @APIResponse(
      responseCode = "401",
      description =
          "The secret is not accepted; detail says why. X-Keyturn-Problem holds the"
              + " same document for gateways that throw the body away, here and with 403 and"
              + " 429; without this header, the gateway itself is refused.")
  @APIResponse(
      responseCode = "403",
      description = "The key lacks a scope, or the request comes from another network")
  @APIResponse(responseCode = "429", description = "A quota of the key is used up")
  public Response verify(
      @Parameter(description = "Scopes that the key must have, with spaces between")
          @QueryParam("scope")
          @Nullable String scope,
      @Context HttpServletRequest request,
      @Context HttpHeaders headers) {
    List<Scope> wanted = scopes(scope);
    if (preflight(request)) {
      return Response.noContent().build();
    }
    Client client = Client.of(ClientAddress.of(request), request.getHeader(HttpHeaders.USER_AGENT));
    Verification outcome =
        SecretHeaders.of(headers.getRequestHeaders())
            .verifiedBy(
                text ->
                    secrets.verify(
                        new PresentedSecret(
                            text,
                            Optional.of(current.get().organisationDomain()),
                            client,
                            client.address(),
                            Use.REQUEST)));
    Verification.Accepted accepted =
        outcome.orElseThrow(refused -> refusal(refused, problems.of(forGateway(refused)), request));
    for (Scope required : wanted) {
      if (!accepted.caller().scopes().contains(required)) {
        throw refusal(accepted, lacks(required, accepted), request);
      }
    }
    count(accepted, 204);
    return passed(accepted);
  }

  /**
   * Whether a browser asks the service what it may send, which it does without a secret (CORS,
   * Fetch §3.2.2). The service must answer that itself; it learns of nobody who called.
   */
  private static boolean preflight(HttpServletRequest request) {
    return ClientAddress.forwardedMethod(request).filter("OPTIONS"::equals).isPresent()
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  /**
   * What is wrong with the credentials of a request is 401 to gateways, also two of them at once:
   * nginx takes each other status but 403 for a failure of ours.
   */
  private static Verification.Refused forGateway(Verification.Refused refused) {
    return refused instanceof Verification.Ambiguous ambiguous
        ? new Verification.Missing(ambiguous.detail())
        : refused;
  }

  private static ProblemException lacks(Scope scope, Verification.Accepted accepted) {
    ProblemException problem = Caller.lacks(scope);
    accepted.headers().forEach(problem::header);
    return problem;
  }

  /** Counts a refusal, and adds its document as a header. */
  private ProblemException refusal(
      Verification outcome, ProblemException problem, HttpServletRequest request) {
    count(outcome, problem.type().status());
    return problem.header(PROBLEM, ascii(Problem.of(problem).toJson(RequestId.of(request))));
  }

  private void count(Verification outcome, int status) {
    CredentialNumber presented = outcome.presented();
    if (presented != null) {
      usage.answered(presented, status);
    }
  }

  /** JSON that is a header's value: what is not ASCII is escaped (RFC 8259 §7). */
  private static String ascii(String json) {
    StringBuilder text = new StringBuilder(json.length());
    for (char c : json.toCharArray()) {
      text.append(c < 0x7f ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return text.toString();
  }

  /** For a proxy that sends its renewal credential as a form ({@code client_secret_post}). */
  @POST
  @Consumes(MediaType.WILDCARD)
  @RequiresScope(Scope.KEYS_VERIFY)
  @VerifiesForOthers
  @AcceptsRenewalCredential
  @Operation(hidden = true)
  public Response verifyByForm(
      @QueryParam("scope") @Nullable String scope,
      @Context HttpServletRequest request,
      @Context HttpHeaders headers) {
    return verify(scope, request, headers);
  }

  private static List<Scope> scopes(@Nullable String text) {
    List<Scope> scopes = new ArrayList<>();
    for (String code : text == null ? new String[0] : text.strip().split(" +", -1)) {
      scopes.add(
          Scope.of(code)
              .orElseThrow(
                  () -> ProblemException.invalid("scope", "must be scopes with spaces between")));
    }
    return scopes;
  }

  private static Response passed(Verification.Accepted accepted) {
    Caller caller = accepted.caller();
    Response.ResponseBuilder answer =
        Response.noContent()
            .header("X-Keyturn-Organisation", caller.organisationDomain())
            .header("X-Keyturn-Key", caller.keyId())
            .header("X-Keyturn-Key-Name", percentEncoded(caller.keyName()))
            .header("X-Keyturn-Environment", caller.environment())
            .header("X-Keyturn-Scopes", Scope.format(caller.scopes()));
    if (caller.restrictions().locations().limited()) {
      answer.header(LOCATIONS, caller.restrictions().locations().toString());
    }
    accepted.headers().forEach(answer::header);
    return answer.build();
  }

  /** Header values are ASCII; names of keys are not. */
  private static String percentEncoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
