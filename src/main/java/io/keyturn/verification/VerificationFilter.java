package io.keyturn.verification;

import io.keyturn.access.Anonymous;
import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.Operator;
import io.keyturn.config.Settings;
import io.keyturn.http.ClientAddress;
import io.keyturn.organisation.HostNames;
import io.keyturn.renewal.ClientCredentials;
import io.keyturn.requestlog.Route;
import io.keyturn.usage.Client;
import io.keyturn.usage.CredentialNumber;
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
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Verifies the secret of each request that is not anonymous, and sets its {@link Caller}. A key
 * that verifies for others sends its own secret in a header of its own, is used where the
 * connection comes from, and pays no quota: the keys that it asks about pay.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class VerificationFilter implements ContainerRequestFilter {
  @Context private ResourceInfo resource;
  @Context private HttpServletRequest servletRequest;
  @Context private HttpServletResponse servletResponse;
  @Inject private Settings settings;
  @Inject private HostNames hosts;
  @Inject private SecretVerification secrets;
  @Inject private RenewalCredentialVerification renewalCredentials;
  @Inject private VerificationProblems problems;
  @Inject private CurrentCaller current;

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource.getResourceMethod();
    request.setProperty(Route.PROPERTY, method);
    SecretHeaders.refuseInQuery(request, settings.secretPrefix());
    if (method.isAnnotationPresent(Anonymous.class) || method.isAnnotationPresent(Operator.class)) {
      return;
    }
    Use use = method.isAnnotationPresent(VerifiesForOthers.class) ? Use.VERIFYING : Use.REQUEST;
    Optional<ClientCredentials> renewal =
        method.isAnnotationPresent(AcceptsRenewalCredential.class)
            ? clientCredentials(request, use)
            : Optional.empty();
    Verification outcome =
        renewal.isPresent() ? verify(renewal.get(), request, use) : verify(request, use);
    CredentialNumber presented = outcome.presented();
    if (presented != null) {
      request.setProperty(CredentialNumber.PROPERTY, presented);
    }
    Verification.Accepted accepted = outcome.orElseThrow(problems::of);
    // Where no secret was sent, its end is not told.
    (renewal.isPresent() ? accepted.quotaHeaders() : accepted.headers())
        .forEach(servletResponse::setHeader);
    current.set(accepted.caller());
  }

  private static Optional<ClientCredentials> clientCredentials(
      ContainerRequestContext request, Use use) {
    return use == Use.VERIFYING
        ? ClientCredentialsReader.ofVerifier(request)
        : ClientCredentialsReader.of(request);
  }

  private Verification verify(ContainerRequestContext request, Use use) {
    SecretReading secret =
        use == Use.VERIFYING
            ? SecretHeaders.ofVerifier(request.getHeaders())
            : SecretHeaders.of(request.getHeaders());
    return secret.verifiedBy(
        text ->
            secrets.verify(
                new PresentedSecret(
                    text,
                    hosts.label(servletRequest),
                    client(request, use),
                    ClientAddress.of(servletRequest),
                    use)));
  }

  private Verification verify(
      ClientCredentials credentials, ContainerRequestContext request, Use use) {
    return renewalCredentials.verify(
        new PresentedRenewalCredential(
            credentials,
            hosts.label(servletRequest),
            client(request, use),
            ClientAddress.of(servletRequest),
            use));
  }

  /** A proxy asks with the headers of its client; of itself there is only its connection. */
  private Client client(ContainerRequestContext request, Use use) {
    return use == Use.VERIFYING
        ? Client.of(ClientAddress.ofConnection(servletRequest), null)
        : Client.of(
            ClientAddress.of(servletRequest), request.getHeaderString(HttpHeaders.USER_AGENT));
  }
}
