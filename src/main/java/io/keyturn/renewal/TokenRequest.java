package io.keyturn.renewal;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
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
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String BASIC = "basic ";
  private static final int LONGEST_BODY = 8 * 1024;

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

  /** A parameter without a value counts as omitted; a repeated one is refused (RFC 6749 §3.2). */
  private static Map<String, String> form(@Nullable String contentType, byte[] body) {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase(FORM)) {
      throw new TokenRefusal(TokenError.INVALID_REQUEST, "The body must be " + FORM + ".");
    }
    String text = body.length > LONGEST_BODY ? null : utf8(body).orElse(null);
    if (text == null) {
      throw new TokenRefusal(TokenError.INVALID_REQUEST, "The body is too long or not UTF-8.");
    }
    Map<String, String> form = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0 || equals == pair.length() - 1) {
        continue;
      }
      try {
        if (form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)))
            != null) {
          throw new TokenRefusal(TokenError.INVALID_REQUEST, "A parameter is repeated.");
        }
      } catch (IllegalArgumentException e) {
        throw new TokenRefusal(TokenError.INVALID_REQUEST, "The body is malformed.");
      }
    }
    return form;
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
