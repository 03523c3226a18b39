package io.keyturn.access;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.Set;

/**
 * The API key that a request is authenticated as.
 *
 * @param organisationId the organisation whose data the key sees
 * @param secretNumber the number of the received credential
 * @param secretExpiresAt when the received secret stops working
 * @param nextRefreshAt when the key's next automatic refresh is due
 * @param restrictions the limits on the key's use
 */
public record Caller(
    OrganisationId organisationId,
    String organisationDomain,
    String organisationName,
    ApiKeyId keyId,
    String keyName,
    String environment,
    Set<Scope> scopes,
    int secretNumber,
    Instant secretExpiresAt,
    Instant nextRefreshAt,
    Restrictions restrictions) {

  /** The suppliers that the key may see and change, as far as its scopes allow. */
  public Reach reach() {
    return new Reach(organisationId, restrictions.locations());
  }

  /**
   * Demands a scope of the key.
   *
   * @throws ProblemException 403 {@code insufficient_scope} naming it (RFC 6750 §3.1)
   */
  public void require(Scope scope) {
    if (!scopes.contains(scope)) {
      throw lacks(scope);
    }
  }

  /** The refusal of a key that lacks a scope: 403 {@code insufficient_scope} naming it. */
  public static ProblemException lacks(Scope scope) {
    return new ProblemException(
            ProblemType.INSUFFICIENT_SCOPE, "The API key lacks the scope " + scope + ".")
        .member("scope", scope.code())
        .header(HttpHeaders.WWW_AUTHENTICATE, BearerChallenge.insufficientScope(scope));
  }
}
