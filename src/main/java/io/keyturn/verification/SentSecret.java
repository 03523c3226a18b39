package io.keyturn.verification;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.secret.Secret;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the one text that a request sends as its secret (RFC 6750 §2.1, or X-API-Key). */
final class SentSecret {
  private static final String X_API_KEY = "X-API-Key";
  private static final String BEARER = "bearer ";
  private static final Set<String> SECRET_PARAMETERS =
      Set.of("access_token", "api_key", "apikey", "api-key", "x-api-key", "client_secret");

  private SentSecret() {}

  /**
   * Reads it.
   *
   * @throws ProblemException 400 for more than one
   */
  static Optional<String> of(ContainerRequestContext request) {
    List<String> sent = new ArrayList<>();
    for (String header : values(request, HttpHeaders.AUTHORIZATION)) {
      if (header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
        sent.add(header.substring(BEARER.length()).strip());
      } else {
        sent.add("");
      }
    }
    values(request, X_API_KEY).forEach(header -> sent.add(header.strip()));
    if (sent.size() > 1) {
      throw new ProblemException(
          ProblemType.AMBIGUOUS_CREDENTIALS,
          "Send the secret once: as Authorization: Bearer, or as X-API-Key.");
    }
    return sent.stream().findFirst();
  }

  private static List<String> values(ContainerRequestContext request, String name) {
    return request.getHeaders().getOrDefault(name, List.of());
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
