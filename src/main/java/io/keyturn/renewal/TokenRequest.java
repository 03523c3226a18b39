package io.keyturn.renewal;

import io.keyturn.http.FormBody;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed request of the grant type {@code client_credentials} (RFC 6749 §4.4.2).
 *
 * @param scopes the scopes asked for, in their order; empty for all scopes of the key
 */
record TokenRequest(ClientCredentials client, Set<String> scopes) {

  /**
   * Reads a request.
   *
   * @param contentType the header, if there is one
   * @param authorization the Authorization headers
   * @throws TokenRefusal {@code invalid_request}, {@code unsupported_grant_type} or, where the
   *     client does not identify itself, {@code invalid_client}
   */
  static TokenRequest read(@Nullable String contentType, List<String> authorization, byte[] body) {
    Map<String, String> form = form(contentType, body);
    String grantType = form.get("grant_type");
    if (grantType == null) {
      throw new TokenRefusal(TokenError.INVALID_REQUEST, "grant_type is missing.");
    }
    if (!grantType.equals("client_credentials")) {
      throw new TokenRefusal(
          TokenError.UNSUPPORTED_GRANT_TYPE, "The only grant_type here is client_credentials.");
    }
    return new TokenRequest(client(authorization, form), scopes(form.getOrDefault("scope", "")));
  }

  private static ClientCredentials client(List<String> authorization, Map<String, String> form) {
    try {
      return ClientCredentials.read(authorization, form)
          .orElseThrow(
              () ->
                  new TokenRefusal(
                      TokenError.INVALID_CLIENT,
                      "The client must authenticate: by HTTP Basic or in the body."));
    } catch (ClientCredentials.Unreadable e) {
      throw new TokenRefusal(TokenError.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> form(@Nullable String contentType, byte[] body) {
    try {
      return FormBody.read(contentType, body);
    } catch (FormBody.Unreadable e) {
      throw new TokenRefusal(TokenError.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static Set<String> scopes(String text) {
    Set<String> scopes = new LinkedHashSet<>(List.of(text.split(" ", -1)));
    scopes.remove("");
    return scopes;
  }
}
