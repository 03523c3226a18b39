package io.keyturn.renewal;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;

/** The failure that each refusal of a renewal is: its code and its words stand only here. */
final class TokenRefusals implements RenewalRefusals<RuntimeException> {
  /** The failure of a refusal. */
  RuntimeException of(Renewal.Refused refused) {
    return refused.map(this);
  }

  @Override
  public RuntimeException unknownClient(Renewal.UnknownClient refused) {
    return invalidClient();
  }

  /** A problem, since OAuth 2.0 has no such error. {@link TokenFailureFilter} gives it its form. */
  @Override
  public RuntimeException tooManyFailures(Renewal.TooManyFailures refused) {
    return new ProblemException(
            ProblemType.RATE_LIMITED, "Too many wrong credentials came from this address.")
        .header(HttpHeaders.RETRY_AFTER, Long.toString(refused.waitSeconds()));
  }

  @Override
  public RuntimeException networkNotAllowed(Renewal.NetworkNotAllowed refused) {
    return invalidClient();
  }

  @Override
  public RuntimeException justEnded(Renewal.JustEnded refused) {
    return invalidClient();
  }

  @Override
  public RuntimeException scopeLacking(Renewal.ScopeLacking refused) {
    return new TokenRefusal(
        TokenError.INVALID_SCOPE, "The API key does not have all of these scopes.");
  }

  @Override
  public RuntimeException keyExpired(Renewal.KeyExpired refused) {
    return new TokenRefusal(TokenError.INVALID_GRANT, "The API key has expired.");
  }

  /** The same text for each reason, so that an answer tells nothing to somebody who guesses. */
  private static TokenRefusal invalidClient() {
    return new TokenRefusal(
        TokenError.INVALID_CLIENT, "The client is unknown, or its secret is wrong.");
  }
}
