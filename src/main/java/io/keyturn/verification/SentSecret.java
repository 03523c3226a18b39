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

/** Finds the one text that a request sends as its secret (RFC 6750 §2.1, or X-API-Key). */
final class SentSecret {
  /** Where who verifies for others sends their own. */
  static final String VERIFIER = "X-Keyturn-Verifier";

  private static final String X_API_KEY = "X-API-Key";
  private static final String BEARER = "bearer ";
  private static final Set<String> SECRET_PARAMETERS =
      Set.of("access_token", "api_key", "apikey", "api-key", "x-api-key", "client_secret");

  private SentSecret() {}

  /**
   * Reads it.
   *
   * @throws ProblemException 401 for none, 400 for more than one
   */
  static String of(MultivaluedMap<String, String> headers) {
    List<String> sent = new ArrayList<>();
    for (String header : headers.getOrDefault(HttpHeaders.AUTHORIZATION, List.of())) {
      if (header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
        sent.add(header.substring(BEARER.length()).strip());
      } else {
        sent.add("");
      }
    }
    headers.getOrDefault(X_API_KEY, List.of()).forEach(header -> sent.add(header.strip()));
    return one(
        sent,
        "Send the secret of an API key: Authorization: Bearer <secret>.",
        "Send the secret once: as Authorization: Bearer, or as X-API-Key.");
  }

  /**
   * Reads the secret of who verifies for others.
   *
   * @throws ProblemException 401 for none, 400 for more than one
   */
  static String ofVerifier(MultivaluedMap<String, String> headers) {
    return one(
        headers.getOrDefault(VERIFIER, List.of()),
        "Send the secret of a key that may verify: " + VERIFIER + ": <secret>.",
        "Send " + VERIFIER + " once.");
  }

  private static String one(List<String> sent, String ifMissing, String ifMore) {
    if (sent.size() > 1) {
      throw new ProblemException(ProblemType.AMBIGUOUS_CREDENTIALS, ifMore);
    }
    return sent.stream().findFirst().map(String::strip).orElseThrow(() -> Gate.missing(ifMissing));
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
