package io.keyturn.verification;

import io.keyturn.access.Anonymous;
import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.organisation.HostNames;
import io.keyturn.platform.Settings;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.secret.Secret;
import io.keyturn.verification.Admission.Quota;
import io.keyturn.verification.CallerCounts.From;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Verifies the secret of each request that is not anonymous, and sets its {@link Caller}. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class VerificationFilter implements ContainerRequestFilter {
  private static final String CHALLENGE = "Bearer realm=\"keyturn\"";

  @Context private ResourceInfo resource;
  @Context private HttpServletRequest servletRequest;
  @Context private HttpServletResponse servletResponse;
  @Inject private Settings settings;
  @Inject private HostNames hosts;
  @Inject private Verifier verifier;
  @Inject private FailureBudget failures;
  @Inject private Admission admission;
  @Inject private Usage usage;
  @Inject private CurrentCaller current;

  @Override
  public void filter(ContainerRequestContext request) {
    servletResponse.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    SentSecret.refuseInQuery(request, settings.secretPrefix());
    if (resource.getResourceMethod().isAnnotationPresent(Anonymous.class)) {
      return;
    }
    Optional<String> text = SentSecret.of(request);
    if (text.isEmpty()) {
      throw new ProblemException(
              ProblemType.UNAUTHENTICATED,
              "Send the secret of an API key: Authorization: Bearer <secret>.")
          .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }
    String address = servletRequest.getRemoteAddr();
    Optional<Secret> secret = Secret.parse(settings.secretPrefix(), text.get());
    if (failures.spent(address) && !secret.map(verifier::inUse).orElse(false)) {
      throw new ProblemException(
              ProblemType.RATE_LIMITED, "Too many wrong secrets came from this address.")
          .header(HttpHeaders.RETRY_AFTER, "5");
    }
    Verification outcome =
        secret
            .map(s -> verifier.verify(s, hosts.label(servletRequest)))
            .orElseGet(Verification.Unknown::new);
    if (outcome instanceof Verification.Accepted accepted) {
      request.setProperty(CredentialNumber.PROPERTY, accepted.credential());
      accept(accepted, from(request));
    } else {
      if (outcome instanceof Verification.Ended ended) {
        request.setProperty(CredentialNumber.PROPERTY, ended.credential());
        usage.refused(ended.credential(), from(request));
      } else {
        failures.failed(address);
      }
      throw refusal(outcome);
    }
  }

  private From from(ContainerRequestContext request) {
    return From.of(servletRequest.getRemoteAddr(), request.getHeaderString(HttpHeaders.USER_AGENT));
  }

  private void accept(Verification.Accepted accepted, From from) {
    Caller caller = accepted.caller();
    Quota quota = admit(accepted, from);
    servletResponse.setHeader("X-API-Key-Expires-At", seconds(caller.secretExpiresAt()));
    if (accepted.retiredAt() != null) {
      servletResponse.setHeader("X-API-Key-Retired-At", seconds(accepted.retiredAt()));
    }
    servletResponse.setHeader(Quota.POLICY, quota.policy());
    servletResponse.setHeader(Quota.STATE, quota.state());
    usage.accepted(accepted, from);
    current.set(caller);
  }

  private Quota admit(Verification.Accepted accepted, From from) {
    try {
      return admission.admit(accepted, servletRequest.getRemoteAddr());
    } catch (ProblemException e) {
      if (e.type() == ProblemType.NETWORK_NOT_ALLOWED) {
        usage.refused(accepted.credential(), from);
      }
      throw e;
    }
  }

  private static ProblemException refusal(Verification outcome) {
    ProblemException refused;
    if (outcome instanceof Verification.Refreshed o) {
      refused =
          new ProblemException(
              ProblemType.SECRET_REFRESHED,
              "This secret was refreshed at " + seconds(o.at()) + ". Use the key's new secret.");
    } else if (outcome instanceof Verification.Expired o) {
      refused =
          new ProblemException(
              ProblemType.SECRET_EXPIRED,
              "This secret expired at "
                  + seconds(o.at())
                  + ". The key's new secret is made within a minute; use that.");
    } else if (outcome instanceof Verification.Revoked o) {
      refused =
          new ProblemException(
              ProblemType.KEY_REVOKED,
              "The API key of this secret was revoked at " + seconds(o.at()) + ".");
    } else if (outcome instanceof Verification.KeyExpired o) {
      refused =
          new ProblemException(
              ProblemType.KEY_EXPIRED,
              "The API key of this secret expired at " + seconds(o.at()) + ".");
    } else {
      refused =
          new ProblemException(
              ProblemType.UNAUTHENTICATED,
              "This secret is not known here. Was it copied whole, and for this organisation?");
    }
    return refused.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\"");
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
