package io.keyturn.verification;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.secret.Secret;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the one text that a request sends as its secret (RFC 6750 §2.1, or X-API-Key). What is in
 * an Authorization header of another scheme is for somebody else.
 */
final class SentSecret {
  /** Where who verifies for others sends their own. */
  static final String VERIFIER = "X-Keyturn-Verifier";

  private static final String X_API_KEY = "X-API-Key";
  private static final String BEARER = "Bearer";
  private static final String HOW =
      "Send the secret of an API key: Authorization: Bearer <secret>, or X-API-Key: <secret>.";

  /** What is said of a secret that may have been right elsewhere, or nearly. */
  static final String UNKNOWN =
      "This secret is not known here. Was it copied whole, and for this organisation?";

  private static final Set<String> SECRET_PARAMETERS =
      Set.of("access_token", "api_key", "apikey", "api-key", "x-api-key", "client_secret");

  private SentSecret() {}

  /**
   * Reads it.
   *
   * @throws ProblemException 401 for none, 400 for more than one
   */
  static String of(MultivaluedMap<String, String> headers) {
    List<String> sent = sent(headers);
    if (sent.size() > 1) {
      throw new ProblemException(
          ProblemType.AMBIGUOUS_CREDENTIALS,
          "Send the secret once: as Authorization: Bearer, or as X-API-Key.");
    }
    if (sent.isEmpty()) {
      throw Gate.missing(
          headers.containsKey(HttpHeaders.AUTHORIZATION)
              ? "The Authorization header is not of the scheme Bearer, or is empty. " + HOW
              : HOW);
    }
    return withoutScheme(sent.get(0));
  }

  /** Whether there is one. */
  static boolean any(MultivaluedMap<String, String> headers) {
    return !sent(headers).isEmpty();
  }

  private static List<String> sent(MultivaluedMap<String, String> headers) {
    List<String> sent = new ArrayList<>(1);
    for (String header : headers.getOrDefault(HttpHeaders.AUTHORIZATION, List.of())) {
      if (isBearer(header)) {
        add(sent, header.substring(BEARER.length()));
      }
    }
    for (String header : headers.getOrDefault(X_API_KEY, List.of())) {
      add(sent, header);
    }
    return sent;
  }

  private static void add(List<String> sent, String text) {
    String secret = text.strip();
    if (!secret.isEmpty()) {
      sent.add(secret);
    }
  }

  private static boolean isBearer(String header) {
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && (header.length() == BEARER.length()
            || Character.isWhitespace(header.charAt(BEARER.length())));
  }

  /** Of two words of a scheme, one was put there by a client that has been given the other. */
  private static String withoutScheme(String secret) {
    if (isBearer(secret)) {
      throw Gate.missing(
          "The word Bearer stands before the secret where it does not belong. " + HOW);
    }
    return secret;
  }

  /**
   * Reads the secret of who verifies for others.
   *
   * @throws ProblemException 401 for none, 400 for more than one
   */
  static String ofVerifier(MultivaluedMap<String, String> headers) {
    List<String> sent = headers.getOrDefault(VERIFIER, List.of());
    if (sent.size() > 1) {
      throw new ProblemException(ProblemType.AMBIGUOUS_CREDENTIALS, "Send " + VERIFIER + " once.");
    }
    if (sent.isEmpty() || sent.get(0).isBlank()) {
      throw Gate.missing(
          "Whoever verifies sends who it is: "
              + VERIFIER
              + ": Basic <client id and secret of a renewal credential>, or "
              + VERIFIER
              + ": <secret>.");
    }
    String secret = sent.get(0).strip();
    return isBearer(secret) ? secret.substring(BEARER.length()).strip() : secret;
  }

  /**
   * What is wrong with a text that cannot be a secret of an API key.
   *
   * @param prefix what all secrets of this installation begin with
   */
  static String malformed(String prefix, String text) {
    if (text.contains(prefix + "_renew_")) {
      return "This is the secret of a renewal credential, which fetches the secret of its API key"
                 + " at /api/v1/oauth/token.";
    }
    if (!Secret.occursIn(prefix, text)) {
      return "This is no secret of an API key, which begins with "
          + prefix
          + "_live_ or "
          + prefix
          + "_test_. Was it copied whole?";
    }
    return text.startsWith(prefix + "_")
        ? UNKNOWN
        : "Other characters stand before the secret: send it alone, without quotes. " + HOW;
  }

  /**
   * Refuses a secret of whatever kind in the address, where logs and histories keep it.
   *
   * @throws ProblemException 400
   */
  static void refuseInQuery(ContainerRequestContext request, String prefix) {
    request
        .getUriInfo()
        .getQueryParameters()
        .forEach(
            (name, values) -> {
              if (SECRET_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))
                  || values.stream().anyMatch(v -> Secret.occursIn(prefix, v))) {
                throw new ProblemException(
                    ProblemType.CREDENTIAL_IN_QUERY,
                    "A secret does not go into an address, which is logged on its way. Replace this"
                        + " one if it was real.");
              }
            });
  }
}
