package io.keyturn.access;

/**
 * The value of {@code WWW-Authenticate} that asks for the secret of an API key or for the
 * operator's token, both as a bearer token (RFC 6750 §3).
 */
public final class BearerChallenge {
  /** For a request that sent no secret: RFC 6750 §3.1 wants no error there. */
  public static final String PLAIN = "Bearer realm=\"keyturn\"";

  private BearerChallenge() {}

  /**
   * For a secret that is not accepted.
   *
   * @param why the detail of the problem, without quotes
   */
  public static String invalidToken(String why) {
    return PLAIN + ", error=\"invalid_token\", error_description=\"" + why + "\"";
  }

  /** For a key that lacks a scope. */
  public static String insufficientScope(Scope scope) {
    return PLAIN + ", error=\"insufficient_scope\", scope=\"" + scope + "\"";
  }
}
