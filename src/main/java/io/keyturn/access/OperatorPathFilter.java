package io.keyturn.access;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;

/**
 * Without an operator, the operator's addresses answer like addresses that do not exist, whatever
 * the method. The filter runs before matching, which would answer 405 to some methods.
 */
@Provider
@PreMatching
public class OperatorPathFilter implements ContainerRequestFilter {
  private static final Pattern ADDRESSES = Pattern.compile("/?(organisations|operator)(/.*)?");

  @Inject private OperatorSettings settings;

  @Override
  public void filter(ContainerRequestContext request) {
    if (isOperators(request.getUriInfo().getPath())) {
      refuseWithoutOperator(settings);
    }
  }

  /** Whether a path below {@code /api/v1} belongs to the operator. */
  public static boolean isOperators(String path) {
    return ADDRESSES.matcher(path).matches();
  }

  static void refuseWithoutOperator(OperatorSettings settings) {
    if (!settings.present()) {
      throw new ProblemException(ProblemType.NOT_FOUND, "Nothing is found at this address.");
    }
  }
}
