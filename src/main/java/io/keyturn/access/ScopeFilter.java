package io.keyturn.access;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;

/**
 * Admits a request when its caller has the scope that the method requires. Admits the operator to
 * the operator's methods.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class ScopeFilter implements ContainerRequestFilter {
  @Context private ResourceInfo resource;
  @Inject private CurrentCaller current;
  @Inject private CurrentOperator operator;

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource.getResourceMethod();
    if (method.isAnnotationPresent(Anonymous.class)) {
      return;
    }
    if (method.isAnnotationPresent(Operator.class) && operator.admitted()) {
      return;
    }
    RequiresScope required = method.getAnnotation(RequiresScope.class);
    if (required == null || current.find().isEmpty()) {
      throw new ProblemException(ProblemType.FORBIDDEN, "This address is closed.");
    }
    for (Scope scope : required.value()) {
      current.get().require(scope);
    }
  }
}
