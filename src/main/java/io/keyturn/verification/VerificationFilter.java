package io.keyturn.verification;

import io.keyturn.access.Anonymous;
import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.Operator;
import io.keyturn.config.Settings;
import io.keyturn.http.ClientAddress;
import io.keyturn.organisation.HostNames;
import io.keyturn.renewal.ClientCredentials;
import io.keyturn.usage.ClientCounts.From;
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
 * Verifies the secret of each request that is not anonymous, and sets its {@link Caller}. Who
 * verifies for others sends their own secret in a header of its own, comes from where their
 * connection does, and is not counted against quotas: those whose secrets they verify are.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class VerificationFilter implements ContainerRequestFilter {
  @Context private ResourceInfo resource;
  @Context private HttpServletRequest servletRequest;
  @Context private HttpServletResponse servletResponse;
  @Inject private Settings settings;
  @Inject private HostNames hosts;
  @Inject private Gate gate;
  @Inject private ClientGate clientGate;
  @Inject private CurrentCaller current;

  @Override
  public void filter(ContainerRequestContext request) {
    SentSecret.refuseInQuery(request, settings.secretPrefix());
    Method method = resource.getResourceMethod();
    if (method.isAnnotationPresent(Anonymous.class) || method.isAnnotationPresent(Operator.class)) {
      return;
    }
    boolean verifies = method.isAnnotationPresent(VerifiesForOthers.class);
    String client = ClientAddress.of(servletRequest);
    // A proxy asks with its client's headers; of itself there is only its connection.
    From from =
        verifies
            ? From.of(ClientAddress.ofConnection(servletRequest), null)
            : From.of(client, request.getHeaderString(HttpHeaders.USER_AGENT));
    if (method.isAnnotationPresent(AcceptsRenewalCredential.class)) {
      Optional<ClientCredentials> sent =
          verifies ? SentClient.ofVerifier(request) : SentClient.of(request);
      if (sent.isPresent()) {
        identify(sent.get(), request, verifies, from, client);
        return;
      }
    }
    String text =
        verifies
            ? SentSecret.ofVerifier(request.getHeaders())
            : SentSecret.of(request.getHeaders());
    Verification.Accepted accepted =
        gate.identify(
            text,
            hosts.label(servletRequest),
            from,
            client,
            credential -> request.setProperty(CredentialNumber.PROPERTY, credential));
    if (verifies) {
      gate.admitVerifier(accepted, from);
    } else {
      gate.admit(accepted, from).headers(accepted).forEach(servletResponse::setHeader);
    }
    current.set(accepted.caller());
  }

  /** No secret was sent, so that none is told when it ends. */
  private void identify(
      ClientCredentials sent,
      ContainerRequestContext request,
      boolean verifies,
      From from,
      String guesser) {
    ClientGate.Identified client =
        clientGate
            .identify(sent, hosts.label(servletRequest), guesser)
            .orElseThrow(() -> Gate.unknownClient(verifies));
    request.setProperty(CredentialNumber.PROPERTY, client.credential());
    if (verifies) {
      clientGate.admitVerifier(client, from);
    } else {
      clientGate.admit(client, from).ofQuotas().forEach(servletResponse::setHeader);
    }
    current.set(client.accepted().caller());
  }
}
