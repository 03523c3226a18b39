package io.keyturn.verification;

import io.keyturn.http.FormBody;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.renewal.ClientCredentials;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the renewal credential that a request sends in place of a secret. */
final class ClientCredentialsReader {
  private ClientCredentialsReader() {}

  /**
   * Reads the credential of whoever asks about a secret that stands in the form: by HTTP Basic or
   * in the same form.
   *
   * @throws ProblemException 400 when it is malformed, or the request has a secret besides
   */
  static Optional<ClientCredentials> of(ContainerRequestContext request) {
    Optional<ClientCredentials> client = read(request);
    if (client.isPresent() && SecretHeaders.any(request.getHeaders())) {
      throw new ProblemException(
          ProblemType.AMBIGUOUS_CREDENTIALS,
          "Send either the secret of an API key or a renewal credential.");
    }
    return client;
  }

  /**
   * Reads the credential of whoever verifies for others: {@code X-Keyturn-Verifier} holds what
   * Authorization would, for that is the caller's. Where there is no such header, HTTP Basic and
   * the form count as well.
   *
   * @throws ProblemException 400 when it is malformed
   */
  static Optional<ClientCredentials> ofVerifier(ContainerRequestContext request) {
    List<String> own = request.getHeaders().getOrDefault(SecretHeaders.VERIFIER, List.of());
    if (own.isEmpty()) {
      return read(request);
    }
    // More than one is refused by whoever reads it as a secret.
    return own.size() == 1 && ClientCredentials.isBasic(own.get(0))
        ? read(own, Map.of())
        : Optional.empty();
  }

  private static Optional<ClientCredentials> read(ContainerRequestContext request) {
    MultivaluedMap<String, String> headers = request.getHeaders();
    return read(headers.getOrDefault(HttpHeaders.AUTHORIZATION, List.of()), form(request));
  }

  private static Optional<ClientCredentials> read(
      List<String> authorization, Map<String, String> form) {
    try {
      return ClientCredentials.read(authorization, form);
    } catch (ClientCredentials.Unreadable e) {
      throw ProblemException.malformed(String.valueOf(e.getMessage()));
    }
  }

  /** The body, which stays for whoever reads it next; nothing of what is no form. */
  private static Map<String, String> form(ContainerRequestContext request) {
    String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (type == null || !request.hasEntity()) {
      return Map.of();
    }
    try {
      byte[] body = request.getEntityStream().readNBytes(FormBody.LONGEST + 1);
      request.setEntityStream(
          new SequenceInputStream(new ByteArrayInputStream(body), request.getEntityStream()));
      return FormBody.read(type, body);
    } catch (FormBody.Unreadable e) {
      return Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
