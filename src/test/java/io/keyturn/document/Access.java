package io.keyturn.document;

import io.keyturn.access.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.OAuthFlow;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** How clients authenticate. */
final class Access {
  static final String BEARER = "secret";
  private static final String HEADER = "header";
  private static final String OAUTH = "oauth2";
  private static final String CLIENT = "client";

  private static final String FORWARD_AUTHENTICATION = "/api/v1/verify";

  /** Endpoints at which a renewal credential also authenticates the client. */
  private static final Set<String> CLIENTS_TOO =
      Set.of("/api/v1/oauth/introspect", DocumentServlet.TOKEN_PATH);

  private Access() {}

  static void declare(OpenAPI document) {
    Components components = document.getComponents();
    components.addSecurityScheme(
        HEADER,
        OASFactory.createSecurityScheme()
            .type(SecurityScheme.Type.APIKEY)
            .in(SecurityScheme.In.HEADER)
            .name("X-API-Key")
            .description(
                "The secret of an API key, if the header Authorization is used for something else."));
    OAuthFlow flow = OASFactory.createOAuthFlow().tokenUrl(DocumentServlet.TOKEN_PATH);
    for (Scope scope : Scope.ofKeys()) {
      flow.addScope(scope.code(), scope.description());
    }
    components.addSecurityScheme(
        OAUTH,
        OASFactory.createSecurityScheme()
            .type(SecurityScheme.Type.OAUTH2)
            .description(
                "The renewal credential of an API key: its client fetches the key's current"
                    + " secret by itself, also after a refresh.")
            .flows(OASFactory.createOAuthFlows().clientCredentials(flow)));
    components.addSecurityScheme(
        CLIENT,
        OASFactory.createSecurityScheme()
            .type(SecurityScheme.Type.HTTP)
            .scheme("basic")
            .description(
                "The renewal credential of an API key: the key's id and the client secret."
                    + " They may stand in the form as well, as client_id and client_secret."));
  }

  /**
   * Declares the ways in which a key can authenticate. Scopes are listed with OAuth 2.0 only,
   * because OpenAPI has no other place for them. OAuth 2.0 is left out when no scope is needed.
   */
  static void demand(Endpoint endpoint) {
    if (endpoint.ofKeys()) {
      List<SecurityRequirement> ways = new ArrayList<>();
      ways.add(by(BEARER));
      ways.add(by(HEADER));
      if (!endpoint.scopes().isEmpty()) {
        ways.add(
            OASFactory.createSecurityRequirement()
                .addScheme(OAUTH, endpoint.scopes().stream().map(Scope::code).toList()));
      }
      if (CLIENTS_TOO.contains(endpoint.path())) {
        ways.add(by(CLIENT));
      }
      if (endpoint.path().equals(FORWARD_AUTHENTICATION)) {
        // The credential of the proxy, together with the client's credential.
        ways.add(by(HEADER).addScheme(CLIENT));
      }
      endpoint.operation().setSecurity(ways);
    } else if (endpoint.anonymous()) {
      endpoint
          .operation()
          .setSecurity(CLIENTS_TOO.contains(endpoint.path()) ? List.of(by(CLIENT)) : List.of());
    }
  }

  private static SecurityRequirement by(String scheme) {
    return OASFactory.createSecurityRequirement().addScheme(scheme);
  }
}
