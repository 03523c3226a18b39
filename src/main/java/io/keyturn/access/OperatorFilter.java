package io.keyturn.access;

import io.keyturn.platform.Buckets;
import io.keyturn.platform.ClientAddress;
import io.keyturn.platform.OperatorSettings;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Lets the operator's token into the methods that are the operator's, and nobody into them where
 * there is no operator. An address may send 20 wrong tokens at once, refilled at 20 a minute; when
 * they are spent, no token from it is read.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class OperatorFilter implements ContainerRequestFilter {
  private static final String BEARER = "bearer ";

  /** One for the node, whatever instances of this filter there are. */
  private static final Buckets<String> FAILURES_LEFT = new Buckets<>(20, 20);

  @Context private ResourceInfo resource;
  @Context private HttpServletRequest servletRequest;
  @Inject private OperatorSettings settings;
  @Inject private CurrentOperator operator;

  @Override
  public void filter(ContainerRequestContext request) {
    if (!resource.getResourceMethod().isAnnotationPresent(Operator.class)) {
      return;
    }
    OperatorGate.refuseWithoutOperator(settings);
    String address = ClientAddress.of(servletRequest);
    if (FAILURES_LEFT.secondsToWait(address) > 0) {
      throw new ProblemException(
              ProblemType.RATE_LIMITED, "Too many wrong operator tokens came from this address.")
          .header(HttpHeaders.RETRY_AFTER, "5");
    }
    List<String> sent = request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
    if (sent.size() != 1 || !bearer(sent.get(0))) {
      throw refusal("Send the operator's token: Authorization: Bearer <token>.");
    }
    if (!settings.fits(sent.get(0).substring(BEARER.length()).strip())) {
      FAILURES_LEFT.take(address);
      throw refusal("This is not the operator's token.");
    }
    operator.admit();
  }

  private static boolean bearer(String header) {
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  private static ProblemException refusal(String detail) {
    return new ProblemException(ProblemType.UNAUTHENTICATED, detail)
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"keyturn\"");
  }
}
