package io.keyturn.verification;

import static java.util.Objects.requireNonNull;

import io.keyturn.access.BearerChallenge;
import io.keyturn.access.SecretTimes;
import io.keyturn.config.Settings;
import io.keyturn.problem.Count;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.quota.KeyQuota.Taken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;

/**
 * The problem that each refusal is: its type, its words and its headers stand here and only here.
 */
@ApplicationScoped
class VerificationProblems implements Refusals<ProblemException> {
  private static final String UNKNOWN =
      "This secret is not known here. Was it copied whole, and for this organisation?";

  @Inject private Settings settings;

  /** The problem of a refusal, with all headers that its answer has. */
  ProblemException of(Verification.Refused refused) {
    return refused.map(this);
  }

  @Override
  public ProblemException missing(Verification.Missing refused) {
    return new ProblemException(ProblemType.UNAUTHENTICATED, refused.detail())
        .header(HttpHeaders.WWW_AUTHENTICATE, BearerChallenge.PLAIN);
  }

  @Override
  public ProblemException ambiguous(Verification.Ambiguous refused) {
    return new ProblemException(ProblemType.AMBIGUOUS_CREDENTIALS, refused.detail());
  }

  @Override
  public ProblemException malformed(Verification.Malformed refused) {
    String prefix = settings.secretPrefix();
    return invalidToken(
        ProblemType.UNAUTHENTICATED,
        switch (refused.why()) {
          case RENEWAL_SECRET ->
              "This is the secret of a renewal credential, which fetches the secret of its API key"
                  + " at /api/v1/oauth/token.";
          case NO_SECRET ->
              "This is not the secret of an API key, which begins with "
                  + prefix
                  + "_live_ or "
                  + prefix
                  + "_test_. Was it copied whole?";
          case TEXT_BEFORE ->
              "Other characters stand before the secret: send it alone, without quotes. "
                  + SecretHeaders.HOW;
          case MISTYPED -> UNKNOWN;
        });
  }

  @Override
  public ProblemException unknown(Verification.Unknown refused) {
    return invalidToken(ProblemType.UNAUTHENTICATED, UNKNOWN);
  }

  /** The same for each reason. */
  @Override
  public ProblemException unknownClient(Verification.UnknownClient refused) {
    return new ProblemException(
            ProblemType.UNAUTHENTICATED, "The client is unknown, or its secret is wrong.")
        .member("error", "invalid_client")
        // A proxy hands its challenge on to browsers, which must not ask for a password.
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            refused.use() == Use.VERIFYING
                ? BearerChallenge.PLAIN
                : BearerChallenge.PLAIN + ", Basic realm=\"keyturn\", charset=\"UTF-8\"");
  }

  @Override
  public ProblemException tooManyClientFailures(Verification.TooManyClientFailures refused) {
    return rateLimited("Too many wrong credentials came from this address.", refused.waitSeconds());
  }

  @Override
  public ProblemException refreshed(Verification.Refreshed refused) {
    return invalidToken(
        ProblemType.SECRET_REFRESHED,
        "This secret was refreshed at "
            + SecretTimes.seconds(refused.at())
            + ". Use the key's new secret.");
  }

  @Override
  public ProblemException expired(Verification.Expired refused) {
    return invalidToken(
        ProblemType.SECRET_EXPIRED,
        "This secret expired at "
            + SecretTimes.seconds(refused.at())
            + ". The key's new secret is created within a minute; use that.");
  }

  @Override
  public ProblemException revoked(Verification.Revoked refused) {
    return invalidToken(
        ProblemType.KEY_REVOKED,
        "The API key of this secret was revoked at " + SecretTimes.seconds(refused.at()) + ".");
  }

  @Override
  public ProblemException keyExpired(Verification.KeyExpired refused) {
    return invalidToken(
        ProblemType.KEY_EXPIRED,
        "The API key of this secret expired at " + SecretTimes.seconds(refused.at()) + ".");
  }

  @Override
  public ProblemException networkNotAllowed(Verification.NetworkNotAllowed refused) {
    ProblemException problem = wrongNetwork("API key", refused.address());
    Taken left = refused.left();
    return left == null ? problem : with(problem, refused.credential().headers(left));
  }

  @Override
  public ProblemException clientNetworkNotAllowed(Verification.ClientNetworkNotAllowed refused) {
    return wrongNetwork("renewal credential", refused.address());
  }

  @Override
  public ProblemException keyRateLimited(Verification.KeyRateLimited refused) {
    Taken spent = refused.spent();
    Long leftOnDay = spent.leftOnDay();
    String detail =
        leftOnDay != null && leftOnDay == 0
            ? "This API key may make "
                + Count.of(requireNonNull(spent.restrictions().requestsPerDay()), "request")
                + " a day; the day ends at 00:00 UTC."
            : "This API key may make "
                + Count.of(spent.restrictions().perMinute(), "request")
                + " a minute.";
    return with(rateLimited(detail, spent.waitSeconds()), refused.credential().headers(spent));
  }

  @Override
  public ProblemException organisationRateLimited(Verification.OrganisationRateLimited refused) {
    ProblemException problem =
        rateLimited(
            "The keys of this organisation together make too many requests.",
            refused.waitSeconds());
    with(problem, refused.credential().headers(refused.left()));
    return with(problem, RateLimitHeaders.ofSpentOrganisation(refused.left(), refused.perMinute()));
  }

  @Override
  public ProblemException tooManyFailures(Verification.TooManyFailures refused) {
    return rateLimited("Too many wrong secrets came from this address.", refused.waitSeconds());
  }

  private static ProblemException invalidToken(ProblemType type, String detail) {
    return new ProblemException(type, detail)
        .header(HttpHeaders.WWW_AUTHENTICATE, BearerChallenge.invalidToken(detail));
  }

  private static ProblemException wrongNetwork(String what, String address) {
    return new ProblemException(
        ProblemType.NETWORK_NOT_ALLOWED,
        "This " + what + " is not allowed from " + address + ", which is in none of its networks.");
  }

  private static ProblemException rateLimited(String detail, long waitSeconds) {
    return new ProblemException(ProblemType.RATE_LIMITED, detail)
        .header(HttpHeaders.RETRY_AFTER, Long.toString(waitSeconds));
  }

  private static ProblemException with(ProblemException problem, Map<String, String> headers) {
    headers.forEach(problem::header);
    return problem;
  }
}
