package io.keyturn.access;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Stops the start of the application when a resource method has none of {@link RequiresScope},
 * {@link Operator} and {@link Anonymous}, or several of them. So a forgotten annotation opens
 * nothing.
 */
public class ClosedByDefault implements Extension {
  private static final Logger LOG = Logger.getLogger("io.keyturn");

  private static final List<Class<? extends Annotation>> KINDS =
      List.of(RequiresScope.class, Operator.class, Anonymous.class);

  private final List<Method> open = new ArrayList<>();

  <T> void inspect(@Observes @WithAnnotations(Path.class) ProcessAnnotatedType<T> type) {
    open.addAll(undeclared(type.getAnnotatedType().getJavaClass()));
  }

  void refuse(@Observes AfterDeploymentValidation validation) {
    for (Method method : open) {
      String message =
          method.getDeclaringClass().getName()
              + "."
              + method.getName()
              + " declares neither @RequiresScope nor @Operator nor @Anonymous";
      LOG.log(Level.SEVERE, "Keyturn does not start. {0}", message);
      validation.addDeploymentProblem(new IllegalStateException(message));
    }
  }

  /** The resource methods of a class with no access annotation, or with several. */
  static List<Method> undeclared(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(ClosedByDefault::isResourceMethod)
        .filter(m -> KINDS.stream().filter(m::isAnnotationPresent).count() != 1)
        .toList();
  }

  private static boolean isResourceMethod(Method method) {
    return method.isAnnotationPresent(Path.class)
        || Stream.of(method.getAnnotations())
            .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class));
  }
}
