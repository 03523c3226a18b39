package io.keyturn.access;

import io.keyturn.http.ClientAddress;
import io.keyturn.limit.SenderBudget;
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
 * Admits only the operator's token to the operator's methods, and no token where there is no
 * operator. Each address may send 20 wrong tokens at once, and 20 more a minute. The right token
 * always passes: checking it costs one digest, and wrong tokens from the same address must not lock
 * the operator out.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class OperatorFilter implements ContainerRequestFilter {
  private static final String BEARER = "bearer ";

  /**
   * Static, because the node must have a single budget, whatever the number of filter instances.
   */
  private static final SenderBudget FAILURES_LEFT = new SenderBudget(20, 20);

  @Context private ResourceInfo resource;
  @Context private HttpServletRequest servletRequest;
  @Inject private OperatorSettings settings;
  @Inject private CurrentOperator operator;

  @Override
  public void filter(ContainerRequestContext request) {
    if (!resource.getResourceMethod().isAnnotationPresent(Operator.class)) {
      return;
    }
    OperatorPathFilter.refuseWithoutOperator(settings);
    List<String> sent =
        request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of()).stream()
            .filter(OperatorFilter::bearer)
            .toList();
    if (sent.size() != 1) {
      throw refusal("Send the operator's token: Authorization: Bearer <token>.");
    }
    if (!settings.fits(sent.get(0).substring(BEARER.length()).strip())) {
      String address = ClientAddress.of(servletRequest);
      if (FAILURES_LEFT.spent(address)) {
        throw FAILURES_LEFT.refusal(
            address, "Too many wrong operator tokens came from this address.");
      }
      FAILURES_LEFT.failed(address);
      throw refusal("This is not the operator's token.");
    }
    operator.admit();
  }

  private static boolean bearer(String header) {
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  private static ProblemException refusal(String detail) {
    return new ProblemException(ProblemType.UNAUTHENTICATED, detail)
        .header(HttpHeaders.WWW_AUTHENTICATE, BearerChallenge.PLAIN);
  }
}
