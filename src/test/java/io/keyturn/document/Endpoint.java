package io.keyturn.document;

import io.keyturn.access.Anonymous;
import io.keyturn.access.Operator;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the document, with its method in the code.
 *
 * @param path with the base, such as {@code /api/v1/me}
 * @param code the method that answers; null for an address of the server
 */
record Endpoint(PathItem.HttpMethod verb, String path, Operation operation, @Nullable Method code) {
  private static final String BASE = "/api/v1/";

  /** All endpoints of a document. */
  static List<Endpoint> all(OpenAPI document, List<Class<?>> resources) {
    Map<String, Method> code = new HashMap<>();
    for (Class<?> resource : resources) {
      for (Method method : resource.getMethods()) {
        verb(method).ifPresent(verb -> code.put(verb + " " + path(resource, method), method));
      }
    }
    return document.getPaths().getPathItems().entrySet().stream()
        .flatMap(
            item ->
                item.getValue().getOperations().entrySet().stream()
                    .map(
                        operation ->
                            new Endpoint(
                                operation.getKey(),
                                item.getKey(),
                                operation.getValue(),
                                code.get(operation.getKey() + " " + item.getKey()))))
        .toList();
  }

  private static Optional<String> verb(Method method) {
    return Stream.of(method.getAnnotations())
        .map(a -> a.annotationType().getAnnotation(HttpMethod.class))
        .filter(Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(Class<?> resource, Method method) {
    Path inner = method.getAnnotation(Path.class);
    String base = BASE + resource.getAnnotation(Path.class).value();
    return inner == null ? base : base + "/" + inner.value();
  }

  /** Whether the endpoint is for keys. */
  boolean ofKeys() {
    return has(RequiresScope.class);
  }

  /** Whether the endpoint is for the operator of the platform. */
  boolean ofOperator() {
    return has(Operator.class);
  }

  boolean anonymous() {
    return has(Anonymous.class);
  }

  private boolean has(Class<? extends Annotation> kind) {
    return code != null && code.isAnnotationPresent(kind);
  }

  /** The scopes that the calling key needs. */
  List<Scope> scopes() {
    RequiresScope required = code == null ? null : code.getAnnotation(RequiresScope.class);
    return required == null ? List.of() : List.of(required.value());
  }

  boolean hasBody() {
    return operation.getRequestBody() != null;
  }
}
