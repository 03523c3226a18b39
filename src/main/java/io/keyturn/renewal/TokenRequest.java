package io.keyturn.renewal;

import io.keyturn.platform.FormBody;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed request of the grant type {@code client_credentials} (RFC 6749 §4.4.2).
 *
 * @param scopes those asked for; none when all are
 */
record TokenRequest(String clientId, String clientSecret, Set<String> scopes) {
  private static final String BASIC = "basic ";

  /**
   * Reads it.
   *
   * @param contentType the header, if there is one
   * @param authorization the Authorization headers
   * @throws TokenRefusal {@code invalid_request}, {@code unsupported_grant_type} or, where the
   *     client does not say who it is, {@code invalid_client}
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
    Map<String, String> client = client(authorization, form);
    return new TokenRequest(
        client.getOrDefault("client_id", ""),
        client.getOrDefault("client_secret", ""),
        scopes(form.getOrDefault("scope", "")));
  }

  private static Map<String, String> client(List<String> authorization, Map<String, String> form) {
    if (authorization.isEmpty()) {
      if (!form.containsKey("client_secret")) {
        throw new TokenRefusal(
            TokenError.INVALID_CLIENT,
            "The client must authenticate: by HTTP Basic or in the body.");
      }
      return form;
    }
    if (authorization.size() > 1 || form.containsKey("client_secret")) {
      throw new TokenRefusal(
          TokenError.INVALID_REQUEST,
          "The client must authenticate once: by HTTP Basic or in the body.");
    }
    Map<String, String> client = basic(authorization.get(0));
    // Some clients repeat the id in the body, which is no second authentication.
    String repeated = form.get("client_id");
    if (repeated != null && !repeated.equals(client.get("client_id"))) {
      throw new TokenRefusal(TokenError.INVALID_REQUEST, "The request names two clients.");
    }
    return client;
  }

  /** Id and secret, each form-urlencoded before Basic joins them (RFC 6749 §2.3.1). */
  private static Map<String, String> basic(String header) {
    if (!header.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      throw new TokenRefusal(
          TokenError.INVALID_CLIENT, "The client must authenticate: by HTTP Basic or in the body.");
    }
    try {
      String pair =
          utf8(Base64.getDecoder().decode(header.substring(BASIC.length()).strip()))
              .orElseThrow(IllegalArgumentException::new);
      int colon = pair.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException();
      }
      return Map.of(
          "client_id", decoded(pair.substring(0, colon)),
          "client_secret", decoded(pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new TokenRefusal(TokenError.INVALID_REQUEST, "The Authorization header is malformed.");
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
    Set<String> scopes = new TreeSet<>(List.of(text.split(" ", -1)));
    scopes.remove("");
    return scopes;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TokenRequest[" + clientId + "]";
  }
}
