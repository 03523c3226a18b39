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
 * Reads the one text that a request sends as its secret (RFC 6750 §2.1, or X-API-Key). An
 * Authorization header of another scheme is for somebody else.
 */
final class SecretHeaders {
  /** The header in which a key that verifies for others sends its own secret. */
  static final String VERIFIER = "X-Keyturn-Verifier";

  private static final String X_API_KEY = "X-API-Key";
  private static final String BEARER = "Bearer";

  /** How to send a secret. */
  static final String HOW =
      "Send the secret of an API key: Authorization: Bearer <secret>, or X-API-Key: <secret>.";

  private static final Set<String> SECRET_PARAMETERS =
      Set.of("access_token", "api_key", "apikey", "api-key", "x-api-key", "client_secret");

  private SecretHeaders() {}

  /** Reads the secret of a request. */
  static SecretReading of(MultivaluedMap<String, String> headers) {
    List<String> sent = sent(headers);
    if (sent.size() > 1) {
      return new Verification.Ambiguous(
          "Send the secret once: as Authorization: Bearer, or as X-API-Key.");
    }
    if (sent.isEmpty()) {
      return new Verification.Missing(
          headers.containsKey(HttpHeaders.AUTHORIZATION)
              ? "The Authorization header is not of the scheme Bearer, or is empty. " + HOW
              : HOW);
    }
    // A client that adds the scheme was given a secret with the scheme before it.
    return isBearer(sent.get(0))
        ? new Verification.Missing(
            "The word Bearer stands before the secret where it does not belong. " + HOW)
        : new SecretReading.Text(sent.get(0));
  }

  /** Whether a request has a secret. */
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

  /** Reads the own secret of a key that verifies for others. */
  static SecretReading ofVerifier(MultivaluedMap<String, String> headers) {
    List<String> sent = headers.getOrDefault(VERIFIER, List.of());
    if (sent.size() > 1) {
      return new Verification.Ambiguous("Send " + VERIFIER + " once.");
    }
    if (sent.isEmpty() || sent.get(0).isBlank()) {
      return new Verification.Missing(
          "A verifier must authenticate: "
              + VERIFIER
              + ": Basic <client id and secret of a renewal credential>, or "
              + VERIFIER
              + ": <secret>.");
    }
    String secret = sent.get(0).strip();
    return new SecretReading.Text(
        isBearer(secret) ? secret.substring(BEARER.length()).strip() : secret);
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
                    "A secret does not belong in an address, because addresses are logged."
                        + " Replace the secret if it was real.");
              }
            });
  }
}
