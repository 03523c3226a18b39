package io.keyturn.http;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Refuses a query parameter that the method does not declare, or that is repeated, with 422. */
@Provider
@Priority(Priorities.USER)
public class KnownParametersFilter implements ContainerRequestFilter {
  private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Set<String> names = known.computeIfAbsent(resource.getResourceMethod(), this::declared);
    List<FieldError> errors = new ArrayList<>();
    request
        .getUriInfo()
        .getQueryParameters()
        .forEach(
            (name, values) -> {
              if (!names.contains(name)) {
                errors.add(new FieldError(name, "is not a parameter known here"));
              } else if (values.size() > 1) {
                errors.add(new FieldError(name, "is given more than once"));
              }
            });
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  private Set<String> declared(Method method) {
    Set<String> names = new HashSet<>();
    for (Parameter parameter : method.getParameters()) {
      add(names, parameter.getAnnotation(QueryParam.class));
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        Stream.of(parameter.getType().getDeclaredFields())
            .forEach(field -> add(names, field.getAnnotation(QueryParam.class)));
      }
    }
    return names;
  }

  private static void add(
      Set<String> names, @org.jspecify.annotations.Nullable QueryParam parameter) {
    if (parameter != null) {
      names.add(parameter.value());
    }
  }
}
