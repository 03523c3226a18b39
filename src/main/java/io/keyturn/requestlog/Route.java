package io.keyturn.requestlog;

import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** How the log names what was asked for: by the template of the address, never by the address. */
public final class Route {
  /** The request property that holds the method of the resource. */
  public static final String PROPERTY = Route.class.getName();

  /** What stands for a request that was refused before an operation was found. */
  static final String UNKNOWN = "(no operation)";

  private static final String BASE = "/api/v1";
  private static final String OTHER_METHOD = "OTHER";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final ConcurrentMap<Method, String> TEMPLATES = new ConcurrentHashMap<>();

  private Route() {}

  /** The template of an address, as the OpenAPI document has it. */
  static String template(@Nullable Method route) {
    return route == null ? UNKNOWN : TEMPLATES.computeIfAbsent(route, Route::read);
  }

  private static String read(Method route) {
    StringBuilder template = new StringBuilder(BASE);
    append(template, route.getDeclaringClass().getAnnotation(Path.class));
    append(template, route.getAnnotation(Path.class));
    return template.toString();
  }

  private static void append(StringBuilder template, @Nullable Path path) {
    if (path != null) {
      template.append(path.value().startsWith("/") ? "" : "/").append(path.value());
    }
  }

  /** The method of a request. Any text can be sent as a method, so only known methods are kept. */
  static String method(String sent) {
    return METHODS.contains(sent) ? sent : OTHER_METHOD;
  }
}
