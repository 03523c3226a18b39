package io.keyturn.renewal;

import io.keyturn.access.Scope;
import io.keyturn.http.ClientAddress;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The metadata of the token endpoint (RFC 8414). The host of the request is the issuer. */
@WebServlet("/.well-known/oauth-authorization-server")
public class MetadataServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // The edge filter lets only requests with exactly one well-formed Host pass.
    String issuer = ClientAddress.ofServer(request);
    byte[] body = metadata(issuer).toString().getBytes(StandardCharsets.UTF_8);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "public, max-age=3600");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  static JsonObject metadata(String issuer) {
    JsonArrayBuilder scopes = Json.createArrayBuilder();
    for (Scope scope : Scope.ofKeys()) {
      scopes.add(scope.code());
    }
    return Json.createObjectBuilder()
        .add("issuer", issuer)
        .add("token_endpoint", issuer + "/api/v1/oauth/token")
        .add("grant_types_supported", Json.createArrayBuilder().add("client_credentials"))
        .add(
            "token_endpoint_auth_methods_supported",
            Json.createArrayBuilder().add("client_secret_basic").add("client_secret_post"))
        .add("introspection_endpoint", issuer + "/api/v1/oauth/introspect")
        .add(
            "introspection_endpoint_auth_methods_supported",
            Json.createArrayBuilder()
                .add("client_secret_basic")
                .add("client_secret_post")
                .add("Bearer"))
        .add("scopes_supported", scopes)
        // There are no response types. Members without elements are left out (RFC 8414 §3.2).
        .build();
  }
}
